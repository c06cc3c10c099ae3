/** Ratings as rows of users and as rows of items, in one order whatever order the files had. U users, I items, n ratings. */
import type { TrainData } from '../core/model';
import { Problem } from '../core/problem';

/** Row x holds other[e], value[e] for e in start[x] … start[x+1]; `other` ascends within a row. */
export interface RatingRows {
  start: Int32Array; // [rows + 1]
  other: Int32Array; // [n]
  value: Float64Array; // [n]
}
export interface RatingMatrix {
  U: number;
  I: number;
  n: number;
  users: RatingRows; // other = item
  items: RatingRows; // other = user
  /** Mean of all train ratings. */
  mean: number;
  /** The scale: lowest and highest train rating. Predictions are clipped to it. */
  low: number;
  high: number;
}

/** Rows by the other side; within a row in the order the entries come. */
function turned(rows: number, from: RatingRows): RatingRows {
  const n = from.other.length;
  const out: RatingRows = { start: new Int32Array(rows + 1), other: new Int32Array(n), value: new Float64Array(n) };
  for (const x of from.other) out.start[x + 1]!++;
  for (let x = 0; x < rows; x++) out.start[x + 1]! += out.start[x]!;
  const next = out.start.slice(0, rows);
  for (let y = 0; y + 1 < from.start.length; y++) {
    for (let e = from.start[y]!; e < from.start[y + 1]!; e++) {
      const at = next[from.other[e]!]!++;
      out.other[at] = y;
      out.value[at] = from.value[e]!;
    }
  }
  return out;
}

/** A pair that was rated several times counts once, with the mean of its values. */
function merged(rows: RatingRows): RatingRows {
  const { start, other, value } = rows;
  const out: RatingRows = { start: new Int32Array(start.length), other: new Int32Array(other.length), value: new Float64Array(value.length) };
  let n = 0;
  for (let x = 0; x + 1 < start.length; x++) {
    for (let e = start[x]!; e < start[x + 1]!; ) {
      let sum = 0;
      let times = 0;
      const y = other[e]!;
      for (; e < start[x + 1]! && other[e] === y; e++, times++) sum += value[e]!;
      out.other[n] = y;
      out.value[n++] = sum / times;
    }
    out.start[x + 1] = n;
  }
  return { start: out.start, other: out.other.slice(0, n), value: out.value.slice(0, n) };
}

/**
 * Ratings visited user by user, within a user by item: the order of the published files of MovieLens 100K, and the same for shuffled files.
 * @throws Problem when there are no values, or none at all to learn from
 */
export function ratingMatrix(train: Pick<TrainData, 'U' | 'I' | 'item' | 'value' | 'userStart'>): RatingMatrix {
  const { U, I } = train;
  if (!train.value) throw new Problem('These interactions have no values, so there are no ratings to learn from.', {}, 'Choose the column with the ratings as "value" when the files are read, or train a model that ranks.');
  if (train.value.length === 0) throw new Problem('There are no ratings to learn from: the train part is empty.', {}, 'Use fewer folds, or a smaller hold-out.');
  if (!train.value.every(Number.isFinite)) throw new Problem('Some ratings are empty or not finite.', {}, 'Remove these rows, or choose another column as "value".');
  // Turned twice: by item, then back by user, which leaves every user's items ascending.
  const byItem = turned(I, { start: train.userStart, other: train.item, value: Float64Array.from(train.value) });
  const users = merged(turned(U, byItem));
  const items = turned(I, users);
  const n = users.other.length;
  let sum = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const r of users.value) {
    sum += r;
    if (r < low) low = r;
    if (r > high) high = r;
  }
  return { U, I, n, users, items, mean: sum / n, low, high };
}

/** Mean of each row, NaN where it has none. [rows] */
export function rowMeans({ start, value }: RatingRows): Float64Array {
  const out = new Float64Array(start.length - 1);
  for (let x = 0; x < out.length; x++) {
    let sum = 0;
    for (let e = start[x]!; e < start[x + 1]!; e++) sum += value[e]!;
    out[x] = sum / (start[x + 1]! - start[x]!);
  }
  return out;
}

/** Whether x has a train rating. */
export const hasRow = ({ start }: RatingRows, x: number): boolean => start[x + 1]! > start[x]!;
