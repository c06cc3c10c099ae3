/** x W + b in one launch, and the bias's gradient as one pass over memory: tfjs turns the tensor around before it sums columns. */
import { add, engine, getBackend, matMul, registerGradient, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { product, productScratch } from '../threads/product';
import { addressIn, kernelThreads, simdOn, simdReady } from './simd/simd';

const FORWARD = 'ColdwaveLinear';
const COLUMN_SUMS = 'ColdwaveColumnSums';

registerHeapKernel(
  FORWARD,
  (heap, { x, W, b }) => {
    const threads = kernelThreads()!;
    const [n, k] = x!.shape as [number, number];
    const m = W!.shape[1]!;
    const out = heap.make([n, m]);
    const scratch = heap.make([productScratch(threads.threads, m, k)]);
    const at = addressIn(heap);
    product(threads, { at: at(x), rs: k, cs: 1 }, { at: at(W), rs: m, cs: 1 }, at(out), n, m, k, at(scratch));
    simdOn(heap)!.addRow(at(out), at(b), n, m);
    heap.free(scratch);
    return out;
  },
  ['wasm'],
);

registerHeapKernel(
  COLUMN_SUMS,
  (heap, { x }) => {
    const [n, m] = x!.shape as [number, number];
    const out = heap.make([m]);
    const at = addressIn(heap);
    overRanges(kernelThreads()!, 'columnSumsPart', m, n * m, (from, to) => [at(x), n, m, from, to, at(out)], { step: 16 });
    return out;
  },
  ['wasm'],
);

registerGradient({
  kernelName: FORWARD,
  inputsToSave: ['x', 'W'],
  gradFunc: (dy, saved) => {
    const [x, W] = saved;
    const d = dy as Tensor;
    return {
      x: () => matMul(d as never, W as never, false, true),
      W: () => matMul(x as never, d as never, true, false),
      b: () => engine().runKernel<Tensor>(COLUMN_SUMS, { x: d }),
    };
  },
});

/** The slow twin. */
export const linearComposite = (x: Tensor, W: Tensor, b: Tensor): Tensor => add(matMul(x as never, W as never), b);

/** x W + b. @param x [n, in]  @param W [in, out]  @param b [out] */
export const linear = (x: Tensor, W: Tensor, b: Tensor): Tensor =>
  (simdReady(getBackend()) || (getBackend() === 'webgpu' && runsOwn(FORWARD))) && x.shape.length === 2 && x.shape[1]! > 0 && b.shape.length === 1 ? engine().runKernel<Tensor>(FORWARD, { x, W, b }) : linearComposite(x, W, b);
