import { criticalT, twoSidedT } from './student-t';

export interface PairedT {
  t: number;
  df: number;
  /** Two-sided. */
  p: number;
  mean: number;
  /** 95 % interval of the mean difference. */
  low: number;
  high: number;
}

/**
 * Paired t test: t = mean ÷ (s/√n) of the differences, n − 1 degrees of freedom. With hundreds of users it needs no normal differences.
 * Awkward cases: fewer than two differences → null; all alike and 0 → t 0, p 1; all alike and not 0 → t ±∞, p 0.
 * Worked: differences 1, 2, 3: mean 2, s 1, t = 2√3 = 3.4641, p = .0742.
 */
export function pairedT(differences: ArrayLike<number>): PairedT | null {
  const n = differences.length;
  if (n < 2) return null;
  let mean = 0;
  for (let k = 0; k < n; k++) mean += differences[k]! / n;
  let squares = 0;
  for (let k = 0; k < n; k++) squares += (differences[k]! - mean) ** 2;
  const error = Math.sqrt(squares / (n - 1) / n);
  const t = mean === 0 ? 0 : mean / error;
  const half = error > 0 ? criticalT(0.05, n - 1) * error : 0;
  return { t, df: n - 1, p: twoSidedT(t, n - 1), mean, low: mean - half, high: mean + half };
}
