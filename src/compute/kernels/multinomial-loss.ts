/**
 * mean over rows of −Σ_i x_i ln softmax(logits)_i for sparse counts x: value and gradient (Σx · softmax − x)/B in one launch.
 */
import { customGrad, div, engine, logSumExp, mul, neg, sub, sum, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';
import { denseOf, type SparseRows } from './sparse-rows';

const KERNEL = 'ColdwaveMultinomialLoss';

/** Outputs the loss (a scalar) and its gradient by the logits [B, I]. */
registerHeapKernel(KERNEL, (heap, t) => {
  const [B, I] = t['logits']!.shape as [number, number];
  const loss = heap.make([]);
  const dx = heap.make([B, I]);
  const facts = heap.make([B, 2]); // of each row: its maximum and Σ e^(x − maximum)
  const threads = simdOn(heap) && kernelThreads();
  const at = addressIn(heap);
  const [X, D, S] = [heap.floats(t['logits']!), heap.floats(dx), heap.floats(facts)];
  const [start, index, value] = [heap.ints(t['start']!), heap.ints(t['index']!), heap.floats(t['value']!)];
  if (threads) overRanges(threads, 'multinomialRows', B, 32 * B * I, (a, b) => [at(t['logits']), at(t['start']), at(t['index']), at(t['value']), a, b, I, B, at(dx), at(facts)]);
  else {
    for (let b = 0; b < B; b++) {
      const row = b * I;
      softmaxRow(X, D, row, I, S.subarray(2 * b));
      let weight = 0;
      for (let k = start[b]!; k < start[b + 1]!; k++) weight += value[k]!;
      const scale = weight / (S[2 * b + 1]! * B);
      for (let i = row; i < row + I; i++) D[i]! *= scale;
      for (let k = start[b]!; k < start[b + 1]!; k++) D[row + index[k]!]! -= value[k]! / B;
    }
  }
  let total = 0;
  for (let b = 0; b < B; b++) {
    const log = S[2 * b]! + Math.log(S[2 * b + 1]!);
    for (let k = start[b]!; k < start[b + 1]!; k++) total += value[k]! * (log - X[b * I + index[k]!]!);
  }
  heap.free(facts);
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
  if (!runsOwn(KERNEL)) return multinomialLossComposite(logits, x);
  const parts = { start: tensor1d(x.start, 'int32'), index: tensor1d(x.index, 'int32'), value: tensor1d(x.value) };
  return customGrad((l, save) => {
    const [value, dx] = engine().runKernel<Tensor[]>(KERNEL, { logits: l as Tensor, ...parts });
    (save as (t: Tensor[]) => void)([dx!]);
    return { value: value!, gradFunc: (dy, saved) => mul(dy as Tensor, (saved as Tensor[])[0]!) };
  })(logits);
}
