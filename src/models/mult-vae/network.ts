/** The network, on tensors. B users, I items, H hidden, Z code. */
import { linear, multinomialLoss, sparseMatMul, type SparseRows } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, exp, mean, mul, slice, square, sub, sum, tanh, tensor2d, type Tensor } from '../../compute/tensors';

export interface VaeBatch {
  /** What is to be predicted: 1 for every item of a user. */
  target: SparseRows;
  /** What the encoder sees: the same rows at length 1, part of them dropped. */
  input: SparseRows;
  /** Standard normals, [B, Z]. */
  noise: Float32Array;
}

/** Mean and log-variance of the code, [B, Z] each. */
export function encode(p: Lookup, input: SparseRows): { mu: Tensor; logvar: Tensor } {
  const h = tanh(add(sparseMatMul(input, p('enc1.W')), p('enc1.b'))); // [B, H]
  const code = linear(h, p('enc2.W'), p('enc2.b')); // [B, 2Z]
  const [B, wide] = code.shape as [number, number];
  return { mu: slice(code, [0, 0], [B, wide / 2]), logvar: slice(code, [0, wide / 2], [B, wide / 2]) };
}

/** The last hidden layer of the decoder, [B, H]: its product with dec2 gives the logits. */
export const decodeHidden = (p: Lookup, z: Tensor): Tensor => tanh(linear(z, p('dec1.W'), p('dec1.b')));

/** Negative multinomial log-likelihood + β · KL(code ‖ N(0, 1)), both means over users. */
export function vaeLoss(p: Lookup, batch: VaeBatch, beta: number) {
  const { mu, logvar } = encode(p, batch.input);
  const z = add(mu, mul(tensor2d(batch.noise, mu.shape as [number, number]), exp(mul(logvar, 0.5)))); // [B, Z]
  const logits = linear(decodeHidden(p, z), p('dec2.W'), p('dec2.b')); // [B, I]
  const negativeLogLikelihood = multinomialLoss(logits, batch.target);
  const kl = mul(mean(sum(sub(sub(add(square(mu), exp(logvar)), 1), logvar), 1)), 0.5);
  return { mu, logvar, z, logits, negativeLogLikelihood, kl, loss: add(negativeLogLikelihood, mul(kl, beta)) };
}

/** β at step t (from 0). scaled: min(cap, cap · t / T); clipped: min(cap, t / T). */
export function betaAt(t: number, cap: number, T: number, schedule: 'scaled' | 'clipped'): number {
  if (T === 0) return cap;
  return Math.min(cap, schedule === 'scaled' ? (cap * t) / T : t / T);
}
