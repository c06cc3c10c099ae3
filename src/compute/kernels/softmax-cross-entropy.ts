/**
 * mean over rows of −ln softmax(H Wᵀ)_target over a whole catalogue: value and both gradients in blocks of rows, so that the [n, I] logits (130 MB
 * for one batch of MovieLens 1M) never exist at once.
 */
import { customGrad, engine, gather, getBackend, logSumExp, matMul, mean, mul, sub, sum, tensor1d, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Threads } from '../../core/threads/pool';
import { registerHeapKernel, type Heap } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { PART_ROOM } from '../threads/product';
import { softmaxRow } from './multinomial-loss';
import { addressIn, kernelThreads, simdOn } from './simd/simd';
import { plainProduct } from './strided-product';

const KERNEL = 'ColdwaveSoftmaxCrossEntropy';
/** Logits made at once, as floats: what a cache holds; on a GPU, where every block is launches, half of what any device binds at once. */
const blockHere = (): number => (getBackend() === 'webgpu' ? 1 << 24 : 1 << 20);

/**
 * Outputs the loss (a scalar), dH [n, D] and dW [I, D]. Threads share the rows of a block, then the rows of dW, to each of which all blocks
 * are added in turn.
 */
function inParts(heap: Heap, threads: Threads, h: TensorInfo, W: TensorInfo, target: TensorInfo, block: number): TensorInfo[] {
  const [n, D] = h.shape as [number, number];
  const I = W.shape[0]!;
  const R = Math.max(1, Math.min(n, Math.floor(block / I)));
  const [loss, dH, dW] = [heap.make([]), heap.make([n, D]), heap.make([I, D])];
  const up8 = (k: number): number => (k + 7) & ~7;
  const room = [heap.make([R, I]), heap.make([up8(I) * D]), heap.make([up8(D) * I]), heap.make([up8(D) * R]), heap.make([n, 3]), heap.make([threads.threads * PART_ROOM])];
  const at = addressIn(heap);
  const [logits, turned, straight, hidden, facts, own] = room.map(at) as [number, number, number, number, number, number];
  const scratch = { at: 11, from: own, bytes: 4 * PART_ROOM };
  overRanges(threads, 'packPart', I, 4 * I * D, (a, b) => [at(W), 1, D, D, a, b, turned], { step: 8 });
  threads.run('packPart', [[at(W), D, 1, I, 0, D, straight]]);
  for (let from = 0; from < n; from += R) {
    const rows = Math.min(R, n - from);
    const first = at(h) + 4 * from * D;
    overRanges(threads, 'crossEntropyRows', rows, rows * I * (4 * D + 30), (a, b) => [first + 4 * a * D, turned, straight, at(target) + 4 * (from + a), b - a, I, D, n, logits + 4 * a * I, at(dH) + 4 * (from + a) * D, facts + 12 * (from + a), 0], { step: 8, scratch });
    threads.run('packPart', [[first, D, 1, rows, 0, D, hidden]]);
    overRanges(threads, 'productPart', I, 2 * rows * I * D, (a, b) => [logits + 4 * a, 1, I, hidden, rows, at(dW) + 4 * a * D, D, b - a, D, rows, from > 0 ? 1 : 0, 0], { step: 64, scratch });
  }
  const F = heap.floats(room[4]!);
  let total = 0;
  for (let k = 0; k < 3 * n; k += 3) total += Math.log(F[k + 1]!) + F[k]! - F[k + 2]!;
  heap.floats(loss)[0] = total / n;
  for (const t of room) heap.free(t);
  return [loss, dH, dW];
}

registerHeapKernel(KERNEL, (heap, { h, W, target }, { block }) => {
  const threads = simdOn(heap) && kernelThreads();
  if (threads) return inParts(heap, threads, h!, W!, target!, block as number);
  const [n, D] = h!.shape as [number, number];
  const I = W!.shape[0]!;
  const R = Math.max(1, Math.min(n, Math.floor((block as number) / I)));
  const [loss, dH, dW, logits, part] = [heap.make([]), heap.make([n, D]), heap.make([I, D]), heap.make([R, I]), heap.make([I, D])];
  const S = new Float32Array(2);
  const [H, Ws, T] = [heap.floats(h!), heap.floats(W!), heap.ints(target!)];
  const [DH, DW, L, P] = [heap.floats(dH), heap.floats(dW).fill(0), heap.floats(logits), heap.floats(part)];
  let total = 0;
  for (let from = 0; from < n; from += R) {
    const rows = Math.min(R, n - from);
    const hidden = { data: H, at: from * D, rs: D, cs: 1 };
    plainProduct(hidden, { data: Ws, at: 0, rs: 1, cs: D }, L, 0, rows, I, D);
    for (let r = 0; r < rows; r++) {
      const row = r * I;
      const own = row + T[from + r]!;
      const logit = L[own]!;
      softmaxRow(L, L, row, I, S);
      total += Math.log(S[1]!) + S[0]! - logit;
      const scale = 1 / (S[1]! * n);
      for (let i = row; i < row + I; i++) L[i]! *= scale;
      L[own]! -= 1 / n;
    }
    plainProduct({ data: L, at: 0, rs: I, cs: 1 }, { data: Ws, at: 0, rs: D, cs: 1 }, DH, from * D, rows, D, I);
    plainProduct({ data: L, at: 0, rs: 1, cs: I }, hidden, P, 0, I, D, rows);
    for (let k = 0; k < DW.length; k++) DW[k]! += P[k]!;
  }
  heap.floats(loss)[0] = total / n;
  for (const t of [logits, part]) heap.free(t);
  return [loss, dH, dW];
});

/** The slow twin. */
export function softmaxCrossEntropyComposite(h: Tensor, W: Tensor, target: Int32Array): Tensor {
  const logits = matMul(h as never, W as never, false, true) as Tensor; // [n, I]
  return mean(sub(logSumExp(logits, 1), sum(mul(h, gather(W, tensor1d(target, 'int32'))), 1)));
}

/** Call it inside a tidy. @param h [n, D]  @param W [I, D]  @param target row of W per row of h  @param block logits made at once */
export function softmaxCrossEntropy(h: Tensor, W: Tensor, target: Int32Array, block = blockHere()): Tensor {
  if (!runsOwn(KERNEL)) return softmaxCrossEntropyComposite(h, W, target);
  return customGrad((x, w, save) => {
    const [value, dH, dW] = engine().runKernel<Tensor[]>(KERNEL, { h: x as Tensor, W: w as Tensor, target: tensor1d(target, 'int32') }, { block });
    (save as unknown as (t: Tensor[]) => void)([dH!, dW!]);
    return { value: value!, gradFunc: (dy, saved) => (saved as Tensor[]).map((g) => mul(dy as Tensor, g)) };
  })(h, W);
}
