import type { Random } from '../../core/random';
import { percentile } from '../percentile';

export interface Bootstrap {
  /** Of the differences themselves. */
  mean: number;
  /** 95 % percentile interval. */
  low: number;
  high: number;
  /** Standard deviation of the resampled means. */
  standardError: number;
  /** Two-sided: twice the smaller share of resampled means at or beyond 0, at most 1. */
  p: number;
  /** One per resample, in order of drawing. */
  means: Float64Array;
}

/** Which differences each resample takes: n draws with replacement. Given, to repeat a published one; else drawn. */
export type Resamples = readonly ArrayLike<number>[] | { count: number; random: Random };

/**
 * Paired bootstrap of a mean difference (Efron & Tibshirani 1993): whole users are drawn again, so both models keep the same ones.
 * Percentiles are interpolated linearly at (B − 1)·q of the sorted means.
 * Awkward case: no differences or no resamples → null.
 * Worked: differences 0, 2 and resamples (0, 0), (0, 1), (1, 1): means 0, 1, 2, interval .05 to 1.95, p = 2·(1/3).
 */
export function pairedBootstrap(differences: ArrayLike<number>, resamples: Resamples): Bootstrap | null {
  const n = differences.length;
  const B = 'random' in resamples ? resamples.count : resamples.length;
  if (n === 0 || B === 0) return null;
  const means = new Float64Array(B);
  for (let b = 0; b < B; b++) {
    let sum = 0;
    // next() rather than int(n): a bias below n/2³² is no matter here, and the draws are all of the cost.
    if ('random' in resamples) for (let j = 0; j < n; j++) sum += differences[Math.floor(resamples.random.next() * n)]!;
    else for (let j = 0; j < n; j++) sum += differences[resamples[b]![j]!]!;
    means[b] = sum / n;
  }
  let mean = 0;
  for (let k = 0; k < n; k++) mean += differences[k]! / n;
  const sorted = means.slice().sort();
  return {
    mean,
    low: percentile(sorted, 0.025),
    high: percentile(sorted, 0.975),
    standardError: deviation(means),
    p: Math.min(1, 2 * Math.min(share(means, (m) => m <= 0), share(means, (m) => m >= 0))),
    means,
  };
}

const share = (values: Float64Array, holds: (x: number) => boolean): number => values.filter(holds).length / values.length;

/** With B − 1 in the denominator; 0 for a single value. */
function deviation(values: Float64Array): number {
  let mean = 0;
  for (const v of values) mean += v / values.length;
  let squares = 0;
  for (const v of values) squares += (v - mean) ** 2;
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}
