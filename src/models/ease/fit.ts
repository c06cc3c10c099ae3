/** EASE (Steck 2019): each item is predicted from all others by one ridge regression; all of them share one inverse. score = x B. */
import { significant } from '../../core/figure';
import { labelOf } from '../../core/dataset';
import type { FitModule, Recommender, TrainData } from '../../core/model';
import { createPhases } from '../../core/phases';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { params } from './params';
import { easeWeights, refuseTooMany, withRoom } from './weights';

type Params = typeof params;
const REASONS = 5;

/** @param weights B [I, I]; row j says what having item j adds to every item */
function recommender(weights: Float32Array, train: TrainData): Recommender {
  const { I } = train;
  const x = trainMatrix(train); // [U, I]
  const sum = new Float64Array(I);
  const scoreProfile = (items: Int32Array, from: number, to: number): void => {
    sum.fill(0);
    let n = from;
    // Four rows at a time: `sum` is read and written a quarter as often.
    for (; n + 4 <= to; n += 4) {
      const [a, b, c, d] = [items[n]! * I, items[n + 1]! * I, items[n + 2]! * I, items[n + 3]! * I];
      for (let i = 0; i < I; i++) sum[i] = sum[i]! + weights[a + i]! + weights[b + i]! + weights[c + i]! + weights[d + i]!;
    }
    for (; n < to; n++) {
      const a = items[n]! * I;
      for (let i = 0; i < I; i++) sum[i]! += weights[a + i]!;
    }
  };
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        scoreProfile(x.index, x.start[users[b]!]!, x.start[users[b]! + 1]!);
        out.set(sum, b * I);
      }
    },
    similarItems(item, k) {
      const row = weights.subarray(item * I, (item + 1) * I);
      const order = Array.from(row.keys()).filter((i) => i !== item).sort((a, b) => row[b]! - row[a]! || a - b).slice(0, k);
      return { items: Int32Array.from(order), scores: Float32Array.from(order, (i) => row[i]!) };
    },
    foldIn(history) {
      const profile = profileOf(history, I);
      return {
        score(out) {
          scoreProfile(profile, 0, profile.length);
          out.set(sum);
        },
      };
    },
    explain(user, item) {
      const parts = Array.from(x.index.subarray(x.start[user]!, x.start[user + 1]!), (j) => ({ j, w: weights[j * I + item]! }));
      const total = parts.reduce((s, p) => s + p.w, 0);
      return parts
        .filter((p) => p.w !== 0)
        .sort((a, b) => Math.abs(b.w) - Math.abs(a.w) || a.j - b.j)
        .slice(0, REASONS)
        .map(({ j, w }) => ({ text: `Has “${labelOf(train.items, j)}”: ${w > 0 ? '+' : '−'}${significant(Math.abs(w))}`, ...(total > 0 ? { weight: w / total } : {}) }));
    },
    save: () => ({ version: 1, arrays: { weights: { shape: [I, I], data: weights.slice() } }, meta: {} }),
  };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal }) {
    refuseTooMany(train.I);
    const phases = createPhases({ report, signal }, 'EASE');
    const room = await withRoom(train.I, () => new Float32Array(train.I ** 2));
    return recommender(await easeWeights(trainMatrix(train), params.lambda, room, phases.begin), train);
  },
  restore(state, { train }) {
    const weights = state.arrays['weights']?.data;
    if (!(weights instanceof Float32Array) || weights.length !== train.I ** 2) throw new Error(`A saved EASE needs weights of float32 [${train.I}, ${train.I}], made on the same items.`);
    return recommender(weights.slice(), train);
  },
};
