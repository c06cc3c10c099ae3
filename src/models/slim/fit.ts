/** SLIM (Ning and Karypis 2011): each item as a sparse, non-negative sum of others. score(u, j) = Σ_{i ∈ history(u)} w_ij. */
import { labelOf } from '../../core/dataset';
import type { FitModule, ModelState, Recommender, TrainData } from '../../core/model';
import { createPhases } from '../../core/phases';
import { addRows, transpose, type Csr } from '../../math/csr';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { params } from './params';
import { refuseTooMany, slimWeights } from './weights';

type Params = typeof params;
const REASONS = 5;

/** @param behind row j: the items i that explain j, with w_ij. [I, I] */
function recommender(behind: Csr, train: TrainData): Recommender {
  const { I } = train;
  const x = trainMatrix(train); // [U, I]
  const offers = transpose(behind); // row i: the items j that i speaks for
  const sum = new Float64Array(I);
  const best = (m: Csr, row: number): number[] =>
    Array.from({ length: m.start[row + 1]! - m.start[row]! }, (_, n) => m.start[row]! + n).sort((a, b) => m.value[b]! - m.value[a]! || m.index[a]! - m.index[b]!);
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        sum.fill(0);
        addRows(offers, x.index, null, sum, x.start[users[b]!]!, x.start[users[b]! + 1]!);
        out.set(sum, b * I);
      }
    },
    similarItems(item, k) {
      const order = best(behind, item).slice(0, k);
      return { items: Int32Array.from(order, (e) => behind.index[e]!), scores: Float32Array.from(order, (e) => behind.value[e]!) };
    },
    foldIn(history) {
      const profile = profileOf(history, I);
      return {
        score(out) {
          sum.fill(0);
          addRows(offers, profile, null, sum);
          out.set(sum);
        },
      };
    },
    explain(user, item) {
      const own = new Set(x.index.subarray(x.start[user]!, x.start[user + 1]!));
      const found = best(behind, item).filter((e) => own.has(behind.index[e]!));
      const total = found.reduce((s, e) => s + behind.value[e]!, 0);
      return found.slice(0, REASONS).map((e) => ({ text: `Has “${labelOf(train.items, behind.index[e]!)}”: +${behind.value[e]!.toPrecision(3)}`, weight: behind.value[e]! / total }));
    },
    save: () => ({
      version: 1,
      arrays: {
        start: { shape: [I + 1], data: behind.start.slice() },
        index: { shape: [behind.index.length], data: behind.index.slice() },
        value: { shape: [behind.value.length], data: behind.value.slice() },
      },
      meta: {},
    }),
  };
}

function weightsFrom({ arrays }: ModelState, I: number): Csr {
  const [start, index, value] = [arrays['start']?.data, arrays['index']?.data, arrays['value']?.data];
  if (!(start instanceof Int32Array && index instanceof Int32Array && value instanceof Float64Array) || start.length !== I + 1) {
    throw new Error(`A saved SLIM needs start [${I + 1}] and index as int32 and value as float64, made on the same items.`);
  }
  return { rows: I, cols: I, start: start.slice(), index: index.slice(), value: value.slice() };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal }) {
    refuseTooMany(train.I);
    const phases = createPhases({ report, signal }, 'SLIM');
    return recommender(await slimWeights(trainMatrix(train), params.k, params, phases.begin), train);
  },
  restore: (state, { train }) => recommender(weightsFrom(state, train.I), train),
};
