/** Losses over scores [B, 1 + K]: column 0 is the positive, the others its negatives. */
import { add, div, logSumExp, mean, relu, reshape, slice, softplus, sub, type Tensor } from '../../compute/tensors';

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
