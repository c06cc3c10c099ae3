/**
 * The k largest of each row, under TensorFlow.js's own name, so that `topk` runs on it: TensorFlow.js's WASM backend makes an object of every
 * element in JavaScript and sorts those. Here a row is read once, with a heap of the k best.
 * Values and places are sorted, largest first; of equal values the one at the lower place comes first; NaN comes last.
 */
import { getKernel, registerKernel, TopK, unregisterKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { heapOf, type Heap } from '../heap';
import { ownKernels } from '../kernel-switch';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

/** @param x [..., n]  @returns values and places [..., k]; null without SIMD, for whole numbers, and where there is nothing to choose from */
function topRows(heap: Heap, x: TensorInfo, k: number): [TensorInfo, TensorInfo] | null {
  const threads = simdOn(heap) && kernelThreads();
  const n = x.shape.at(-1) ?? 0;
  if (!threads || x.dtype !== 'float32' || k < 1 || k > n) return null;
  const outer = x.shape.slice(0, -1);
  const rows = outer.reduce((a, b) => a * b, 1);
  const [values, places, room] = [heap.make([...outer, k]), heap.make([...outer, k], 'int32'), heap.make([threads.threads * 2 * k])];
  const at = addressIn(heap);
  overRanges(threads, 'topRows', rows, 4 * rows * (n + k), (from, to) => [at(x), n, k, from, to, at(values), at(places), 0], { scratch: { at: 7, from: at(room), bytes: 8 * k } });
  heap.free(room);
  return [values, places];
}

let done = false;
/** Call after the WASM backend's kernels are registered. Safe to call twice. */
export function speedUpWasmTopK(): void {
  const original = getKernel(TopK, 'wasm');
  if (done || !original) return;
  done = true;
  unregisterKernel(TopK, 'wasm');
  const config: KernelConfig = {
    ...original,
    kernelFunc: (given) => (ownKernels() ? topRows(heapOf(given.backend, 'wasm'), given.inputs['x'] as TensorInfo, Number(given.attrs?.['k'])) : null) ?? original.kernelFunc(given),
  };
  registerKernel(config);
}
