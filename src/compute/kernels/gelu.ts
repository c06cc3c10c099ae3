/** GELU(x) = x Φ(x), exact (erf) form: one kernel forward, one backward; composite where JavaScript cannot see the memory. */
import { add, div, engine, erf, mul, registerGradient, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { normalInto } from './normal-table';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const FORWARD = 'ColdwaveGelu';
const BACKWARD = 'ColdwaveGeluGrad';
const CHUNK = 1024;
const cdf = new Float64Array(CHUNK);
const pdf = new Float64Array(CHUNK);

registerHeapKernel(FORWARD, (heap, { x }) => {
  const out = heap.make(x!.shape);
  const threads = simdOn(heap) && kernelThreads();
  const X = heap.floats(x!);
  if (threads) {
    const at = addressIn(heap);
    overRanges(threads, 'gelu', X.length, 30 * X.length, (a, b) => [at(x) + 4 * a, at(out) + 4 * a, b - a], { step: 4 });
    return out;
  }
  const Y = heap.floats(out);
  for (let at = 0; at < X.length; at += CHUNK) {
    const n = Math.min(CHUNK, X.length - at);
    normalInto(X, at, n, cdf, pdf);
    for (let k = 0; k < n; k++) Y[at + k] = X[at + k]! * cdf[k]!;
  }
  return out;
});

registerHeapKernel(BACKWARD, (heap, { x, dy }) => {
  const out = heap.make(x!.shape);
  const threads = simdOn(heap) && kernelThreads();
  const X = heap.floats(x!);
  if (threads) {
    const at = addressIn(heap);
    overRanges(threads, 'geluBack', X.length, 40 * X.length, (a, b) => [at(x) + 4 * a, at(dy) + 4 * a, at(out) + 4 * a, b - a], { step: 4 });
    return out;
  }
  const D = heap.floats(dy!);
  const G = heap.floats(out);
  for (let at = 0; at < X.length; at += CHUNK) {
    const n = Math.min(CHUNK, X.length - at);
    normalInto(X, at, n, cdf, pdf);
    for (let k = 0; k < n; k++) G[at + k] = D[at + k]! * (cdf[k]! + X[at + k]! * pdf[k]!);
  }
  return out;
});

registerGradient({
  kernelName: FORWARD,
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => ({ x: () => engine().runKernel<Tensor>(BACKWARD, { x: saved[0]!, dy: dy as Tensor }) }),
});

/** The slow twin: five launches, any backend. */
export const geluComposite = (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(div(x, Math.SQRT2)), 1));

/** Elementwise; any shape. */
export const gelu = (x: Tensor): Tensor => (runsOwn(FORWARD) ? engine().runKernel<Tensor>(FORWARD, { x }) : geluComposite(x));

