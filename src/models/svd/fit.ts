/**
 * r̂(u, i) = μ + b_u + b_i + q_i·p_u (Funk 2006; Koren, Bell and Volinsky 2009), by stochastic gradient descent, D factors:
 *   e = r − r̂;  b ← b + γ (e − λ b);  p ← p + γ (e q − λ p);  q ← q + γ (e p − λ q), both with the old p and q.
 * Without biases r̂ = q_i·p_u, and a pair with an unknown side gets μ.
 */
import type { FitContext, FitModule, Matrix, ModelState } from '../../core/model';
import type { ParamsOf } from '../../core/params';
import { runEpochs } from '../../math/rating-epochs';
import { hasRow, ratingMatrix, type RatingMatrix } from '../../math/rating-matrix';
import { arrayOf, ratingRecommender, savedArray } from '../../math/rating-recommender';
import type { params } from './params';

type Specs = typeof params;
type Params = ParamsOf<Specs>;

export interface Weights {
  bu: Float64Array; // [U]
  bi: Float64Array; // [I]
  p: Float64Array; // [U, D]
  q: Float64Array; // [I, D]
}

function start(m: RatingMatrix, { factors, initSd }: Params, random: FitContext<Params>['random']): Weights {
  const draw = (n: number, name: string): Float64Array => {
    const r = random.stream(name);
    return Float64Array.from({ length: n }, () => initSd * r.normal());
  };
  return { bu: new Float64Array(m.U), bi: new Float64Array(m.I), p: draw(m.U * factors, 'users'), q: draw(m.I * factors, 'items') };
}
const read = (state: ModelState, m: RatingMatrix, D: number): Weights => ({
  bu: savedArray(state, 'bu', m.U), bi: savedArray(state, 'bi', m.I), p: savedArray(state, 'p', m.U * D), q: savedArray(state, 'q', m.I * D),
});

/** One pass over the ratings of users from … to − 1, in order. @returns Σ e² with e before its step */
export function visit(m: RatingMatrix, w: Weights, o: Pick<Params, 'factors' | 'learningRate' | 'regularisation' | 'biased'>, from: number, to: number): number {
  const { bu, bi, p, q } = w;
  const { start: first, other, value } = m.users;
  const { factors: D, biased } = o;
  const rate = o.learningRate;
  const keep = 1 - rate * o.regularisation; // γ (e q − λ p) + p = γ e q + (1 − γ λ) p
  const mean = biased ? m.mean : 0;
  let squares = 0;
  for (let u = from; u < to; u++) {
    const pu = p.subarray(u * D, (u + 1) * D);
    for (let e = first[u]!; e < first[u + 1]!; e++) {
      const i = other[e]!;
      const at = i * D;
      let dot = 0;
      for (let d = 0; d < D; d++) dot += q[at + d]! * pu[d]!;
      const error = value[e]! - (mean + bu[u]! + bi[i]! + dot);
      squares += error * error;
      const step = rate * error;
      if (biased) {
        bu[u] = keep * bu[u]! + step;
        bi[i] = keep * bi[i]! + step;
      }
      for (let d = 0; d < D; d++) {
        const a = pu[d]!;
        const b = q[at + d]!;
        pu[d] = keep * a + step * b;
        q[at + d] = keep * b + step * a;
      }
    }
  }
  return squares;
}

function recommender(m: RatingMatrix, { bu, bi, p, q }: Weights, D: number, biased: boolean) {
  const dot = (u: number, i: number): number => {
    let s = 0;
    for (let d = 0; d < D; d++) s += p[u * D + d]! * q[i * D + d]!;
    return s;
  };
  const matrix = (data: Float64Array, rows: number): Matrix => ({ rows, cols: D, data: Float32Array.from(data) });
  return ratingRecommender(m, {
    one(u, i) {
      const user = hasRow(m.users, u);
      const item = hasRow(m.items, i);
      if (!biased) return user && item ? dot(u, i) : m.mean;
      return m.mean + (user ? bu[u]! : 0) + (item ? bi[i]! : 0) + (user && item ? dot(u, i) : 0);
    },
    vectors: () => ({ users: matrix(p, m.U), items: matrix(q, m.I) }),
    save: () => ({ version: 1, arrays: { bu: arrayOf(bu, m.U), bi: arrayOf(bi, m.I), p: arrayOf(p, m.U, D), q: arrayOf(q, m.I, D) }, meta: {} }),
  });
}

export const fitModule: FitModule<Specs> = {
  async fit(ctx) {
    const { params } = ctx;
    const m = ratingMatrix(ctx.train);
    const w = ctx.resume ? read(ctx.resume, m, params.factors) : start(m, params, ctx.random);
    const model = recommender(m, w, params.factors, params.biased);
    return runEpochs(ctx, m, { epochs: params.epochs, visit: (from, to) => visit(m, w, params, from, to), model, state: () => model.save() as ModelState });
  },
  restore(state, { train, params }) {
    const m = ratingMatrix(train);
    return recommender(m, read(state, m, params.factors), params.factors, params.biased);
  },
};
