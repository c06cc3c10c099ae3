/** Towers and loss, on tensors. B plays, D width of the vectors. */
import type { EntityInput, Side } from '../../compute/entity-input';
import { inBatchSoftmax, linear } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, div, matMul, relu, sqrt, square, sum, tensor2d, type Tensor } from '../../compute/tensors';

/** What a masked logit is lowered by. */
const MASKED = 1e9;

/** Rows at length 1; a row of zeros stays nearly 0. */
export const unitRows = (x: Tensor): Tensor => div(x, sqrt(add(sum(square(x), 1, true), 1e-24)));

/** Linear layers L1 … Lk with ReLU between them, then length 1. @param x [n, in]  @returns [n, D] */
export function towerOf(p: Lookup, side: Side, layers: number, x: Tensor): Tensor {
  for (let k = 1; k <= layers; k++) {
    const y = linear(x, p(`${side}.L${k}.W`), p(`${side}.L${k}.b`));
    x = k < layers ? relu(y) : y;
  }
  return unitRows(x);
}

export const vectorsOf = (p: Lookup, input: EntityInput, layers: number, entities: Int32Array): Tensor => towerOf(p, input.side, layers, input.rows(p, entities));

/**
 * What is added to the logits of a batch, [B, B]: −ln q of the column's item (the positive's column too), and −10⁹ where another column holds
 * the row's own item. ln q ≤ 0, so no logit falls; a popular item's rises least, and so it falls against the rarer ones.
 * @param logQ ln of each item's share of the train interactions, [I]; null: no correction
 */
export function correctionOf(items: Int32Array, logQ: Float32Array | null, maskHits: boolean): Float32Array {
  const B = items.length;
  const c = new Float32Array(B * B);
  for (let a = 0; a < B; a++) {
    for (let b = 0; b < B; b++) c[a * B + b] = (logQ ? -logQ[items[b]!]! : 0) - (maskHits && a !== b && items[a] === items[b] ? MASKED : 0);
  }
  return c;
}

/** mean over B of −ln softmax(⟨u_b, v_·⟩/T + correction)_b. */
export function retrievalLoss(u: Tensor, v: Tensor, temperature: number, correction: Float32Array): Tensor {
  const B = u.shape[0]!;
  return inBatchSoftmax(matMul(u as never, v as never, false, true), temperature, tensor2d(correction, [B, B]));
}
