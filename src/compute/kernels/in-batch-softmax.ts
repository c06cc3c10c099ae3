/**
 * mean over B of −ln softmax(logits/T + correction)_bb: value and gradient in one launch, where the composite makes a dozen [B, B] tensors.
 */
import { add, customGrad, div, engine, gather, logSumExp, mean, mul, reshape, sub, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { softmaxRow } from './multinomial-loss';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const KERNEL = 'ColdwaveInBatchSoftmax';

/** Outputs the loss (a scalar) and its gradient by the logits [B, B]. */
registerHeapKernel(KERNEL, (heap, { x, correction }, { temperature }) => {
  const B = x!.shape[0]!;
  const T = temperature as number;
  const loss = heap.make([]);
  const dx = heap.make([B, B]);
  const facts = heap.make([B, 3]); // of each row: its maximum, Σ e^(x − maximum), and the positive's logit
  const S = heap.floats(facts);
  const threads = simdOn(heap) && kernelThreads();
  const at = addressIn(heap);
  if (threads) overRanges(threads, 'inBatchRows', B, 32 * B * B, (from, to) => [at(x), at(correction), from, to, B, T, at(dx), at(facts)]);
  else {
    const X = heap.floats(x!);
    const C = heap.floats(correction!);
    const D = heap.floats(dx);
    for (let b = 0; b < B; b++) {
      const row = b * B;
      for (let k = row; k < row + B; k++) D[k] = X[k]! / T + C[k]!;
      S[3 * b + 2] = D[row + b]!;
      softmaxRow(D, D, row, B, S.subarray(3 * b));
      const scale = 1 / (S[3 * b + 1]! * T * B);
      for (let k = row; k < row + B; k++) D[k]! *= scale;
      D[row + b]! -= 1 / (T * B);
    }
  }
  let total = 0;
  for (let k = 0; k < 3 * B; k += 3) total += Math.log(S[k + 1]!) + S[k]! - S[k + 2]!;
  heap.free(facts);
  heap.floats(loss)[0] = total / B;
  return [loss, dx];
});

/** The slow twin. */
export function inBatchSoftmaxComposite(logits: Tensor, temperature: number, correction: Tensor): Tensor {
  const x = add(div(logits, temperature), correction);
  const B = x.shape[0]!;
  const diagonal = gather(reshape(x, [B * B]), tensor1d(Int32Array.from({ length: B }, (_, k) => k * (B + 1)), 'int32'));
  return mean(sub(logSumExp(x, 1), diagonal));
}

/** @param logits [B, B], the diagonal being the positives  @param correction [B, B], added after the temperature; no gradient flows to it */
export function inBatchSoftmax(logits: Tensor, temperature: number, correction: Tensor): Tensor {
  if (!runsOwn(KERNEL)) return inBatchSoftmaxComposite(logits, temperature, correction);
  return customGrad((x, save) => {
    const [value, dx] = engine().runKernel<Tensor[]>(KERNEL, { x: x as Tensor, correction }, { temperature });
    (save as (t: Tensor[]) => void)([dx!]);
    return { value: value!, gradFunc: (dy, saved) => mul(dy as Tensor, (saved as Tensor[])[0]!) };
  })(logits);
}
