/** The confidence matrix C of the paper: c = α · weight for pairs that occur, 1 for all others. */
import type { TrainData } from '../../core/model';
import type { Side } from '../../math/alternating-rows';
import { transpose, type Csr } from '../../math/csr';
import { weigh } from '../../math/term-weighting';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { AlsParams } from './params';

/** BM25 settings of the implicit library's example. */
const K1 = 100;
const B = 0.8;

export interface Confidence {
  users: Side; // [U] rows
  items: Side; // [I] rows
  /** The confidences of a user who was not there: distinct known items, each played once. */
  ofHistory(history: readonly number[]): { index: Int32Array; weight: Float64Array; target: Float64Array };
}

export function confidence(train: TrainData, p: Pick<AlsParams, 'alpha' | 'lambda' | 'counts' | 'weighting'>): Confidence {
  const X = trainMatrix(train, p.counts !== 'same');
  if (p.counts === 'log') for (let e = 0; e < X.value.length; e++) X.value[e] = Math.log1p(Math.max(0, X.value[e]!));
  const weighted = weigh(X, p.weighting, 'columns', K1, B);
  const c = (w: number): number => confident(p.alpha * w);
  const C: Csr = { ...weighted.matrix, value: weighted.matrix.value.map(c) }; // [U, I]
  return {
    users: sideOf(C, p.lambda),
    items: sideOf(transpose(C), p.lambda),
    ofHistory(history) {
      const index = profileOf(history, train.I);
      const once = new Float64Array(index.length).fill(p.counts === 'log' ? Math.LN2 : 1);
      const target = weighted.weighRow(index, once).map(c);
      return { index, weight: target.map((x) => x - 1), target };
    },
  };
}

/** Weights below 0 (a dislike, or BM25's idf of a user who has nearly everything) say nothing either way: c = 0 takes the pair out. */
const confident = (c: number): number => (c > 0 && Number.isFinite(c) ? c : 0);

/** w = c − 1, t = c, the same λ for every row. */
export function sideOf(C: Csr, lambda: number): Side {
  return { entries: C, weight: C.value.map((c) => c - 1), target: C.value, ridge: new Float64Array(C.rows).fill(lambda) };
}
