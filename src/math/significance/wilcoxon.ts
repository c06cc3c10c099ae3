import { normalCdf } from '../normal';

export interface Wilcoxon {
  /** The smaller of the rank sums of positive and of negative differences. */
  w: number;
  /** Null where the exact distribution was used. */
  z: number | null;
  /** Two-sided. */
  p: number;
}

/**
 * Wilcoxon's signed-rank test: the sizes of differences are ranked (mid-ranks for ties) and the ranks summed by sign.
 * Exact for up to 25 differences without ties or zeros, else the normal approximation with its variance corrected for ties, no continuity correction.
 * Zeros: 'drop' leaves them out (Wilcoxon 1945); 'pratt' ranks them and then leaves their ranks out (Pratt 1959), the better choice when many users are alike.
 * Awkward case: no difference that is not 0 → null.
 * Worked: differences 1, 2, 3: W− = 0, W+ = 6, one of 2³ sign patterns on each side: p = 2/8.
 */
export function wilcoxon(differences: ArrayLike<number>, zeros: 'drop' | 'pratt' = 'drop'): Wilcoxon | null {
  const signed = Array.from(differences).filter((d) => zeros === 'pratt' || d !== 0);
  signed.sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = signed.length;
  const Z = signed.filter((d) => d === 0).length; // they stand in front
  if (n === Z) return null;
  let plus = 0;
  let minus = 0;
  let ties = 0; // Σ t³ − t
  for (let from = Z; from < n; ) {
    let to = from + 1;
    while (to < n && Math.abs(signed[to]!) === Math.abs(signed[from]!)) to++;
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k++) {
      if (signed[k]! > 0) plus += rank;
      else minus += rank;
    }
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const w = Math.min(plus, minus);
  if (n <= 25 && ties === 0 && n === differences.length && Z === 0) return { w, z: null, p: exactP(w, n) };
  const mean = (n * (n + 1) - Z * (Z + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1) - Z * (Z + 1) * (2 * Z + 1) - ties / 2) / 24;
  const z = (w - mean) / Math.sqrt(variance);
  return { w, z, p: Math.min(1, 2 * normalCdf(z)) };
}

/** Twice the share of the 2ⁿ sign patterns whose rank sum is at most w. Patterns are counted rank by rank. */
function exactP(w: number, n: number): number {
  const patterns = new Float64Array((n * (n + 1)) / 2 + 1);
  patterns[0] = 1;
  for (let rank = 1; rank <= n; rank++) for (let sum = patterns.length - 1; sum >= rank; sum--) patterns[sum]! += patterns[sum - rank]!;
  let least = 0;
  for (let sum = 0; sum <= w; sum++) least += patterns[sum]!;
  return Math.min(1, (2 * least) / 2 ** n);
}
