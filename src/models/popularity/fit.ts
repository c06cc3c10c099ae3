/** s(u, i) = c_i / max c, the same for every user. c_i counts train interactions, or sums their values. */
import type { FitModule, Recommender, TrainData } from '../../core/model';
import type { params } from './params';

type Params = typeof params;

/** Popularity of every item, the largest being 1. [I] */
export function popularityScores(train: TrainData, count: 'users' | 'value'): Float32Array {
  const sum = new Float64Array(train.I);
  const weight = count === 'value' ? train.value : null;
  for (let n = 0; n < train.item.length; n++) sum[train.item[n]!]! += weight ? weight[n]! : 1;
  let largest = 0;
  for (const s of sum) largest = Math.max(largest, s);
  return Float32Array.from(sum, (s) => (largest > 0 ? s / largest : 0));
}

function recommender(scores: Float32Array): Recommender {
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) out.set(scores, b * scores.length);
    },
    save: () => ({ version: 1, arrays: { scores: { shape: [scores.length], data: scores.slice() } }, meta: {} }),
  };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, signal }) {
    signal.throwIfAborted();
    return recommender(popularityScores(train, params.count));
  },
  restore(state) {
    const scores = state.arrays['scores']?.data;
    if (!(scores instanceof Float32Array)) throw new Error('A saved popularity model needs an array "scores" of float32.');
    return recommender(scores.slice());
  },
};
