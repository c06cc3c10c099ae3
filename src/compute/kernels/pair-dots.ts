/** ⟨u[a_k], v[b_k]⟩ for P pairs of rows, without making the two [P, D] tensors. */
import { engine, gather, mul, registerGradient, sum, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const FORWARD = 'ColdwavePairDots';
const BACKWARD = 'ColdwavePairDotsGrad';

registerHeapKernel(FORWARD, (heap, { u, v, a, b }) => {
  const D = u!.shape[1]!;
  const out = heap.make([a!.shape[0]!]);
  const threads = simdOn(heap) && kernelThreads();
  if (threads && D % 4 === 0) {
    const at = addressIn(heap);
    const P = a!.shape[0]!;
    overRanges(threads, 'pairDots', P, 3 * P * D, (from, to) => [at(u), at(v), at(a) + 4 * from, at(b) + 4 * from, to - from, D, at(out) + 4 * from]);
    return out;
  }
  const U = heap.floats(u!);
  const V = heap.floats(v!);
  const A = heap.ints(a!);
  const B = heap.ints(b!);
  const Y = heap.floats(out);
  for (let k = 0; k < A.length; k++) {
    const p = A[k]! * D;
    const q = B[k]! * D;
    let s = 0;
    for (let c = 0; c < D; c++) s += U[p + c]! * V[q + c]!;
    Y[k] = s;
  }
  return out;
});

registerHeapKernel(BACKWARD, (heap, { u, v, a, b, dy }) => {
  const D = u!.shape[1]!;
  const du = heap.make(u!.shape);
  const dv = heap.make(v!.shape);
  const threads = simdOn(heap) && kernelThreads();
  if (threads && D % 4 === 0) {
    const at = addressIn(heap);
    const P = a!.shape[0]!;
    // Many pairs have a row in common: threads share the columns.
    overRanges(threads, 'pairDotsBackPart', D, 8 * P * D, (from, to) => [at(u), at(v), at(a), at(b), at(dy), P, D, u!.shape[0]!, v!.shape[0]!, from, to, at(du), at(dv)], { step: 16 });
    return [du, dv];
  }
  const U = heap.floats(u!);
  const V = heap.floats(v!);
  const A = heap.ints(a!);
  const B = heap.ints(b!);
  const DY = heap.floats(dy!);
  const DU = heap.floats(du).fill(0);
  const DV = heap.floats(dv).fill(0);
  for (let k = 0; k < A.length; k++) {
    const g = DY[k]!;
    if (g === 0) continue;
    const p = A[k]! * D;
    const q = B[k]! * D;
    for (let c = 0; c < D; c++) {
      DU[p + c]! += g * V[q + c]!;
      DV[q + c]! += g * U[p + c]!;
    }
  }
  return [du, dv];
});

registerGradient({
  kernelName: FORWARD,
  inputsToSave: ['u', 'v', 'a', 'b'],
  gradFunc: (dy, saved) => {
    const [u, v, a, b] = saved;
    const [du, dv] = engine().runKernel<Tensor[]>(BACKWARD, { u: u!, v: v!, a: a!, b: b!, dy: dy as Tensor });
    return { u: () => du!, v: () => dv!, a: () => a!, b: () => b! };
  },
});

/** The slow twin. */
export const pairDotsComposite = (u: Tensor, v: Tensor, a: Tensor, b: Tensor): Tensor => sum(mul(gather(u, a), gather(v, b)), -1);

/** @param u [n, D]  @param v [m, D]  @param a int32 [P]  @param b int32 [P]  @returns [P] */
export const pairDots = (u: Tensor, v: Tensor, a: Tensor, b: Tensor): Tensor =>
  runsOwn(FORWARD) ? engine().runKernel<Tensor>(FORWARD, { u, v, a, b }) : pairDotsComposite(u, v, a, b);
