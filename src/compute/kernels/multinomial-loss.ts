/**
 * mean over rows of −Σ_i x_i ln softmax(logits)_i for sparse counts x: value and gradient (Σx · softmax − x)/B in one launch.
 */
import { customGrad, div, engine, logSumExp, mul, neg, sub, sum, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { onHeap, registerHeapKernel } from '../heap';
import { addressIn, simdOn } from './simd/simd';
import { denseOf, type SparseRows } from './sparse-rows';

const KERNEL = 'ColdwaveMultinomialLoss';

/** Outputs the loss (a scalar) and its gradient by the logits [B, I]. */
registerHeapKernel(KERNEL, (heap, t) => {
  const [B, I] = t['logits']!.shape as [number, number];
  const loss = heap.make([]);
  const dx = heap.make([B, I]);
  const stats = heap.make([2]);
  const simd = simdOn(heap);
  const at = addressIn(heap);
  const [X, D, S] = [heap.floats(t['logits']!), heap.floats(dx), heap.floats(stats)];
  const [start, index, value] = [heap.ints(t['start']!), heap.ints(t['index']!), heap.floats(t['value']!)];
  let total = 0;
  for (let b = 0; b < B; b++) {
    const row = b * I;
    if (simd) simd.softmaxRow(at(t['logits']) + 4 * row, at(dx) + 4 * row, I, at(stats));
    else softmaxRow(X, D, row, I, S);
    const log = S[0]! + Math.log(S[1]!);
    let weight = 0;
    for (let k = start[b]!; k < start[b + 1]!; k++) {
      weight += value[k]!;
      total += value[k]! * (log - X[row + index[k]!]!);
    }
    const scale = weight / (S[1]! * B);
    if (simd) simd.addScaled(at(dx) + 4 * row, at(dx) + 4 * row, I, scale, 0);
    else for (let i = row; i < row + I; i++) D[i]! *= scale;
    for (let k = start[b]!; k < start[b + 1]!; k++) D[row + index[k]!]! -= value[k]! / B;
  }
  heap.free(stats);
  heap.floats(loss)[0] = total / B;
  return [loss, dx];
});

/** y = e^(x − max) for n entries from `at`; stats = [max, Σ y]. */
export function softmaxRow(x: Float32Array, y: Float32Array, at: number, n: number, stats: Float32Array): void {
  let top = -Infinity;
  for (let k = at; k < at + n; k++) top = Math.max(top, x[k]!);
  let total = 0;
  for (let k = at; k < at + n; k++) total += y[k] = Math.exp(x[k]! - top);
  stats[0] = top;
  stats[1] = total;
}

/** The slow twin. */
export function multinomialLossComposite(logits: Tensor, x: SparseRows): Tensor {
  const B = logits.shape[0]!;
  const dense = tensor2d(denseOf(x), [B, x.columns]);
  const logs = sub(logits, logSumExp(logits, 1, true));
  return div(neg(sum(mul(dense, logs))), B);
}

/** Call it inside a tidy. @param logits [B, I] */
export function multinomialLoss(logits: Tensor, x: SparseRows): Tensor {
  if (!onHeap()) return multinomialLossComposite(logits, x);
  const parts = { start: tensor1d(x.start, 'int32'), index: tensor1d(x.index, 'int32'), value: tensor1d(x.value) };
  return customGrad((l, save) => {
    const [value, dx] = engine().runKernel<Tensor[]>(KERNEL, { logits: l as Tensor, ...parts });
    (save as (t: Tensor[]) => void)([dx!]);
    return { value: value!, gradFunc: (dy, saved) => mul(dy as Tensor, (saved as Tensor[])[0]!) };
  })(logits);
}
