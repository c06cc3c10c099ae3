/** The network, on tensors. B rows, C columns, H hidden. */
import { linear, sparseMatMul, type SparseRows } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, div, mul, sigmoid, square, sub, sum, type Tensor } from '../../compute/tensors';

export type Output = 'sigmoid' | 'identity';

/** The squared error is divided by the number of entries that count, or by the number of rows. */
export interface AutoRecLoss {
  output: Output;
  reduction: 'observed entries' | 'rows';
  weightDecay: number;
}

/** h = σ(r W₁ + b₁), [B, H]. */
export const hiddenOf = (p: Lookup, r: SparseRows): Tensor => sigmoid(add(sparseMatMul(r, p('W1')), p('b1')));

/** @param dense the rows written out, [B, C]  @param mask 1 where an entry counts, [B, C]; null: all count */
export function autoRecLoss(p: Lookup, rows: SparseRows, dense: Tensor, mask: Tensor | null, s: AutoRecLoss) {
  const hidden = hiddenOf(p, rows);
  const last = linear(hidden, p('W2'), p('b2')); // [B, C]
  const output = s.output === 'sigmoid' ? sigmoid(last) : last;
  const error = square(sub(dense, output));
  const squaredError = sum(mask ? mul(mask, error) : error);
  const [B, C] = dense.shape as [number, number];
  const count = s.reduction === 'rows' ? B : mask ? rows.index.length : B * C;
  const data = div(squaredError, Math.max(1, count));
  const penalty = (): Tensor => mul(add(sum(square(p('W1'))), sum(square(p('W2')))), s.weightDecay / 2);
  return { hidden, output, squaredError, loss: s.weightDecay ? add(data, penalty()) : data };
}
