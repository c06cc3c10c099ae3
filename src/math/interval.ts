/** 95 % intervals of means over users. All values lie in [0, 1], so limits are clipped to it. */
import type { Estimate } from '../core/metric';
import { Z95 } from './normal';

/**
 * Wilson's score interval of a share: hits of n.
 * Unlike value ± 1.96 se it is never empty at 0 or n hits. n = 0 has none.
 */
export function wilson(hits: number, n: number, z = Z95): Estimate | null {
  if (n === 0) return null;
  const p = hits / n;
  const shrink = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  // At the ends the limit is exactly 0 or 1; rounding would leave 1e-17.
  return { value: p, low: hits === 0 ? 0 : Math.max(0, centre - half), high: hits === n ? 1 : Math.min(1, centre + half) };
}

/**
 * Mean ± 1.96 standard errors (s/√n with n − 1 in the variance). n = 0 has none.
 * One value says nothing about spread: its interval is all of [0, 1].
 */
export function meanInterval(values: ArrayLike<number>, z = Z95): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += values[k]!;
  const mean = sum / n;
  if (n === 1) return { value: mean, low: 0, high: 1 };
  let squares = 0;
  for (let k = 0; k < n; k++) squares += (values[k]! - mean) ** 2;
  const half = z * Math.sqrt(squares / (n - 1) / n);
  return { value: mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}
