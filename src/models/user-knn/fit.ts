/**
 * UserKNN: s_uv as for items, over the rows of X. score(u, i) = Σ of s over the users v who count for u and have i.
 * own: v among the k nearest of u. reverse: u among the k nearest of v.
 */
import { figure } from '../../core/figure';
import { labelOf } from '../../core/dataset';
import type { FitModule, Reason, Recommender, TrainData } from '../../core/model';
import type { ParamsOf } from '../../core/params';
import { createPhases } from '../../core/phases';
import { addRows, transpose, type Csr } from '../../math/csr';
import { squareFrom, squareState } from '../../math/item-neighbours';
import { nearestRows } from '../../math/nearest-rows';
import { weigh, type WeightedMatrix } from '../../math/term-weighting';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import { newcomer } from './newcomer';
import type { params } from './params';

type Params = typeof params;
const REASONS = 5;

export function weighted(train: TrainData, p: ParamsOf<Params>): WeightedMatrix {
  return weigh(trainMatrix(train, p.values), p.weighting, p.documents === 'users' ? 'rows' : 'columns');
}

/** @param kept row u: the users v that u keeps, with s_uv. [U, U] */
function recommender(kept: Csr, train: TrainData, p: ParamsOf<Params>): Recommender {
  const { I } = train;
  const x = trainMatrix(train); // [U, I]
  const voters = p.neighbours === 'own' ? kept : transpose(kept); // row u: who counts for u
  const sum = new Float64Array(I);
  let findVoters: ReturnType<typeof newcomer> | null = null;
  const has = (v: number, i: number): boolean => x.index.subarray(x.start[v]!, x.start[v + 1]!).includes(i);

  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        const u = users[b]!;
        sum.fill(0);
        addRows(x, voters.index, voters.value, sum, voters.start[u]!, voters.start[u + 1]!);
        out.set(sum, b * I);
      }
    },
    foldIn(history) {
      // The weights are made again only when someone new is asked for: they are as large as the train data.
      findVoters ??= newcomer(weighted(train, p), kept, p);
      const found = findVoters(profileOf(history, I));
      return {
        score(out) {
          sum.fill(0);
          addRows(x, found.users, found.similarity, sum);
          out.set(sum);
        },
      };
    },
    explain(user, item) {
      const own = new Set(x.index.subarray(x.start[user]!, x.start[user + 1]!));
      const found: { v: number; s: number }[] = [];
      for (let e = voters.start[user]!; e < voters.start[user + 1]!; e++) {
        if (has(voters.index[e]!, item)) found.push({ v: voters.index[e]!, s: voters.value[e]! });
      }
      const total = found.reduce((t, f) => t + f.s, 0);
      return found.sort((a, b) => b.s - a.s || a.v - b.v).slice(0, REASONS).map(({ v, s }): Reason => {
        const common = Array.from(x.index.subarray(x.start[v]!, x.start[v + 1]!)).filter((i) => own.has(i));
        const example = common.slice(0, 2).map((i) => `“${labelOf(train.items, i)}”`).join(', ');
        return {
          text: `User “${labelOf(train.users, v)}” has it and shares ${common.length} of this user’s items${example ? `, such as ${example}` : ''}; similarity ${figure(s)}`,
          ...(total > 0 ? { weight: s / total } : {}),
        };
      });
    },
    save: () => squareState(kept),
  };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal }) {
    const phases = createPhases({ report, signal }, 'UserKNN');
    const step = await phases.begin('Comparing users', train.U);
    return recommender(await nearestRows(weighted(train, params).matrix, params, step), train, params);
  },
  restore: (state, { train, params }) => recommender(squareFrom(state, train.U, 'UserKNN', 'users'), train, params),
};
