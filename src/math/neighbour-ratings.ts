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
import { arrayOf, ratingRecommender, savedArray, type RatingSource } from './rating-recommender';
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
  /** Who may speak for a pair: of the other side y, those who rated with it. Their similarities to x, or those above 0. */
  const across = byUser ? m.items : m.users;
  const scratch = new Float64Array(byUser ? m.U : m.I);
  const source: RatingSource = {
    one(u, i) {
      const [x, y] = byUser ? [u, i] : [i, u];
      const s = rows.row(x);
      const { start, other, value } = across;
      const [first, end] = [start[y]!, start[y + 1]!];
      let candidates = 0;
      for (let e = first; e < end; e++) if (s[other[e]!]! > 0) scratch[candidates++] = s[other[e]!]!;
      // The similarity of the k-th; those equal to it are taken from the lowest index on, until there are k.
      const border = candidates > p.k ? largestValue(scratch, candidates, p.k) : 0;
      let ties = p.k;
      if (border > 0) for (let c = 0; c < candidates; c++) if (scratch[c]! > border) ties--;
      let sum = 0;
      let weight = 0;
      let found = 0;
      for (let e = first; e < end; e++) {
        const v = other[e]!;
        const sv = s[v]!;
        if (!(sv > 0) || sv < border || (border > 0 && sv === border && ties-- <= 0)) continue;
        found++;
        weight += sv;
        sum += sv * (value[e]! - centre(v, y));
      }
      return settle(u, i, sum, weight, found);
    },
    save: (): ModelState => ({
      version: 1,
      arrays: around === 'baseline' || p.similarity === 'pearson-baseline' ? { bu: arrayOf(baselines.bu, m.U), bi: arrayOf(baselines.bi, m.I) } : {},
      meta: { model: name },
    }),
  };
  return { rows, model: ratingRecommender(m, source) };
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
