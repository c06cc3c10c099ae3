/** How far predicted ratings lie from the true ones. n pairs, r the true and p the predicted rating. */

export interface RatingErrors {
  n: number;
  /** √(mean (r − p)²). Large misses weigh more. */
  rmse: number | null;
  /** mean |r − p|. */
  mae: number | null;
  /** Pearson's correlation of r and p. */
  r: number | null;
}

/**
 * Awkward cases: no pair → all null; Pearson's r is null where truth or prediction does not vary (always saying the mean has no r).
 * Worked: true 4, 2, predicted 3, 2: RMSE √(1/2) = .7071, MAE ½, r 1.
 * @param pick which pairs count; all by default
 */
export function ratingErrors(truth: ArrayLike<number>, predicted: ArrayLike<number>, pick: (k: number) => boolean = () => true): RatingErrors {
  let n = 0;
  let squares = 0;
  let distance = 0;
  let sumT = 0;
  let sumP = 0;
  for (let k = 0; k < truth.length; k++) {
    if (!pick(k)) continue;
    const e = truth[k]! - predicted[k]!;
    n++;
    squares += e * e;
    distance += Math.abs(e);
    sumT += truth[k]!;
    sumP += predicted[k]!;
  }
  if (n === 0) return { n, rmse: null, mae: null, r: null };
  let tt = 0;
  let pp = 0;
  let tp = 0;
  for (let k = 0; k < truth.length; k++) {
    if (!pick(k)) continue;
    const a = truth[k]! - sumT / n;
    const b = predicted[k]! - sumP / n;
    tt += a * a;
    pp += b * b;
    tp += a * b;
  }
  // Below this the spread is rounding of equal numbers.
  const flat = (s: number, mean: number): boolean => s <= 1e-18 * n * Math.max(1, mean * mean);
  const r = flat(tt, sumT / n) || flat(pp, sumP / n) ? null : tp / Math.sqrt(tt * pp);
  return { n, rmse: Math.sqrt(squares / n), mae: distance / n, r };
}

/** 95 % intervals of both errors. */
export interface RatingIntervals {
  rmse: [low: number, high: number];
  mae: [low: number, high: number];
}
const Z = 1.959964;

/**
 * Normal intervals of the means of e² and |e| over the pairs; RMSE's ends are the roots of those of the mean of e². Neither goes below 0.
 * They say how far chance in the test ratings reaches, not what another fold or seed would change.
 * Awkward case: fewer than two pairs have no spread → null.
 * Worked: errors 1 and 0: mean of e² ½, its standard error ½, so RMSE from √max(0, ½ − .98) = 0 to √1.48 = 1.2166; MAE from 0 to 1.48.
 */
export function ratingIntervals(truth: ArrayLike<number>, predicted: ArrayLike<number>, pick: (k: number) => boolean = () => true): RatingIntervals | null {
  let n = 0;
  let [squares, distance] = [0, 0];
  for (let k = 0; k < truth.length; k++) {
    if (!pick(k)) continue;
    const e = Math.abs(truth[k]! - predicted[k]!);
    n++;
    squares += e * e;
    distance += e;
  }
  if (n < 2) return null;
  let [ofSquares, ofDistance] = [0, 0];
  for (let k = 0; k < truth.length; k++) {
    if (!pick(k)) continue;
    const e = Math.abs(truth[k]! - predicted[k]!);
    ofSquares += (e * e - squares / n) ** 2;
    ofDistance += (e - distance / n) ** 2;
  }
  const around = (mean: number, spread: number): [number, number] => {
    const half = Z * Math.sqrt(spread / (n - 1) / n);
    return [Math.max(0, mean - half), mean + half];
  };
  const [low, high] = around(squares / n, ofSquares);
  return { rmse: [Math.sqrt(low), Math.sqrt(high)], mae: around(distance / n, ofDistance) };
}
