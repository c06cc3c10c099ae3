/** How numeric item columns hang together, change over the years, and go with popularity. Items of the selection only. */
import type { EntityTable, NumericColumn } from '../../core/dataset';
import { byCount } from './long-tail';
import type { YearColumn } from './year-column';

export const numericColumns = (table: EntityTable): NumericColumn[] => table.columns.filter((c) => c.kind === 'numeric');

export interface Correlations {
  names: string[];
  /** [n · n] Pearson's r over items that have both; NaN where fewer than three have or one does not vary. */
  r: Float64Array;
  /** [n · n] items behind each. */
  n: Int32Array;
}

/** Of every pair of columns, and of each with the logarithm of popularity (last row and column) unless its name is null. */
export function correlations(columns: readonly { name: string; values: ArrayLike<number> }[], perItem: Int32Array, popularityName: string | null): Correlations {
  const items = byCount(perItem);
  const all = popularityName === null ? columns : [...columns, { name: popularityName, values: Float64Array.from(perItem, (c) => (c > 0 ? Math.log(c) : Number.NaN)) }];
  const size = all.length;
  const r = new Float64Array(size * size);
  const n = new Int32Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const found = pearson(all[a]!.values, all[b]!.values, items);
      r[a * size + b] = r[b * size + a] = found.r;
      n[a * size + b] = n[b * size + a] = found.n;
    }
  }
  return { names: all.map((c) => c.name), r, n };
}

/** Two passes, so that large means cost no digits. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>, rows: Int32Array): { r: number; n: number } {
  let n = 0;
  let mx = 0;
  let my = 0;
  for (const k of rows) {
    if (!Number.isFinite(x[k]!) || !Number.isFinite(y[k]!)) continue;
    n++;
    mx += x[k]!;
    my += y[k]!;
  }
  if (n < 3) return { r: Number.NaN, n };
  mx /= n;
  my /= n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const k of rows) {
    if (!Number.isFinite(x[k]!) || !Number.isFinite(y[k]!)) continue;
    const [dx, dy] = [x[k]! - mx, y[k]! - my];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return { r: xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN, n };
}

export interface YearMeans {
  column: string;
  points: { year: number; n: number; mean: number; low: number; high: number }[];
}

/** Mean of each column by year with its 95 % interval (mean ± 1.96 standard errors). Years with fewer than `least` items are left out. */
export function meansByYear(columns: readonly NumericColumn[], years: YearColumn, perItem: Int32Array, least = 5): YearMeans[] {
  return columns
    .filter((c) => c.name !== years.name)
    .map((c) => {
      const sums = new Map<number, { n: number; s: number; q: number }>();
      for (let i = 0; i < perItem.length; i++) {
        const [y, v] = [Math.floor(years.years[i]!), c.values[i]!];
        if (perItem[i] === 0 || Number.isNaN(y) || !Number.isFinite(v)) continue;
        const of = sums.get(y) ?? { n: 0, s: 0, q: 0 };
        const before = of.n > 0 ? of.s / of.n : 0;
        of.n++;
        of.s += v;
        of.q += (v - before) * (v - of.s / of.n); // Welford: sum of squares about the mean
        sums.set(y, of);
      }
      const points = [...sums]
        .filter(([, of]) => of.n >= least)
        .sort(([a], [b]) => a - b)
        .map(([year, { n, s, q }]) => {
          const mean = s / n;
          const half = n > 1 ? 1.96 * Math.sqrt(q / (n - 1) / n) : 0;
          return { year, n, mean, low: mean - half, high: mean + half };
        });
      return { column: c.name, points };
    });
}

export interface Against {
  /** Items drawn (at most `most`, evenly spaced over popularity), their value and what it is held against: interactions, or another number. */
  item: Int32Array;
  value: Float64Array;
  other: Float64Array;
  /** Mean in up to ten groups of about equal size by value; of interactions the geometric mean. */
  trend: { x: number; y: number; n: number }[];
  /** Rank correlation (Spearman) of value and the other. */
  rank: number;
  n: number;
}

/** @param second the column on the other axis; null for popularity */
export function against(column: NumericColumn, second: NumericColumn | null, perItem: Int32Array, most = 6000): Against {
  const other = (i: number): number => (second ? second.values[i]! : perItem[i]!);
  const rows = byCount(perItem).filter((i) => Number.isFinite(column.values[i]!) && Number.isFinite(other(i)));
  const byValue = rows.slice().sort((a, b) => column.values[a]! - column.values[b]!);
  const n = rows.length;
  const groups = Math.min(10, Math.floor(n / 5));
  // Equal values stay together, or the line would jump up and down on one spot.
  const ends = [...new Set(Array.from({ length: groups }, (_, g) => {
    let end = Math.floor(((g + 1) * n) / groups);
    while (end < n && column.values[byValue[end]!] === column.values[byValue[end - 1]!]) end++;
    return end;
  }))];
  const trend = ends.map((end, g) => {
    const part = byValue.subarray(g === 0 ? 0 : ends[g - 1]!, end);
    let x = 0;
    let y = 0;
    for (const i of part) {
      x += column.values[i]!;
      y += second ? other(i) : Math.log(other(i));
    }
    return { x: x / part.length, y: second ? y / part.length : Math.exp(y / part.length), n: part.length };
  });
  const rankOfValue = tiedRanks(byValue, (i) => column.values[i]!, perItem.length);
  const rankOfOther = tiedRanks(second ? rows.slice().sort((a, b) => other(a) - other(b)) : rows.slice().reverse(), other, perItem.length);
  const step = Math.max(1, n / most);
  const item = Int32Array.from({ length: Math.min(n, most) }, (_, k) => rows[Math.floor(k * step)]!);
  return { item, value: Float64Array.from(item, (i) => column.values[i]!), other: Float64Array.from(item, other), trend, rank: pearson(rankOfValue, rankOfOther, rows).r, n };
}

/** Ranks of rows given in ascending order; equal values share their mean rank. */
function tiedRanks(sorted: Int32Array, of: (i: number) => number, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let k = 0; k < sorted.length; ) {
    let end = k + 1;
    while (end < sorted.length && of(sorted[end]!) === of(sorted[k]!)) end++;
    for (let j = k; j < end; j++) out[sorted[j]!] = (k + end - 1) / 2;
    k = end;
  }
  return out;
}
