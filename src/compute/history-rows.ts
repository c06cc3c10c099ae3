/** Histories as the sparse rows that networks read. */
import type { Csr } from '../math/csr';
import { csrFromTriplets } from '../math/csr';
import type { TrainData } from '../core/model';
import type { SparseRows } from './kernels/sparse-rows';

/** Some rows of a matrix. @param weigh new value of an entry, 0 to leave it out */
export function rowsOf(m: Csr, which: ArrayLike<number>, weigh: (value: number, entries: number) => number = (v) => v): SparseRows {
  const start = new Int32Array(which.length + 1);
  let most = 0;
  for (let b = 0; b < which.length; b++) most += m.start[which[b]! + 1]! - m.start[which[b]!]!;
  const index = new Int32Array(most);
  const value = new Float32Array(most);
  let at = 0;
  for (let b = 0; b < which.length; b++) {
    const [from, to] = [m.start[which[b]!]!, m.start[which[b]! + 1]!];
    for (let e = from; e < to; e++) {
      const v = weigh(m.value[e]!, to - from);
      if (v === 0) continue;
      index[at] = m.index[e]!;
      value[at++] = v;
    }
    start[b + 1] = at;
  }
  return { columns: m.cols, start, index: index.subarray(0, at), value: value.subarray(0, at) };
}

/** Mean value of each pair that occurs, U × I. */
export function meanValues(train: Pick<TrainData, 'U' | 'I' | 'user' | 'item'>, value: Float32Array): Csr {
  const sums = csrFromTriplets(train.U, train.I, train.user, train.item, value);
  const counts = csrFromTriplets(train.U, train.I, train.user, train.item, null);
  for (let e = 0; e < sums.value.length; e++) sums.value[e]! /= counts.value[e]!;
  return sums;
}

/** One row out of item numbers and a value for each. */
export const oneRow = (items: Int32Array, columns: number, value: number): SparseRows => ({
  columns, start: Int32Array.of(0, items.length), index: items, value: new Float32Array(items.length).fill(value),
});
