/**
 * Scores of (user, item) pairs from tower outputs.
 *
 * Dot-compress, literal: A = [u; v], z = flatten(A (Aᵀ W + 1 bᵀ)), s = GELU(MLP(z)). Row i of z is Σ_j ⟨a_i, a_j⟩ W_j + (Σ a_i) b, so with
 * L_a, L_b the upper and lower half of the first layer's weight, its output is, before the bias,
 *   ⟨u,u⟩ W₀L_a + ⟨u,v⟩ (W₁L_a + W₀L_b) + ⟨v,v⟩ W₁L_b + Σu · bL_a + Σv · bL_b .
 * All but the middle term belong to the user or the item alone: they are summed once per distinct user (p_u) and item (p_v), and a pair adds
 * one dot product times one vector. The MLP scorer is the same with its first layer on [u; v]: p_u + p_v and no dot product.
 */
import type { PairInput } from './kernels/pair-head';
import { pairRankingLoss, type RankingLoss } from './kernels/pair-ranking-loss';
import { selfTerms } from './kernels/self-terms';
import { gelu, linear, pairDots, pairHead, type HeadWeights } from './layers';
import type { Lookup } from './parameters';
import { add, matMul, reshape, slice, type Tensor } from './tensors';

export type Scorer = 'dotCompress' | 'dot' | 'mlp';
export interface ScorerShape {
  scorer: Scorer;
  /** D: width of what both towers end in. */
  output: number;
  hidden: readonly [number, number];
}

const product = (a: Tensor, b: Tensor): Tensor => matMul(a as never, b as never);

export interface FirstLayer {
  /** [n, H1] and [m, H1]. */
  user: Tensor;
  item: Tensor;
  /** [1, H1]: what ⟨u, v⟩ is multiplied by; null for the MLP scorer. */
  dot: Tensor | null;
}

/** First layer of the scorer, split into what belongs to users, to items and to the pair. u [n, D], v [m, D]. */
export function firstLayer(p: Lookup, a: ScorerShape, u: Tensor, v: Tensor): FirstLayer {
  const L = p('score.L1.W'); // [D, H1], or [2D, H1] for the MLP
  const bias = p('score.L1.b');
  const D = a.output;
  const H1 = a.hidden[0];
  if (a.scorer === 'mlp') {
    return { user: linear(u, slice(L, [0, 0], [D, H1]), bias), item: product(v, slice(L, [D, 0], [D, H1])), dot: null };
  }
  const half = D / 2;
  const W = p('score.compress.W'); // [2, D/2]
  const b = reshape(p('score.compress.b'), [1, half]);
  const La = slice(L, [0, 0], [half, H1]);
  const Lb = slice(L, [half, 0], [half, H1]);
  const WA = product(W, La); // [2, H1]
  const WB = product(W, Lb);
  const line = (m: Tensor, k: number): Tensor => slice(m, [k, 0], [1, H1]);
  return {
    user: selfTerms(u, line(WA, 0), product(b, La), bias),
    item: selfTerms(v, line(WB, 1), product(b, Lb)),
    dot: add(line(WA, 1), line(WB, 0)),
  };
}

/** The scorer's layers after the first. */
export const headWeights = (p: Lookup): HeadWeights => ({
  gamma1: p('score.LN1.gamma'),
  beta1: p('score.LN1.beta'),
  W2: p('score.L2.W'),
  b2: p('score.L2.b'),
  gamma2: p('score.LN2.gamma'),
  beta2: p('score.LN2.beta'),
  w3: p('score.L3.W'),
  b3: p('score.L3.b'),
});

/**
 * @param u [n, D] outputs of distinct users  @param v [m, D] of distinct items
 * @param a0 int32 [P] row of u per pair  @param b0 int32 [P] row of v per pair
 * @returns value before the last GELU, [P] (the score itself for 'dot')
 */
export function pairPreActivation(p: Lookup, a: ScorerShape, u: Tensor, v: Tensor, a0: Tensor, b0: Tensor): Tensor {
  if (a.scorer === 'dot') return pairDots(u, v, a0, b0);
  return pairHead(pairInput(p, a, u, v, a0, b0), headWeights(p), a0, b0);
}

function pairInput(p: Lookup, a: ScorerShape, u: Tensor, v: Tensor, a0: Tensor, b0: Tensor): PairInput {
  const first = firstLayer(p, a, u, v);
  return { user: first.user, item: first.item, dots: first.dot ? pairDots(u, v, a0, b0) : null, direction: first.dot };
}

/** A ranking loss of the scores in one launch; not for 'dot'. Pairs: B positives, then the negatives of the first, of the second, … */
export const pairLoss = (p: Lookup, a: ScorerShape, u: Tensor, v: Tensor, a0: Tensor, b0: Tensor, B: number, loss: RankingLoss): Tensor =>
  pairRankingLoss(pairInput(p, a, u, v, a0, b0), headWeights(p), a0, b0, B, loss);

/** The score: GELU of the pre-activation, except for the plain dot product. */
export function pairScores(p: Lookup, a: ScorerShape, u: Tensor, v: Tensor, a0: Tensor, b0: Tensor): Tensor {
  const s = pairPreActivation(p, a, u, v, a0, b0);
  return a.scorer === 'dot' ? s : gelu(s);
}
