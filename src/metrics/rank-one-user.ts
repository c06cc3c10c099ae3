/**
 * Ranks of one user's targets in one row of scores.
 * Candidates: all items but the excluded ones. Order: score descending; among equal scores items that are not targets first,
 * then targets by ascending index (ties count against the target). A NaN score stands below every number.
 */
import { contains } from './item-sets';

/**
 * @param scores rows of I float32 scores; the row begins at `offset`
 * @param excluded ascending, distinct: items[from … to)
 * @param targets ascending, distinct: items[first … last)
 * @param ranks receives, at first … last, the rank from 1 of each target, 0 for one that is not a candidate
 * @returns number of candidates
 */
export function rankOneUser(
  scores: Float32Array, offset: number, I: number,
  excluded: Int32Array, from: number, to: number,
  targets: Int32Array, first: number, last: number,
  ranks: Int32Array,
): number {
  const candidates = I - (to - from);
  if (last - first === 1) {
    const target = targets[first]!;
    ranks[first] = contains(excluded, from, to, target) ? 0 : rankOfOne(scores, offset, I, excluded, from, to, target, candidates);
    return candidates;
  }
  rankOfMany(scores, offset, I, excluded, from, to, targets, first, last, ranks, candidates);
  return candidates;
}

/** One target: 1 + the number of other candidates whose score is ≥ its own. One pass over all, then the excluded are taken off. */
function rankOfOne(scores: Float32Array, offset: number, I: number, excluded: Int32Array, from: number, to: number, target: number, candidates: number): number {
  const s = scores[offset + target]!;
  if (Number.isNaN(s)) return candidates;
  let atLeast = 0;
  const end = offset + I;
  for (let k = offset; k < end; k++) if (scores[k]! >= s) atLeast++;
  for (let n = from; n < to; n++) if (scores[offset + excluded[n]!]! >= s) atLeast--;
  return atLeast; // the target counted itself
}

/** Several targets: each candidate is placed among the sorted targets by binary search. */
function rankOfMany(
  scores: Float32Array, offset: number, I: number,
  excluded: Int32Array, from: number, to: number,
  targets: Int32Array, first: number, last: number,
  ranks: Int32Array, candidates: number,
): void {
  const order: number[] = [];
  const unscored: number[] = [];
  for (let t = first; t < last; t++) {
    ranks[t] = 0;
    if (contains(excluded, from, to, targets[t]!)) continue;
    (Number.isNaN(scores[offset + targets[t]!]!) ? unscored : order).push(t);
  }
  order.sort((a, b) => scores[offset + targets[b]!]! - scores[offset + targets[a]!]! || a - b);
  const T = order.length;
  const level = Float32Array.from(order, (t) => scores[offset + targets[t]!]!);
  // before[p] = how many non-targets stand directly before the p-th sorted target.
  const before = new Int32Array(T + 1);
  const place = (x: number): number => {
    let low = 0;
    let high = T;
    if (Number.isNaN(x)) return T;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (level[middle]! <= x) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  for (let i = 0; i < I; i++) before[place(scores[offset + i]!)]!++;
  for (let n = from; n < to; n++) before[place(scores[offset + excluded[n]!]!)]!--;
  for (const x of level) before[place(x)]!--;
  let ahead = 0;
  for (let p = 0; p < T; p++) {
    ahead += before[p]!;
    ranks[order[p]!] = ahead + p + 1;
  }
  unscored.forEach((t, k) => {
    ranks[t] = candidates - unscored.length + k + 1;
  });
}

/**
 * Ranks of one user's targets among listed items only; the rules of order are those above.
 * @param listed ascending, distinct: items[from … to); a target standing among them is counted once
 * @returns number of candidates: the listed items and the targets
 */
export function rankAmongListed(
  scores: Float32Array, offset: number,
  listed: Int32Array, from: number, to: number,
  targets: Int32Array, first: number, last: number,
  ranks: Int32Array,
): number {
  const isTarget = (i: number): boolean => contains(targets, first, last, i);
  // A NaN compares false: such a target stands behind all, such a rival before none.
  const before = (rival: number, own: number): boolean => {
    const [a, b] = [scores[offset + rival]!, scores[offset + own]!];
    if (Number.isNaN(b)) return isTarget(rival) ? !Number.isNaN(a) || rival < own : true;
    return isTarget(rival) ? a > b || (a === b && rival < own) : a >= b;
  };
  let others = 0;
  for (let n = from; n < to; n++) if (!isTarget(listed[n]!)) others++;
  for (let t = first; t < last; t++) {
    const own = targets[t]!;
    let rank = 1;
    for (let n = from; n < to; n++) if (!isTarget(listed[n]!) && before(listed[n]!, own)) rank++;
    for (let k = first; k < last; k++) if (k !== t && before(targets[k]!, own)) rank++;
    ranks[t] = rank;
  }
  return others + last - first;
}
