/** y = γ ⊙ (x − mean)/√(var + eps) + β by rows, biased variance: one launch forward and one backward. */
import { add, div, engine, mean, mul, registerGradient, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { rowGradients } from '../threads/row-gradients';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const FORWARD = 'ColdwaveLayerNorm';
const BACKWARD = 'ColdwaveLayerNormGrad';

/** Fills hat for the row at `at`; returns 1/√(var + eps). */
function hatOf(X: Float32Array, at: number, D: number, eps: number, hat: Float32Array | Float64Array): number {
  let m = 0;
  for (let k = 0; k < D; k++) m += X[at + k]!;
  m /= D;
  let v = 0;
  for (let k = 0; k < D; k++) v += (X[at + k]! - m) ** 2;
  const r = 1 / Math.sqrt(v / D + eps);
  for (let k = 0; k < D; k++) hat[k] = (X[at + k]! - m) * r;
  return r;
}

registerHeapKernel(FORWARD, (heap, { x, gamma, beta }, { eps }) => {
  const [n, D] = x!.shape as [number, number];
  const out = heap.make([n, D]);
  const threads = simdOn(heap) && kernelThreads();
  const at = addressIn(heap);
  if (threads && D % 4 === 0) {
    overRanges(threads, 'norm', n, 12 * n * D, (a, b) => [at(x) + 4 * a * D, at(gamma), at(beta), at(out) + 4 * a * D, b - a, D, eps as number]);
    return out;
  }
  const [X, G, B, Y] = [heap.floats(x!), heap.floats(gamma!), heap.floats(beta!), heap.floats(out)];
  const hat = new Float64Array(D);
  for (let row = 0; row < n * D; row += D) {
    hatOf(X, row, D, eps as number, hat);
    for (let k = 0; k < D; k++) Y[row + k] = G[k]! * hat[k]! + B[k]!;
  }
  return out;
});

registerHeapKernel(BACKWARD, (heap, { x, gamma, dy }, { eps }) => {
  const [n, D] = x!.shape as [number, number];
  const [dx, dGamma, dBeta] = [heap.make([n, D]), heap.make([D]), heap.make([D])];
  const threads = simdOn(heap) && kernelThreads();
  const at = addressIn(heap);
  if (threads && D % 4 === 0) {
    rowGradients(heap, threads, 'normBack', n, D, 24 * n * D, D, dGamma, dBeta, (a, b, dG, dB) => [at(x) + 4 * a * D, at(gamma), at(dy) + 4 * a * D, at(dx) + 4 * a * D, dG, dB, b - a, D, eps as number, 0]);
  } else {
    for (const t of [dGamma, dBeta]) heap.floats(t).fill(0);
    const [X, G, DY, DX, DG, DB] = [heap.floats(x!), heap.floats(gamma!), heap.floats(dy!), heap.floats(dx), heap.floats(dGamma), heap.floats(dBeta)];
    const hat = new Float64Array(D);
    for (let row = 0; row < n * D; row += D) {
      const r = hatOf(X, row, D, eps as number, hat);
      let [s1, s2] = [0, 0];
      for (let k = 0; k < D; k++) {
        const g = DY[row + k]!;
        DG[k]! += g * hat[k]!;
        DB[k]! += g;
        s1 += g * G[k]!;
        s2 += g * G[k]! * hat[k]!;
      }
      for (let k = 0; k < D; k++) DX[row + k] = r * (DY[row + k]! * G[k]! - s1 / D - (hat[k]! * s2) / D);
    }
  }
  return [dx, dGamma, dBeta];
});

registerGradient({
  kernelName: FORWARD,
  inputsToSave: ['x', 'gamma'],
  gradFunc: (dy, saved, attrs) => {
    const [dx, dGamma, dBeta] = engine().runKernel<Tensor[]>(BACKWARD, { x: saved[0]!, gamma: saved[1]!, dy: dy as Tensor }, attrs);
    return { x: () => dx!, gamma: () => dGamma!, beta: () => dBeta! };
  },
});

/** The slow twin. */
export function layerNormComposite(x: Tensor, gamma: Tensor, beta: Tensor, eps: number): Tensor {
  const centred = sub(x, mean(x, -1, true));
  const variance = mean(square(centred), -1, true);
  return add(mul(div(centred, sqrt(add(variance, eps))), gamma), beta);
}

/** @param x [rows, D]  @param gamma [D]  @param beta [D] */
export const layerNorm = (x: Tensor, gamma: Tensor, beta: Tensor, eps = 1e-5): Tensor =>
  runsOwn(FORWARD) ? engine().runKernel<Tensor>(FORWARD, { x, gamma, beta }, { eps }) : layerNormComposite(x, gamma, beta, eps);
