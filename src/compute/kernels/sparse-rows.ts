/**
 * X W for a sparse X: rows of W are added up instead of multiplying by zeros, and the gradient adds to those rows only.
 * A user's history is a row with a few in a hundred entries: the dense product costs fifty times the arithmetic.
 */
import { customGrad, engine, matMul, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel, type Heap } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

/** Row b holds value[k] at column index[k] for k in start[b] … start[b + 1]. */
export interface SparseRows {
  columns: number;
  start: Int32Array; // [B + 1]
  index: Int32Array;
  value: Float32Array;
}

const FORWARD = 'ColdwaveSparseRows';
const BACKWARD = 'ColdwaveSparseRowsGrad';

function plain(heap: Heap, t: Record<string, Parameters<Heap['floats']>[0] | undefined>, D: number, each: (row: number, of: number, value: number) => void): void {
  const [start, index, value] = [heap.ints(t['start']!), heap.ints(t['index']!), heap.floats(t['value']!)];
  for (let b = 0; b + 1 < start.length; b++) for (let k = start[b]!; k < start[b + 1]!; k++) each(b * D, index[k]! * D, value[k]!);
}

registerHeapKernel(FORWARD, (heap, t) => {
  const D = t['W']!.shape[1]!;
  const B = t['start']!.shape[0]! - 1;
  const out = heap.make([B, D]);
  const at = addressIn(heap);
  const threads = simdOn(heap) && kernelThreads();
  if (threads) {
    overRanges(threads, 'sparseRowsPart', B, 4 * t['index']!.shape[0]! * D, (a, b) => [at(t['start']), at(t['index']), at(t['value']), at(t['W']), a, b, D, at(out)]);
  } else {
    const Y = heap.floats(out).fill(0);
    const W = heap.floats(t['W']!);
    plain(heap, t, D, (row, of, v) => {
      for (let c = 0; c < D; c++) Y[row + c]! += v * W[of + c]!;
    });
  }
  return out;
});

registerHeapKernel(BACKWARD, (heap, t, { columns }) => {
  const [B, D] = t['dy']!.shape as [number, number];
  const R = columns as number;
  const out = heap.make([R, D]);
  const at = addressIn(heap);
  const threads = simdOn(heap) && kernelThreads();
  if (threads) {
    // Several rows of X may hold one column: threads share the columns of the gradient instead.
    overRanges(threads, 'sparseRowsBackPart', D, 4 * t['index']!.shape[0]! * D + 2 * R * D, (a, b) => [at(t['start']), at(t['index']), at(t['value']), at(t['dy']), B, D, R, a, b, at(out)], { step: 16 });
  } else {
    const DW = heap.floats(out).fill(0);
    const DY = heap.floats(t['dy']!);
    plain(heap, t, D, (row, of, v) => {
      for (let c = 0; c < D; c++) DW[of + c]! += v * DY[row + c]!;
    });
  }
  return out;
});

/** The rows written out. */
export function denseOf(x: SparseRows): Float32Array {
  const out = new Float32Array((x.start.length - 1) * x.columns);
  for (let b = 0; b + 1 < x.start.length; b++) for (let k = x.start[b]!; k < x.start[b + 1]!; k++) out[b * x.columns + x.index[k]!]! += x.value[k]!;
  return out;
}

/** The slow twin. */
export const sparseMatMulComposite = (x: SparseRows, W: Tensor): Tensor => matMul(tensor2d(denseOf(x), [x.start.length - 1, x.columns]), W as never);

/** X W; no gradient flows to X. Call it inside a tidy. @param W [columns, D]  @returns [B, D] */
export function sparseMatMul(x: SparseRows, W: Tensor): Tensor {
  if (!runsOwn(FORWARD)) return sparseMatMulComposite(x, W);
  const parts = { start: tensor1d(x.start, 'int32'), index: tensor1d(x.index, 'int32'), value: tensor1d(x.value) };
  return customGrad((w, save) => {
    (save as (t: Tensor[]) => void)(Object.values(parts)); // or they would be gone before the backward pass
    return {
      value: engine().runKernel<Tensor>(FORWARD, { ...parts, W: w as Tensor }),
      gradFunc: (dy, saved) => {
        const [start, index, value] = saved as Tensor[];
        return engine().runKernel<Tensor>(BACKWARD, { start: start!, index: index!, value: value!, dy: dy as Tensor }, { columns: x.columns });
      },
    };
  })(W);
}
