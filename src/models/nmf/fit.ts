/**
 * r̂(u, i) = q_i·p_u with p, q ≥ 0 (Luo, Zhou, Xia and Zhu 2014, without biases). Once per epoch, all from the same p and q:
 *   p_uf ← p_uf · Σ_i q_if r_ui ÷ (Σ_i q_if r̂_ui + λ n_u p_uf),   q_if ← q_if · Σ_u p_uf r_ui ÷ (Σ_u p_uf r̂_ui + λ n_i q_if)
 * A pair with an unknown side gets μ. Start: uniform on [0, 1).
 */
import type { FitContext, FitModule, Matrix, ModelState } from '../../core/model';
import type { ParamsOf } from '../../core/params';
import { runEpochs } from '../../math/rating-epochs';
import { hasRow, ratingMatrix, type RatingMatrix, type RatingRows } from '../../math/rating-matrix';
import { arrayOf, ratingRecommender, savedArray } from '../../math/rating-recommender';
import type { params } from './params';

type Specs = typeof params;
type Params = ParamsOf<Specs>;
interface Weights {
  p: Float64Array; // [U, D]
  q: Float64Array; // [I, D]
}

function start(m: RatingMatrix, { factors }: Params, random: FitContext<Params>['random']): Weights {
  const draw = (n: number, name: string): Float64Array => {
    const r = random.stream(name);
    return Float64Array.from({ length: n * factors }, () => r.next());
  };
  return { p: draw(m.U, 'users'), q: draw(m.I, 'items') };
}
const read = (state: ModelState, m: RatingMatrix, D: number): Weights => ({ p: savedArray(state, 'p', m.U * D), q: savedArray(state, 'q', m.I * D) });

/** Numerators and denominators of one epoch. */
function sums(m: RatingMatrix, { p, q }: Weights, D: number) {
  const [pUp, pDown, qUp, qDown] = [new Float64Array(p.length), new Float64Array(p.length), new Float64Array(q.length), new Float64Array(q.length)];
  const { start: first, other, value } = m.users;
  return {
    clear: (): void => [pUp, pDown, qUp, qDown].forEach((a) => a.fill(0)),
    visit(from: number, to: number): number {
      let squares = 0;
      for (let u = from; u < to; u++) {
        const a = u * D;
        for (let e = first[u]!; e < first[u + 1]!; e++) {
          const b = other[e]! * D;
          const r = value[e]!;
          let estimate = 0;
          for (let d = 0; d < D; d++) estimate += q[b + d]! * p[a + d]!;
          squares += (r - estimate) ** 2;
          for (let d = 0; d < D; d++) {
            pUp[a + d]! += q[b + d]! * r;
            pDown[a + d]! += q[b + d]! * estimate;
            qUp[b + d]! += p[a + d]! * r;
            qDown[b + d]! += p[a + d]! * estimate;
          }
        }
      }
      return squares;
    },
    apply(regUsers: number, regItems: number): void {
      scale(p, pUp, pDown, m.users, D, regUsers);
      scale(q, qUp, qDown, m.items, D, regItems);
    },
  };
}

function scale(w: Float64Array, up: Float64Array, down: Float64Array, rows: RatingRows, D: number, reg: number): void {
  for (let x = 0; x * D < w.length; x++) {
    const n = rows.start[x + 1]! - rows.start[x]!;
    for (let k = x * D; k < (x + 1) * D; k++) {
      const below = down[k]! + n * reg * w[k]!;
      // 0 stays 0, and rows without ratings stay as they are.
      if (w[k] !== 0 && below > 0) w[k]! *= up[k]! / below;
    }
  }
}

function recommender(m: RatingMatrix, { p, q }: Weights, D: number) {
  const matrix = (data: Float64Array, rows: number): Matrix => ({ rows, cols: D, data: Float32Array.from(data) });
  return ratingRecommender(m, {
    one(u, i) {
      if (!hasRow(m.users, u) || !hasRow(m.items, i)) return m.mean;
      let s = 0;
      for (let d = 0; d < D; d++) s += p[u * D + d]! * q[i * D + d]!;
      return s;
    },
    vectors: () => ({ users: matrix(p, m.U), items: matrix(q, m.I) }),
    save: () => ({ version: 1, arrays: { p: arrayOf(p, m.U, D), q: arrayOf(q, m.I, D) }, meta: {} }),
  });
}

export const fitModule: FitModule<Specs> = {
  async fit(ctx) {
    const { params } = ctx;
    const D = params.factors;
    const m = ratingMatrix(ctx.train);
    const w = ctx.resume ? read(ctx.resume, m, D) : start(m, params, ctx.random);
    const model = recommender(m, w, D);
    const { clear, visit, apply } = sums(m, w, D);
    return runEpochs(ctx, m, {
      epochs: params.epochs,
      visit(from, to) {
        if (from === 0) clear();
        return visit(from, to);
      },
      endOfEpoch: () => apply(params.regUsers, params.regItems),
      model,
      state: () => model.save() as ModelState,
    });
  },
  restore(state, { train, params }) {
    const m = ratingMatrix(train);
    return recommender(m, read(state, m, params.factors), params.factors);
  },
};
