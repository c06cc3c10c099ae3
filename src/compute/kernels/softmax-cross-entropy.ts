/**
 * mean over rows of −ln softmax(H Wᵀ)_target over a whole catalogue: value and both gradients in blocks of rows, so that the [n, I] logits (130 MB
 * for one batch of MovieLens 1M) never exist at once.
 */
import { customGrad, engine, gather, logSumExp, matMul, mean, mul, sub, sum, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { onHeap, registerHeapKernel } from '../heap';
import { softmaxRow } from './multinomial-loss';
import { addressIn, simdOn } from './simd/simd';
import { productRoom, productWith } from './strided-product';

const KERNEL = 'ColdwaveSoftmaxCrossEntropy';
/** Logits made at once, as floats. */
const BLOCK = 1 << 20;

/** Outputs the loss (a scalar), dH [n, D] and dW [I, D]. */
registerHeapKernel(KERNEL, (heap, { h, W, target }, { block }) => {
  const [n, D] = h!.shape as [number, number];
  const I = W!.shape[0]!;
  const R = Math.max(1, Math.min(n, Math.floor((block as number) / I)));
  const [loss, dH, dW, logits, part, stats] = [heap.make([]), heap.make([n, D]), heap.make([I, D]), heap.make([R, I]), heap.make([I, D]), heap.make([2])];
  const room = productRoom(heap, [[I, D], [D, I], [D, R]]);
  const product = productWith(heap, room);
  const simd = simdOn(heap);
  const at = addressIn(heap);
  const [H, Ws, T] = [heap.floats(h!), heap.floats(W!), heap.ints(target!)];
  const [DH, DW, L, P, S] = [heap.floats(dH), heap.floats(dW).fill(0), heap.floats(logits), heap.floats(part), heap.floats(stats)];
  let total = 0;
  for (let from = 0; from < n; from += R) {
    const rows = Math.min(R, n - from);
    const hidden = { data: H, at: from * D, rs: D, cs: 1 };
    product(hidden, { data: Ws, at: 0, rs: 1, cs: D }, L, 0, rows, I, D);
    for (let r = 0; r < rows; r++) {
      const row = r * I;
      const own = row + T[from + r]!;
      const logit = L[own]!;
      if (simd) simd.softmaxRow(at(logits) + 4 * row, at(logits) + 4 * row, I, at(stats));
      else softmaxRow(L, L, row, I, S);
      total += Math.log(S[1]!) + S[0]! - logit;
      const scale = 1 / (S[1]! * n);
      if (simd) simd.addScaled(at(logits) + 4 * row, at(logits) + 4 * row, I, scale, 0);
      else for (let i = row; i < row + I; i++) L[i]! *= scale;
      L[own]! -= 1 / n;
    }
    product({ data: L, at: 0, rs: I, cs: 1 }, { data: Ws, at: 0, rs: D, cs: 1 }, DH, from * D, rows, D, I);
    product({ data: L, at: 0, rs: 1, cs: I }, hidden, P, 0, I, D, rows);
    if (simd) simd.addScaled(at(part), at(dW), I * D, 1, 1);
    else for (let k = 0; k < DW.length; k++) DW[k]! += P[k]!;
  }
  heap.floats(loss)[0] = total / n;
  for (const t of [logits, part, stats, ...(room ? [room] : [])]) heap.free(t);
  return [loss, dH, dW];
});

/** The slow twin. */
export function softmaxCrossEntropyComposite(h: Tensor, W: Tensor, target: Int32Array): Tensor {
  const logits = matMul(h as never, W as never, false, true) as Tensor; // [n, I]
  return mean(sub(logSumExp(logits, 1), sum(mul(h, gather(W, tensor1d(target, 'int32'))), 1)));
}

/** Call it inside a tidy. @param h [n, D]  @param W [I, D]  @param target row of W per row of h  @param block logits made at once */
export function softmaxCrossEntropy(h: Tensor, W: Tensor, target: Int32Array, block = BLOCK): Tensor {
  if (!onHeap()) return softmaxCrossEntropyComposite(h, W, target);
  return customGrad((x, w, save) => {
    const [value, dH, dW] = engine().runKernel<Tensor[]>(KERNEL, { h: x as Tensor, W: w as Tensor, target: tensor1d(target, 'int32') }, { block });
    (save as unknown as (t: Tensor[]) => void)([dH!, dW!]);
    return { value: value!, gradFunc: (dy, saved) => (saved as Tensor[]).map((g) => mul(dy as Tensor, g)) };
  })(h, W);
}
