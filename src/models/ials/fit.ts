/**
 * iALS (Rendle, Krichene, Zhang, Koren 2022): with S the set of played pairs, minimise
 *   Σ_{(u,i)∈S} (x_u·y_i − 1)² + α₀ Σ_{all u,i} (x_u·y_i)² + Σ_u λ_u |x_u|² + Σ_i λ_i |y_i|²,   λ_u = λ (|S_u| + α₀ I)^ν.
 * Every row x_u solves (Σ_{i∈u} y_i y_iᵀ + α₀ YᵀY + λ_u 1) x_u = Σ_{i∈u} y_i. Notes: README.md beside this file.
 */
import type { FitContext, ModelState, Recommender } from '../../core/model';
import { alternate, restoreAlternating, type AlternatingProblem } from '../../math/alternating-model';
import type { Side } from '../../math/alternating-rows';
import { transpose, type Csr } from '../../math/csr';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { IalsParams } from './params';

type Context = FitContext<IalsParams>;
/** Conjugate-gradient steps per row and iteration. */
const CG_STEPS = 3;

export function fit(ctx: Context): Promise<Recommender> {
  const { params } = ctx;
  const sigma = 0.1 / Math.sqrt(params.factors);
  return alternate(ctx, problem(ctx), params.epochs, params.solver === 'cg' ? CG_STEPS : 0, (r) => r.normal() * sigma);
}

export const restore = (saved: ModelState, ctx: Pick<Context, 'train' | 'text' | 'params'>): Recommender => restoreAlternating(saved, ctx.train, problem(ctx));

function problem({ train, params }: Pick<Context, 'train' | 'params'>): AlternatingProblem {
  const S = trainMatrix(train); // [U, I], binary
  return {
    f: params.factors,
    gramScale: params.alpha0,
    users: sideOf(S, params),
    items: sideOf(transpose(S), params),
    ofHistory(history) {
      const index = profileOf(history, train.I);
      const ones = new Float64Array(index.length).fill(1);
      return { index, weight: ones, target: ones, ridge: ridge(index.length, train.I, params) };
    },
  };
}

type Regularisation = Pick<IalsParams, 'lambda' | 'alpha0' | 'nu'>;

/** λ (n + α₀ · rows of the other side)^ν for a row of n plays. */
const ridge = (n: number, others: number, { lambda, alpha0, nu }: Regularisation): number => lambda * (n + alpha0 * others) ** nu;

/** w = t = 1 for every played pair. */
export function sideOf(S: Csr, p: Regularisation): Side {
  const ones = new Float64Array(S.index.length).fill(1);
  return { entries: S, weight: ones, target: ones, ridge: Float64Array.from({ length: S.rows }, (_, r) => ridge(S.start[r + 1]! - S.start[r]!, S.cols, p)) };
}
