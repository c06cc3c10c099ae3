/**
 * Ratings from the k most alike rows that rated the same thing (x: the user, or with `compare: 'items'` the item; N: those neighbours with s > 0):
 *   basic     Σ_N s·r ÷ Σ_N s
 *   means     mean_x + Σ_N s (r − mean_v) ÷ Σ_N s
 *   baseline  (μ + b_u + b_i) + Σ_N s (r − baseline of v) ÷ Σ_N s
 * Ties at the k-th place go to the lower index. Without enough neighbours: μ for basic, else the part before the sum.
 */
import type { FitContext, FitModule, ModelState, Recommender, TrainData } from '../core/model';
import { createPhases } from '../core/phases';
import { heldRows } from './held-rows';
import { alternatingBaselines, baselineOf, noBaselines, type Baselines } from './rating-baselines';
import { hasRow, ratingMatrix, rowMeans, type RatingMatrix } from './rating-matrix';
import { arrayOf, ratingRecommender, savedArray, type Predictions, type RatingSource } from './rating-recommender';
import { similarityRows } from './rating-similarity';
import { largestValue } from './select-largest';
import type { NeighbourParams } from './neighbour-ratings-params';
import type { ParamsOf } from '../core/params';

export type Around = 'basic' | 'means' | 'baseline';
type Params = ParamsOf<NeighbourParams>;
type Context = FitContext<Params>;

/** Koren's settings, as Surprise takes them unless told otherwise. */
const BASELINES = { epochs: 10, regUsers: 15, regItems: 10 };

function predictor(m: RatingMatrix, around: Around, baselines: Baselines, p: Params, name: string): { rows: ReturnType<typeof heldRows>; model: Recommender } {
  const byUser = p.compare === 'users';
  const own = byUser ? m.users : m.items;
  const rows = heldRows(byUser ? m.U : m.I, similarityRows(m, byUser ? 'users' : 'items', baselines, { measure: p.similarity, minSupport: p.minSupport, shrinkage: p.shrinkage }));
  const means = around === 'means' ? rowMeans(own) : null;
  /** What the rating of row v on y is measured from. */
  const centre = (v: number, y: number): number => (means ? means[v]! : around === 'baseline' ? m.mean + (byUser ? baselines.bu[v]! + baselines.bi[y]! : baselines.bi[v]! + baselines.bu[y]!) : 0);
  const known = (u: number, i: number): boolean => hasRow(m.users, u) && hasRow(m.items, i);
  /** The whole prediction from the two sums over `found` neighbours. */
  const settle = (u: number, i: number, sum: number, weight: number, found: number): number => {
    if (around === 'baseline') return baselineOf(m, baselines, u, i) + (known(u, i) && found >= p.minK && weight > 0 ? sum / weight : 0);
    if (!known(u, i)) return m.mean;
    const enough = found >= p.minK && weight > 0;
    if (means) return means[byUser ? u : i]! + (enough ? sum / weight : 0);
    return enough ? sum / weight : m.mean;
  };
  const source: RatingSource = {
    ...(byUser ? byUsers() : byItems()),
    save: (): ModelState => ({
      version: 1,
      arrays: around === 'baseline' || p.similarity === 'pearson-baseline' ? { bu: arrayOf(baselines.bu, m.U), bi: arrayOf(baselines.bi, m.I) } : {},
      meta: { model: name },
    }),
  };
  return { rows, model: ratingRecommender(m, source) };

  /** A user's neighbours from the most alike down; each adds to what they rated until an item has k of them. One walk gives the whole row. */
  function byUsers(): Predictions {
    const { start, other, value } = m.users;
    const [sum, weight] = [new Float64Array(m.I), new Float64Array(m.I)];
    const found = new Int32Array(m.I);
    const row = (u: number, out: Float64Array): void => {
      const s = rows.row(u);
      const near = Int32Array.from({ length: m.U }, (_, v) => v).filter((v) => s[v]! > 0);
      near.sort((a, b) => s[b]! - s[a]! || a - b);
      sum.fill(0);
      weight.fill(0);
      found.fill(0);
      for (const v of near) {
        for (let e = start[v]!; e < start[v + 1]!; e++) {
          const i = other[e]!;
          if (found[i]! >= p.k) continue;
          found[i]!++;
          weight[i]! += s[v]!;
          sum[i]! += s[v]! * (value[e]! - centre(v, i));
        }
      }
      for (let i = 0; i < m.I; i++) out[i] = settle(u, i, sum[i]!, weight[i]!, found[i]!);
    };
    return { row };
  }

  /** The user's own ratings are the only candidates, so pairs are cheap. */
  function byItems(): Predictions {
    const { start, other, value } = m.users;
    const scratch = new Float64Array(m.I);
    return {
      one(u, i) {
        // Similarity is symmetric; row i serves all users who are asked about i.
        const s = rows.row(i);
        let candidates = 0;
        for (let e = start[u]!; e < start[u + 1]!; e++) if (s[other[e]!]! > 0) scratch[candidates++] = s[other[e]!]!;
        const border = candidates > p.k ? largestValue(scratch, candidates, p.k) : 0;
        let ties = p.k; // how many exactly at the border still fit
        if (border > 0) for (let c = 0; c < candidates; c++) if (scratch[c]! > border) ties--;
        let sum = 0;
        let weight = 0;
        let found = 0;
        for (let e = start[u]!; e < start[u + 1]!; e++) {
          const v = other[e]!;
          if (!(s[v]! > 0) || s[v]! < border) continue;
          if (border > 0 && s[v] === border && ties-- <= 0) continue;
          found++;
          weight += s[v]!;
          sum += s[v]! * (value[e]! - centre(v, u));
        }
        return settle(u, i, sum, weight, found);
      },
    };
  }
}

/** The two functions of a model folder, for one way of centring. */
export function neighbourModule(around: Around, name: string): FitModule<NeighbourParams> {
  const needsBaselines = (p: Params): boolean => around === 'baseline' || p.similarity === 'pearson-baseline';
  return {
    async fit({ train, params, report, signal }: Context): Promise<Recommender> {
      const m = ratingMatrix(train);
      const phases = createPhases({ report, signal }, name);
      const baselines = needsBaselines(params) ? await alternatingBaselines(m, BASELINES, await phases.begin('Baselines', BASELINES.epochs)) : noBaselines(m);
      const { rows, model } = predictor(m, around, baselines, params, name);
      const n = rows.room;
      const step = await phases.begin(rows.whole ? `Comparing ${params.compare}` : `Comparing ${params.compare} (${n} rows are kept, the others made again when asked for)`, n);
      for (let x = 0; x < n; x++) {
        rows.row(x);
        await step(x + 1);
      }
      return model;
    },
    restore(state: ModelState, { train, params }: { train: TrainData; params: Params }): Recommender {
      const m = ratingMatrix(train);
      const baselines = needsBaselines(params) ? { bu: savedArray(state, 'bu', m.U), bi: savedArray(state, 'bi', m.I) } : noBaselines(m);
      return predictor(m, around, baselines, params, name).model;
    },
  };
}
