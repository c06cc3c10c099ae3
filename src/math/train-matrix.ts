/** The train matrix X of U users and I items, as the linear models read it. */
import type { TrainData } from '../core/model';
import { csrFromTriplets, type Csr } from './csr';

/**
 * @param values false: 1 for every pair that occurs, however often. true: sums of the value column (of ones where there is none).
 * Pairs whose values sum to 0 stay as entries of value 0 only with values = true.
 */
export function trainMatrix(train: Pick<TrainData, 'U' | 'I' | 'user' | 'item' | 'value'>, values = false): Csr {
  const x = csrFromTriplets(train.U, train.I, train.user, train.item, values ? train.value : null); // [U, I]
  if (!values) x.value.fill(1);
  return x;
}

/** A history as a sparse row: distinct known items, ascending. */
export function profileOf(history: readonly number[], I: number): Int32Array {
  return Int32Array.from(new Set(history.filter((i) => i >= 0 && i < I))).sort();
}
