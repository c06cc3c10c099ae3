/**
 * Dropout whose mask is a pure function of a key: entry k stays where mix32(k + key) ≥ rate · 2³². Nothing is stored for the gradient, which
 * is the same function, and every backend draws the same mask.
 */
import { engine, mul, registerGradient, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { mix32 } from '../../core/random';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const KERNEL = 'ColdwaveDropout';
const thresholdOf = (rate: number): number => Math.floor(rate * 4294967296);

registerHeapKernel(KERNEL, (heap, { x }, attrs) => {
  const { rate, key } = attrs as { rate: number; key: number };
  const out = heap.make(x!.shape);
  const at = addressIn(heap);
  const [X, Y] = [heap.floats(x!), heap.floats(out)];
  const [threshold, scale] = [thresholdOf(rate), 1 / (1 - rate)];
  const threads = simdOn(heap) && kernelThreads();
  if (threads) overRanges(threads, 'dropout', X.length, 12 * X.length, (a, b) => [at(x) + 4 * a, at(out) + 4 * a, b - a, (key + a) | 0, threshold | 0, scale], { step: 4 });
  for (let k = threads ? X.length & ~3 : 0; k < X.length; k++) Y[k] = mix32(k + key) >= threshold ? X[k]! * scale : 0;
  return out;
});
registerGradient({
  kernelName: KERNEL,
  gradFunc: (dy, _, attrs) => ({ x: () => engine().runKernel<Tensor>(KERNEL, { x: dy as Tensor }, attrs) }),
});

/** The slow twin. */
export function dropoutComposite(x: Tensor, rate: number, key: number): Tensor {
  const mask = Float32Array.from({ length: x.size }, (_, k) => (mix32(k + key) >= thresholdOf(rate) ? 1 / (1 - rate) : 0));
  return mul(x, tensor(mask, x.shape));
}

/** @param rate share of entries set to 0, below 1; the others are divided by 1 − rate  @param key 32-bit, another for every call */
export function dropout(x: Tensor, rate: number, key: number): Tensor {
  if (rate === 0) return x;
  return runsOwn(KERNEL) ? engine().runKernel<Tensor>(KERNEL, { x }, { rate, key: key | 0 }) : dropoutComposite(x, rate, key | 0);
}
