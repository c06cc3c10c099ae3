/**
 * y = GELU(γ ⊙ norm(x W + b) + β), a layer of a tower: one launch forward and one backward, the same numbers to the last bit as the three
 * operations it is made of. What is won is memory traffic: rows go through norm and GELU, and back, while they are in cache.
 */
import { customGrad, engine, getBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerHeapKernel, type Heap } from '../heap';
import { overRanges } from '../threads/parts';
import { PART_ROOM, product, productScratch } from '../threads/product';
import { rowGradients } from '../threads/row-gradients';
import { layerNormGelu } from './layer-norm-gelu';
import { linear } from './linear';
import { addressIn, kernelThreads, simdReady } from './simd/simd';

const FORWARD = 'ColdwaveLinearNormGelu';
const BACKWARD = 'ColdwaveLinearNormGeluGrad';

const up8 = (n: number): number => (n + 7) & ~7;
/** [rows, inputs, outputs] */
const sizes = (x: TensorInfo, W: TensorInfo): [n: number, k: number, D: number] => [x.shape[0]!, x.shape[1]!, W.shape[1]!];

/** Outputs y and h = x W + b. */
function forward(heap: Heap, { x, W, b, gamma, beta }: Record<string, TensorInfo | undefined>, eps: number): TensorInfo[] {
  const threads = kernelThreads()!;
  const [n, k, D] = sizes(x!, W!);
  const [y, h, packed, room] = [heap.make([n, D]), heap.make([n, D]), heap.make([up8(D) * k]), heap.make([threads.threads * PART_ROOM])];
  const at = addressIn(heap);
  const scratch = { at: 11, from: at(room), bytes: 4 * PART_ROOM };
  overRanges(threads, 'packPart', D, 4 * D * k, (from, to) => [at(W), D, 1, k, from, to, at(packed)], { step: 8 });
  overRanges(threads, 'linearNormGelu', n, n * D * (2 * k + 40), (from, to) => [at(x) + 4 * from * k, k, at(packed), at(b), at(gamma), at(beta), at(h) + 4 * from * D, at(y) + 4 * from * D, to - from, D, eps, 0], { step: 8, scratch });
  for (const t of [packed, room]) heap.free(t);
  return [y, h];
}

/** Outputs dx, dW, db, dγ, dβ (the last two also when there is no affine part: then nobody asks for them). */
function backward(heap: Heap, { x, W, h, gamma, beta, dy }: Record<string, TensorInfo | undefined>, eps: number): TensorInfo[] {
  const threads = kernelThreads()!;
  const [n, k, D] = sizes(x!, W!);
  const out = [[n, k], [k, D], [D], [D], [D]].map((shape) => heap.make(shape));
  const [dx, dW, db, dGamma, dBeta] = out as [TensorInfo, TensorInfo, TensorInfo, TensorInfo, TensorInfo];
  const room = [heap.make([n, D]), heap.make([up8(k) * D]), heap.make([productScratch(threads.threads, D, n)])];
  const at = addressIn(heap);
  const [dh, turned, scratch] = room.map(at) as [number, number, number];
  overRanges(threads, 'packPart', k, 4 * D * k, (from, to) => [at(W), 1, D, D, from, to, turned], { step: 8 });
  rowGradients(heap, threads, 'linearNormGeluBack', n, D, n * D * (2 * k + 70), 3 * D + PART_ROOM, dGamma, dBeta, (from, to, dG, dB) => [at(h) + 4 * from * D, at(gamma), at(beta), at(dy) + 4 * from * D, dh + 4 * from * D, dG, dB, to - from, D, eps, turned, k, at(dx) + 4 * from * k, 0]);
  product(threads, { at: at(x), rs: 1, cs: k }, { at: dh, rs: D, cs: 1 }, at(dW), k, D, n, scratch);
  overRanges(threads, 'columnSumsPart', D, n * D, (from, to) => [dh, n, D, from, to, at(db)], { step: 16 });
  for (const t of room) heap.free(t);
  return out;
}
registerHeapKernel(FORWARD, (heap, t, { eps }) => forward(heap, t, eps as number), ['wasm']);
registerHeapKernel(BACKWARD, (heap, t, { eps }) => backward(heap, t, eps as number), ['wasm']);

/** The twin: linear, then layer norm with GELU. It is what runs where the fused layer does not. */
export const linearNormGeluComposite = (x: Tensor, W: Tensor, b: Tensor, gamma?: Tensor, beta?: Tensor, eps = 1e-5): Tensor => layerNormGelu(linear(x, W, b), gamma, beta, eps);

/** Whether there is a fused layer for these shapes here: SIMD, no empty side, and a width the norm takes in fours. */
const fits = (x: Tensor, W: Tensor): boolean => simdReady(getBackend()) && x.shape.length === 2 && x.size > 0 && W.shape[1]! > 0 && W.shape[1]! % 4 === 0;

/** @param x [n, in]  @param W [in, D]  @param b [D]  @param gamma [D]  @param beta [D]; the last two both or neither  @returns [n, D] */
export function linearNormGelu(x: Tensor, W: Tensor, b: Tensor, gamma?: Tensor, beta?: Tensor, eps = 1e-5): Tensor {
  if (!fits(x, W)) return linearNormGeluComposite(x, W, b, gamma, beta, eps);
  const inputs = gamma && beta ? [x, W, b, gamma, beta] : [x, W, b];
  return customGrad((...given) => {
    const save = given.pop() as unknown as (t: Tensor[]) => void;
    const [tx, tW, tb, ...affine] = given as Tensor[];
    const named: Record<string, Tensor> = affine.length ? { gamma: affine[0]!, beta: affine[1]! } : {};
    const [y, h] = engine().runKernel<Tensor[]>(FORWARD, { x: tx!, W: tW!, b: tb!, ...named }, { eps });
    save([tx!, tW!, h!, ...affine]);
    return {
      value: y!,
      gradFunc: (dy, saved) => {
        const [sx, sW, sh, sGamma, sBeta] = saved as Tensor[];
        const norm: Record<string, Tensor> = sGamma ? { gamma: sGamma, beta: sBeta! } : {};
        return engine().runKernel<Tensor[]>(BACKWARD, { x: sx!, W: sW!, h: sh!, dy: dy as Tensor, ...norm }, { eps }).slice(0, inputs.length);
      },
    };
  })(...inputs);
}
