/**
 * Implicit ALS (Hu, Koren, Volinsky 2008): minimise Σ_ui c_ui (p_ui − x_u·y_i)² + λ (|X|² + |Y|²), users and items in turn.
 * Every row x_u solves (YᵀY + Σ_{i∈u} (c_ui − 1) y_i y_iᵀ + λ1) x_u = Σ_{i∈u} c_ui y_i.
 * Deviations, work and reference numbers: README.md beside this file.
 */
import type { FitContext, ModelState, Recommender } from '../../core/model';
import { alternate, restoreAlternating, type AlternatingProblem } from '../../math/alternating-model';
import { confidence } from './confidence';
import type { AlsParams } from './params';

type Context = FitContext<AlsParams>;
/** Conjugate-gradient steps per row and iteration, as in the implicit library. */
const CG_STEPS = 3;

export function fit(ctx: Context): Promise<Recommender> {
  const { params } = ctx;
  // Uniform on [0, 0.01), as the implicit library starts: small and of one sign.
  return alternate(ctx, problem(ctx), params.epochs, params.solver === 'cg' ? CG_STEPS : 0, (r) => r.next() * 0.01);
}

export const restore = (saved: ModelState, ctx: Pick<Context, 'train' | 'text' | 'params'>): Recommender => restoreAlternating(saved, ctx.train, problem(ctx));

function problem({ train, params }: Pick<Context, 'train' | 'params'>): AlternatingProblem {
  const C = confidence(train, params);
  return { f: params.factors, gramScale: 1, users: C.users, items: C.items, ofHistory: (history) => ({ ...C.ofHistory(history), ridge: params.lambda }) };
}
