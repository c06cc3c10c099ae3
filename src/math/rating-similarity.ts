/**
 * How alike two users (or two items) rate, over what both rated, as Surprise defines it. n common ratings, r_x and r_v the two sides:
 *   msd               1 ÷ (1 + mean (r_x − r_v)²)
 *   cosine            Σ r_x r_v ÷ √(Σ r_x² Σ r_v²)
 *   pearson           the same around each side's mean over the common ones
 *   pearson-baseline  the same around μ + b_u + b_i, times (n − 1) ÷ (n − 1 + shrinkage)
 * Fewer common ratings than `minSupport` (at least 2 for pearson-baseline), or no spread: 0. With oneself: 1.
 */
import type { Baselines } from './rating-baselines';
import type { RatingMatrix, RatingRows } from './rating-matrix';

export type SimilarityMeasure = 'msd' | 'cosine' | 'pearson' | 'pearson-baseline';
export interface SimilarityOptions {
  measure: SimilarityMeasure;
  minSupport: number;
  shrinkage: number;
}

/** Values around the baseline, rows kept. `own` belongs to the rows. */
const residuals = (rows: RatingRows, mean: number, own: Float64Array, others: Float64Array): RatingRows => {
  const value = rows.value.slice();
  for (let x = 0; x + 1 < rows.start.length; x++) for (let e = rows.start[x]!; e < rows.start[x + 1]!; e++) value[e]! -= mean + own[x]! + others[rows.other[e]!]!;
  return { ...rows, value };
};

/**
 * @param compare 'users': rows are users; 'items': rows are items
 * @returns a function that fills row x; its cost is the ratings of all who share something with x
 */
export function similarityRows(m: RatingMatrix, compare: 'users' | 'items', baselines: Baselines, o: SimilarityOptions): (x: number, out: Float32Array) => void {
  const byUser = compare === 'users';
  let own = byUser ? m.users : m.items;
  let across = byUser ? m.items : m.users;
  if (o.measure === 'pearson-baseline') {
    const { bu, bi } = baselines;
    own = byUser ? residuals(own, m.mean, bu, bi) : residuals(own, m.mean, bi, bu);
    across = byUser ? residuals(across, m.mean, bi, bu) : residuals(across, m.mean, bu, bi);
  }
  const n = byUser ? m.U : m.I;
  const common = new Int32Array(n);
  const [xv, xx, vv, sx, sv] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const least = Math.max(o.measure === 'pearson-baseline' ? 2 : 1, o.minSupport);

  const msd = (v: number): number => 1 / (xx[v]! / common[v]! + 1);
  const over = (above: number, below: number): number => (below > 0 ? above / Math.sqrt(below) : 0);
  const cosine = (v: number): number => over(xv[v]!, xx[v]! * vv[v]!);
  const pearson = (v: number): number => over(common[v]! * xv[v]! - sx[v]! * sv[v]!, (common[v]! * xx[v]! - sx[v]! ** 2) * (common[v]! * vv[v]! - sv[v]! ** 2));
  const shrunk = (v: number): number => cosine(v) * ((common[v]! - 1) / (common[v]! - 1 + o.shrinkage));
  const finish = { msd, cosine, pearson, 'pearson-baseline': shrunk }[o.measure];
  const squaredDifferences = o.measure === 'msd';

  return (x, out) => {
    common.fill(0);
    for (const a of squaredDifferences ? [xx] : [xv, xx, vv, sx, sv]) a.fill(0);
    for (let e = own.start[x]!; e < own.start[x + 1]!; e++) {
      const y = own.other[e]!;
      const r = own.value[e]!;
      const end = across.start[y + 1]!;
      for (let f = across.start[y]!; f < end; f++) {
        const v = across.other[f]!;
        const s = across.value[f]!;
        common[v]!++;
        if (squaredDifferences) xx[v]! += (r - s) * (r - s);
        else {
          xv[v]! += r * s;
          xx[v]! += r * r;
          vv[v]! += s * s;
          sx[v]! += r;
          sv[v]! += s;
        }
      }
    }
    for (let v = 0; v < n; v++) out[v] = common[v]! < least ? 0 : finish(v);
    out[x] = 1;
  };
}
