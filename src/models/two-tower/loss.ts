/** Losses over scores [B, 1 + K]: column 0 is the positive, the others its negatives. */
import { rows } from '../../compute/layers';
import { add, div, logSumExp, mean, relu, reshape, slice, softplus, sub, tensor1d, type Tensor } from '../../compute/tensors';

export interface LossSettings {
  loss: 'margin' | 'bpr' | 'softmax';
  margin: number;
  temperature: number;
}

export function lossOf(scores: Tensor, s: LossSettings): Tensor {
  const [B, columns] = scores.shape as [number, number];
  const positive = slice(scores, [0, 0], [B, 1]);
  const negative = slice(scores, [0, 1], [B, columns - 1]);
  // mean over B·K of max(0, margin − (s⁺ − s⁻))
  if (s.loss === 'margin') return mean(relu(add(sub(negative, positive), s.margin)));
  // mean over B·K of −ln σ(s⁺ − s⁻)
  if (s.loss === 'bpr') return mean(softplus(sub(negative, positive)));
  // mean over B of −ln softmax(scores/T)₀
  const logits = div(scores, s.temperature);
  return mean(sub(logSumExp(logits, 1), reshape(slice(logits, [0, 0], [B, 1]), [B])));
}

/**
 * mean over B of −ln softmax((logits + correction)/T)_bb for logits [B, B], the diagonal being the positives.
 * The correction holds −ln q of each column's item (logQ, Yi et al. 2019) and a large negative number where a column's item is the
 * row's own (an accidental hit). It is added after the temperature.
 */
export function inBatchSoftmax(logits: Tensor, temperature: number, correction: Tensor): Tensor {
  const x = add(div(logits, temperature), correction);
  const B = x.shape[0]!;
  const diagonal = reshape(gatherDiagonal(x, B), [B]);
  return mean(sub(logSumExp(x, 1), diagonal));
}

const gatherDiagonal = (x: Tensor, B: number): Tensor =>
  rows(reshape(x, [B * B, 1]), tensor1d(Int32Array.from({ length: B }, (_, k) => k * (B + 1)), 'int32'));
