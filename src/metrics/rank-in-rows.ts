/** Ranks of one user's targets by counting; the order is that of rank-one-user.ts, which is the slow twin. */
import { contains } from './item-sets';
import type { ScoreRows } from './score-rows';

/**
 * Takes the excluded items out of the row for good: their scores become NaN.
 * @param excluded ascending, distinct: items[from … to)
 * @param targets ascending, distinct: items[first … last)
 * @param ranks receives, at first … last, the rank from 1 of each target, 0 for one that is not a candidate
 * @returns number of candidates
 */
export function rankInRows(
  rows: ScoreRows, row: number, I: number,
  excluded: Int32Array, from: number, to: number,
  targets: Int32Array, first: number, last: number,
  ranks: Int32Array,
): number {
  const { scores } = rows;
  const offset = row * I;
  const candidates = I - (to - from);
  const order: number[] = [];
  const unscored: number[] = [];
  for (let t = first; t < last; t++) {
    ranks[t] = 0;
    if (contains(excluded, from, to, targets[t]!)) continue;
    (Number.isNaN(scores[offset + targets[t]!]!) ? unscored : order).push(t);
  }
  takeOut(rows, row, I, excluded, from, to);
  const level = (t: number): number => scores[offset + targets[t]!]!;
  if (order.length > 1) order.sort((a, b) => level(b) - level(a) || a - b);
  for (let p = 0, reach = 0; p < order.length; p++) {
    const s = level(order[p]!);
    // Targets that score at least s are counted by their own order instead.
    while (reach < order.length && level(order[reach]!) >= s) reach++;
    ranks[order[p]!] = rows.atLeast(row, s) - reach + p + 1;
  }
  unscored.forEach((t, k) => {
    ranks[t] = candidates - unscored.length + k + 1;
  });
  return candidates;
}

/** Writes NaN where the excluded items stand. */
export function takeOut({ scores }: ScoreRows, row: number, I: number, excluded: Int32Array, from: number, to: number): void {
  const offset = row * I;
  for (let n = from; n < to; n++) scores[offset + excluded[n]!] = NaN;
}
