/** Every pair of models on a board, tested over the same users, and the groups that follow. R rows, n users, B resamples. Pure. */
import type { Random } from '../core/random';
import { percentile } from '../math/percentile';
import { holm } from '../math/significance/holm';
import { wilcoxon } from '../math/significance/wilcoxon';

export const RESAMPLES = 2000;
export const LEVEL = 0.05;

export interface PairTest {
  a: number;
  b: number;
  /** Mean of a minus mean of b. */
  difference: number;
  /** 95 % percentile interval of the difference, not corrected. */
  low: number;
  high: number;
  /** Two-sided, corrected by Holm over all pairs of the board. */
  bootstrap: number;
  wilcoxon: number;
  /** Both corrected p values lie below the level. */
  apart: boolean;
}

/**
 * Paired bootstrap and Wilcoxon's signed-rank test (zeros ranked, as Pratt does: most users are alike) of every pair, each family corrected by Holm.
 * The resamples are drawn once and shared by all pairs, so the result of a pair is that of `pairedBootstrap` on the same draws;
 * a bootstrap p of 0 is given as 1/B, the least that B resamples can tell.
 * Awkward cases: fewer than two rows or no users → no pairs; two rows alike for every user → p 1, not apart.
 * @param values [R][n]
 */
export function pairTests(values: readonly Float64Array[], random: Random, resamples = RESAMPLES): PairTest[] {
  const R = values.length;
  const n = values[0]?.length ?? 0;
  if (R < 2 || n === 0) return [];
  const means = resampledMeans(values, random, resamples); // [R][B]
  const pairs: Omit<PairTest, 'apart'>[] = [];
  for (let a = 0; a < R; a++) {
    for (let b = a + 1; b < R; b++) {
      const drawn = Float64Array.from(means[a]!, (m, k) => m - means[b]![k]!);
      const each = Float64Array.from(values[a]!, (v, u) => v - values[b]![u]!);
      const alike = each.every((d) => d === 0);
      let below = 0;
      let above = 0;
      for (const d of drawn) {
        if (d <= 0) below += 1;
        if (d >= 0) above += 1;
      }
      drawn.sort();
      pairs.push({
        a, b,
        difference: each.reduce((x, y) => x + y, 0) / n,
        low: percentile(drawn, 0.025),
        high: percentile(drawn, 0.975),
        bootstrap: alike ? 1 : Math.max(1 / resamples, Math.min(1, (2 * Math.min(below, above)) / resamples)),
        wilcoxon: wilcoxon(each, 'pratt')?.p ?? 1,
      });
    }
  }
  const b = holm(pairs.map((p) => p.bootstrap));
  const w = holm(pairs.map((p) => p.wilcoxon));
  return pairs.map((p, k) => ({ ...p, bootstrap: b[k]!, wilcoxon: w[k]!, apart: b[k]! < LEVEL && w[k]! < LEVEL }));
}

/** Mean of every row over each draw of n users with replacement. */
function resampledMeans(values: readonly Float64Array[], random: Random, resamples: number): Float64Array[] {
  const n = values[0]!.length;
  const means = values.map(() => new Float64Array(resamples));
  const drawn = new Int32Array(n);
  for (let b = 0; b < resamples; b++) {
    for (let j = 0; j < n; j++) drawn[j] = Math.floor(random.next() * n);
    values.forEach((row, r) => {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += row[drawn[j]!]!;
      means[r]![b] = sum / n;
    });
  }
  return means;
}

/**
 * Letters of a compact display (Piepho 2004, insert and absorb): two rows share a letter exactly when they cannot be told apart.
 * Rows are numbered from the best; 'a' goes to the group that reaches highest.
 * Worked: 0 and 2 apart, 1 apart from neither → a, ab, b.
 */
export function groupLetters(rows: number, apart: (a: number, b: number) => boolean): string[] {
  let groups: Set<number>[] = [new Set(Array.from({ length: rows }, (_, k) => k))];
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      if (!apart(a, b)) continue;
      const split = groups.flatMap((g) => (g.has(a) && g.has(b) ? [without(g, a), without(g, b)] : [g]));
      groups = split.filter((g, k) => !split.some((other, j) => j !== k && within(g, other) && (g.size < other.size || j < k)));
    }
  }
  const ordered = groups.map((g) => [...g].sort((x, y) => x - y)).sort((x, y) => compare(x, y));
  return Array.from({ length: rows }, (_, row) => ordered.flatMap((g, k) => (g.includes(row) ? [letter(k)] : [])).join(''));
}

const within = (group: ReadonlySet<number>, other: ReadonlySet<number>): boolean => [...group].every((x) => other.has(x));
const without = (group: ReadonlySet<number>, row: number): Set<number> => new Set([...group].filter((x) => x !== row));
function compare(x: readonly number[], y: readonly number[]): number {
  for (let k = 0; k < Math.min(x.length, y.length); k++) if (x[k] !== y[k]) return x[k]! - y[k]!;
  return x.length - y.length;
}
const letter = (k: number): string => (k < 26 ? String.fromCharCode(97 + k) : `${letter(Math.floor(k / 26) - 1)}${letter(k % 26)}`);
