/**
 * y = GELU(γ ⊙ (x − mean)/√(var + eps) + β), one launch forward and one backward.
 * Rows are normalised by the biased variance; γ and β may be left out (no affine part).
 */
import { add, div, engine, mean, mul, registerGradient, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel, type Heap, type HeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { geluComposite } from './gelu';
import { normalInto } from './normal-table';
import { overRanges } from '../threads/parts';
import { rowGradients } from '../threads/row-gradients';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const PLAIN = 'ColdwaveLayerNormGelu';
const AFFINE = 'ColdwaveLayerNormAffineGelu'; // a name of its own: tfjs cannot save an input that was left out
const BACKWARD = 'ColdwaveLayerNormGeluGrad';

let width = 0;
let hat = new Float32Array(0); // normalised row
let z = new Float32Array(0); // after the affine part
let cdf = new Float64Array(0);
let pdf = new Float64Array(0);
function reserve(D: number): void {
  if (D <= width) return;
  width = D;
  hat = new Float32Array(D);
  z = new Float32Array(D);
  cdf = new Float64Array(D);
  pdf = new Float64Array(D);
}

/** Fills hat, z, cdf, pdf for one row; returns 1/√(var + eps). */
function row(X: Float32Array, at: number, D: number, eps: number, G: Float32Array | null, B: Float32Array | null): number {
  let m = 0;
  for (let k = 0; k < D; k++) m += X[at + k]!;
  m /= D;
  let v = 0;
  for (let k = 0; k < D; k++) {
    const c = X[at + k]! - m;
    v += c * c;
  }
  const r = 1 / Math.sqrt(v / D + eps);
  for (let k = 0; k < D; k++) {
    const h = (X[at + k]! - m) * r;
    hat[k] = h;
    z[k] = (G ? G[k]! * h : h) + (B ? B[k]! : 0);
  }
  normalInto(z, 0, D, cdf, pdf);
  return r;
}

const optional = (heap: Heap, t: Parameters<Heap['floats']>[0] | undefined): Float32Array | null => (t ? heap.floats(t) : null);

const forward: HeapKernel = (heap, { x, gamma, beta }, { eps }) => {
  const D = x!.shape.at(-1)!;
  reserve(D);
  const out = heap.make(x!.shape);
  const X = heap.floats(x!);
  const threads = simdOn(heap) && kernelThreads();
  if (threads && D % 4 === 0) {
    const at = addressIn(heap);
    overRanges(threads, 'normGelu', X.length / D, 40 * X.length, (a, b) => [at(x) + 4 * a * D, at(gamma), at(beta), at(out) + 4 * a * D, b - a, D, eps as number]);
    return out;
  }
  const Y = heap.floats(out);
  const G = optional(heap, gamma);
  const B = optional(heap, beta);
  for (let at = 0; at < X.length; at += D) {
    row(X, at, D, eps as number, G, B);
    for (let k = 0; k < D; k++) Y[at + k] = z[k]! * cdf[k]!;
  }
  return out;
};
registerHeapKernel(PLAIN, forward);
registerHeapKernel(AFFINE, forward);

/** Outputs dx, dγ, dβ (the last two also when there is no affine part: then nobody asks for them). */
registerHeapKernel(BACKWARD, (heap, { x, gamma, beta, dy }, { eps }) => {
  const D = x!.shape.at(-1)!;
  reserve(D);
  const dx = heap.make(x!.shape);
  const dGamma = heap.make([D]);
  const dBeta = heap.make([D]);
  const threads = simdOn(heap) && kernelThreads();
  if (threads && D % 4 === 0) {
    const at = addressIn(heap);
    const n = heap.floats(x!).length / D;
    rowGradients(heap, threads, 'normGeluBack', n, D, 70 * n * D, 3 * D, dGamma, dBeta, (a, b, dG, dB) => [at(x) + 4 * a * D, at(gamma), at(beta), at(dy) + 4 * a * D, at(dx) + 4 * a * D, dG, dB, b - a, D, eps as number, 0]);
    return [dx, dGamma, dBeta];
  }
  const X = heap.floats(x!);
  const DY = heap.floats(dy!);
  const DX = heap.floats(dx);
  const G = optional(heap, gamma);
  const B = optional(heap, beta);
  const sumG = new Float64Array(D);
  const sumB = new Float64Array(D);
  const e = new Float64Array(D);
  for (let at = 0; at < X.length; at += D) {
    const r = row(X, at, D, eps as number, G, B);
    let s1 = 0;
    let s2 = 0;
    for (let k = 0; k < D; k++) {
      const dz = DY[at + k]! * (cdf[k]! + z[k]! * pdf[k]!);
      sumG[k]! += dz * hat[k]!;
      sumB[k]! += dz;
      const d = G ? dz * G[k]! : dz;
      e[k] = d;
      s1 += d;
      s2 += d * hat[k]!;
    }
    s1 /= D;
    s2 /= D;
    for (let k = 0; k < D; k++) DX[at + k] = r * (e[k]! - s1 - hat[k]! * s2);
  }
  heap.floats(dGamma).set(sumG);
  heap.floats(dBeta).set(sumB);
  return [dx, dGamma, dBeta];
});

// The backward kernel runs once, outside the per-input functions: each of those is tidied apart.
registerGradient({
  kernelName: PLAIN,
  inputsToSave: ['x'],
  gradFunc: (dy, saved, attrs) => {
    const [dx] = engine().runKernel<Tensor[]>(BACKWARD, { x: saved[0]!, dy: dy as Tensor }, attrs);
    return { x: () => dx! };
  },
});
registerGradient({
  kernelName: AFFINE,
  inputsToSave: ['x', 'gamma', 'beta'],
  gradFunc: (dy, saved, attrs) => {
    const [x, gamma, beta] = saved;
    const [dx, dGamma, dBeta] = engine().runKernel<Tensor[]>(BACKWARD, { x: x!, gamma: gamma!, beta: beta!, dy: dy as Tensor }, attrs);
    return { x: () => dx!, gamma: () => dGamma!, beta: () => dBeta! };
  },
});

/** The slow twin. */
export function layerNormGeluComposite(x: Tensor, gamma?: Tensor, beta?: Tensor, eps = 1e-5): Tensor {
  const centred = sub(x, mean(x, -1, true));
  const variance = mean(square(centred), -1, true);
  let y: Tensor = div(centred, sqrt(add(variance, eps)));
  if (gamma) y = mul(y, gamma);
  if (beta) y = add(y, beta);
  return geluComposite(y);
}

/** @param x [rows, D]  @param gamma [D]  @param beta [D]; both or neither. */
export function layerNormGelu(x: Tensor, gamma?: Tensor, beta?: Tensor, eps = 1e-5): Tensor {
  if (!runsOwn(AFFINE)) return layerNormGeluComposite(x, gamma, beta, eps);
  return gamma && beta ? engine().runKernel<Tensor>(AFFINE, { x, gamma, beta }, { eps }) : engine().runKernel<Tensor>(PLAIN, { x }, { eps });
}
