/**
 * r̂(u, i) = μ + b_u + b_i + q_i·(p_u + Σ_{j∈N(u)} y_j ÷ √|N(u)|) (Koren 2008), N(u) the items u rated; stochastic gradient descent.
 * The steps are in visit.ts.
 */
import type { FitContext, FitModule, ModelState } from '../../core/model';
import type { ParamsOf } from '../../core/params';
import { runEpochs } from '../../math/rating-epochs';
import { hasRow, ratingMatrix, type RatingMatrix } from '../../math/rating-matrix';
import { arrayOf, ratingRecommender, savedArray } from '../../math/rating-recommender';
import type { params } from './params';
import { visit, type Weights } from './visit';

type Specs = typeof params;
type Params = ParamsOf<Specs>;

function start(m: RatingMatrix, { factors, initSd }: Params, random: FitContext<Params>['random']): Weights {
  const draw = (n: number, name: string): Float64Array => {
    const r = random.stream(name);
    return Float64Array.from({ length: n * factors }, () => initSd * r.normal());
  };
  return { bu: new Float64Array(m.U), bi: new Float64Array(m.I), p: draw(m.U, 'users'), q: draw(m.I, 'items'), y: draw(m.I, 'implicit') };
}
const read = (state: ModelState, m: RatingMatrix, D: number): Weights => ({
  bu: savedArray(state, 'bu', m.U), bi: savedArray(state, 'bi', m.I), p: savedArray(state, 'p', m.U * D), q: savedArray(state, 'q', m.I * D), y: savedArray(state, 'y', m.I * D),
});

function recommender(m: RatingMatrix, { bu, bi, p, q, y }: Weights, D: number) {
  const { start: first, other } = m.users;
  const position = new Float64Array(D); // p_u + Σ y_j ÷ √n
  const place = (u: number): void => {
    position.fill(0);
    for (let e = first[u]!; e < first[u + 1]!; e++) for (let d = 0, at = other[e]! * D; d < D; d++) position[d]! += y[at + d]!;
    const root = Math.sqrt(Math.max(1, first[u + 1]! - first[u]!));
    for (let d = 0; d < D; d++) position[d] = p[u * D + d]! + position[d]! / root;
  };
  return ratingRecommender(m, {
    turnTo: place,
    one(u, i) {
      const user = hasRow(m.users, u);
      const item = hasRow(m.items, i);
      let s = m.mean + (user ? bu[u]! : 0) + (item ? bi[i]! : 0);
      if (user && item) for (let d = 0, at = i * D; d < D; d++) s += q[at + d]! * position[d]!;
      return s;
    },
    save: () => ({ version: 1, arrays: { bu: arrayOf(bu, m.U), bi: arrayOf(bi, m.I), p: arrayOf(p, m.U, D), q: arrayOf(q, m.I, D), y: arrayOf(y, m.I, D) }, meta: {} }),
  });
}

export const fitModule: FitModule<Specs> = {
  async fit(ctx) {
    const { params } = ctx;
    const m = ratingMatrix(ctx.train);
    const w = ctx.resume ? read(ctx.resume, m, params.factors) : start(m, params, ctx.random);
    const model = recommender(m, w, params.factors);
    return runEpochs(ctx, m, { epochs: params.epochs, visit: (from, to) => visit(m, w, params, from, to), model, state: () => model.save() as ModelState });
  },
  restore(state, { train, params }) {
    const m = ratingMatrix(train);
    return recommender(m, read(state, m, params.factors), params.factors);
  },
};
