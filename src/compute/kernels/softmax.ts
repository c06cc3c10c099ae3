/**
 * Softmax over the last axis: one launch forward and one backward, where TensorFlow.js takes three backward. In SIMD no entry falls
 * below e⁻⁸⁷ of the largest (1e-38), not even that of −∞.
 */
import { engine, registerGradient, softmax as composed, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const FORWARD = 'ColdwaveSoftmax';
const BACKWARD = 'ColdwaveSoftmaxGrad';

registerHeapKernel(FORWARD, (heap, { x }) => {
  const D = x!.shape.at(-1)!;
  const out = heap.make(x!.shape);
  const threads = simdOn(heap) && kernelThreads();
  const n = D ? heap.floats(x!).length / D : 0;
  if (threads) {
    const room = heap.make([2 * threads.threads]);
    const at = addressIn(heap);
    overRanges(threads, 'softmaxRows', n, 30 * n * D, (from, to) => [at(x) + 4 * from * D, at(out) + 4 * from * D, to - from, D, 0], { scratch: { at: 4, from: at(room), bytes: 8 } });
    heap.free(room);
    return out;
  }
  const [X, Y] = [heap.floats(x!), heap.floats(out)];
  for (let row = 0; row < n * D; row += D) {
    let [top, sum] = [-Infinity, 0];
    for (let k = row; k < row + D; k++) top = Math.max(top, X[k]!);
    for (let k = row; k < row + D; k++) sum += Y[k] = Math.exp(X[k]! - top);
    for (let k = row; k < row + D; k++) Y[k]! /= sum;
  }
  return out;
});

registerHeapKernel(BACKWARD, (heap, { y, dy }) => {
  const D = y!.shape.at(-1)!;
  const out = heap.make(y!.shape);
  const threads = simdOn(heap) && kernelThreads();
  const [Y, G, DX] = [heap.floats(y!), heap.floats(dy!), heap.floats(out)];
  const n = D ? Y.length / D : 0;
  if (threads) {
    const at = addressIn(heap);
    overRanges(threads, 'softmaxRowsBack', n, 16 * n * D, (from, to) => [at(y) + 4 * from * D, at(dy) + 4 * from * D, at(out) + 4 * from * D, to - from, D]);
    return out;
  }
  for (let row = 0; row < n * D; row += D) {
    let sum = 0;
    for (let k = row; k < row + D; k++) sum += Y[k]! * G[k]!;
    for (let k = row; k < row + D; k++) DX[k] = Y[k]! * (G[k]! - sum);
  }
  return out;
});

registerGradient({
  kernelName: FORWARD,
  outputsToSave: [true],
  gradFunc: (dy, saved) => ({ x: () => engine().runKernel<Tensor>(BACKWARD, { y: saved[0]!, dy: dy as Tensor }) }),
});

/** The slow twin: TensorFlow.js's own. */
export const softmaxComposite = (x: Tensor): Tensor => composed(x);

/** @param x [..., D] */
export const softmax = (x: Tensor): Tensor => (runsOwn(FORWARD) ? engine().runKernel<Tensor>(FORWARD, { x }) : softmaxComposite(x));
