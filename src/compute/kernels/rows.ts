/**
 * Rows of a table by index, and the gradient that adds them back.
 * The WASM backend ships without UnsortedSegmentSum, the gradient of gather: it is registered here under tfjs's own name.
 */
import { engine, gather, registerGradient, UnsortedSegmentSum, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerHeapKernel, type Heap } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const ROWS = 'ColdwaveRows';
const ADD_ROWS = 'ColdwaveAddRows';

/** out[index[k]] += x[k], rows of equal width; negative indices are skipped, as tfjs does. */
function addRows(heap: Heap, x: TensorInfo, index: TensorInfo, rows: number, shape: number[]): TensorInfo {
  const out = heap.make(shape);
  const X = heap.floats(x);
  const K = heap.ints(index);
  const D = K.length ? X.length / K.length : 0;
  const threads = simdOn(heap) && kernelThreads();
  if (threads && D > 0) {
    const at = addressIn(heap);
    // Several indices may name one row: threads share the columns, not the indices.
    overRanges(threads, 'addRowsPart', D, 8 * X.length + 2 * rows * D, (a, b) => [at(x), at(index), K.length, D, rows, a, b, at(out)], { step: 16 });
    return out;
  }
  const Y = heap.floats(out).fill(0);
  for (let k = 0; k < K.length; k++) {
    const r = K[k]!;
    if (r < 0 || r >= rows) continue;
    const from = k * D;
    const to = r * D;
    for (let c = 0; c < D; c++) Y[to + c]! += X[from + c]!;
  }
  return out;
}

registerHeapKernel(
  UnsortedSegmentSum,
  (heap, { x, segmentIds }, { numSegments }) => {
    const rows = numSegments as number;
    return addRows(heap, x!, segmentIds!, rows, [rows, ...x!.shape.slice(segmentIds!.shape.length)]);
  },
  ['wasm'],
);

registerHeapKernel(ROWS, (heap, { table, index }) => {
  const D = table!.shape[1]!;
  const n = index!.shape[0]!;
  const out = heap.make([n, D]);
  const threads = simdOn(heap) && kernelThreads();
  if (threads) {
    const at = addressIn(heap);
    overRanges(threads, 'rowsPart', n, 6 * n * D, (a, b) => [at(table), at(index), D, a, b, at(out)]);
    return out;
  }
  const T = heap.floats(table!);
  const K = heap.ints(index!);
  const Y = heap.floats(out);
  for (let k = 0; k < n; k++) {
    const from = K[k]! * D;
    if (D < 48) for (let c = 0; c < D; c++) Y[k * D + c] = T[from + c]!;
    else Y.set(T.subarray(from, from + D), k * D);
  }
  return out;
});

registerHeapKernel(ADD_ROWS, (heap, { x, index }, { rows }) => addRows(heap, x!, index!, rows as number, [rows as number, x!.shape[1]!]));

registerGradient({
  kernelName: ROWS,
  inputsToSave: ['table', 'index'],
  gradFunc: (dy, saved) => {
    const [table, index] = saved;
    return {
      table: () => engine().runKernel<Tensor>(ADD_ROWS, { x: dy as Tensor, index: index! }, { rows: table!.shape[0]! }),
      index: () => index!,
    };
  },
});

/** table[index[k]] for each k. @param table [R, D]  @param index int32 [n]  @returns [n, D] */
export const rows = (table: Tensor, index: Tensor): Tensor =>
  runsOwn(ROWS) ? engine().runKernel<Tensor>(ROWS, { table, index }) : gather(table, index);
