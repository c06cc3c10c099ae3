/**
 * tfjs's WASM matrix product is fast only when neither operand is transposed, and every backward pass transposes one.
 * This registers, under tfjs's own kernel name, our SIMD product, which packs either operand from any orientation, and where SIMD is
 * missing a version that transposes explicitly first (measured: about ten times faster than leaving it to the backend).
 */
import { BatchMatMul, getKernel, registerKernel, unregisterKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { heapOf, type Heap } from '../heap';
import { ownKernels } from '../kernel-switch';
import { batchedProduct } from './batched-product';

const TILE = 16;

/** [r, c] → [c, r], or [b, r, c] → [b, c, r], in tiles so that both sides stay in cache. */
function transposed(heap: Heap, x: TensorInfo): TensorInfo {
  const [r, c] = x.shape.slice(-2) as [number, number];
  const outer = x.shape.slice(0, -2);
  const b = outer.reduce((p, n) => p * n, 1);
  const out = heap.make([...outer, c, r]);
  const X = heap.floats(x);
  const Y = heap.floats(out);
  for (let k = 0; k < b; k++) {
    const base = k * r * c;
    for (let i0 = 0; i0 < r; i0 += TILE) {
      const i1 = Math.min(r, i0 + TILE);
      for (let j0 = 0; j0 < c; j0 += TILE) {
        const j1 = Math.min(c, j0 + TILE);
        for (let i = i0; i < i1; i++) for (let j = j0; j < j1; j++) Y[base + j * r + i] = X[base + i * c + j]!;
      }
    }
  }
  return out;
}

let done = false;
/** Call after the WASM backend's kernels are registered. Safe to call twice. */
export function speedUpWasmMatMul(): void {
  const original = getKernel(BatchMatMul, 'wasm');
  if (done || !original) return;
  done = true;
  unregisterKernel(BatchMatMul, 'wasm');
  const config: KernelConfig = {
    ...original,
    kernelFunc: (given) => {
      if (!ownKernels()) return original.kernelFunc(given);
      const { inputs, backend, attrs } = given;
      const heap = heapOf(backend, 'wasm');
      const fast = batchedProduct(heap, inputs['a'] as TensorInfo, inputs['b'] as TensorInfo, Boolean(attrs?.['transposeA']), Boolean(attrs?.['transposeB']));
      if (fast) return fast;
      const made: TensorInfo[] = [];
      const plain = (t: TensorInfo, flip: boolean): TensorInfo => {
        if (!flip) return t;
        const out = transposed(heap, t);
        made.push(out);
        return out;
      };
      const a = plain(inputs['a'] as TensorInfo, Boolean(attrs?.['transposeA']));
      const b = plain(inputs['b'] as TensorInfo, Boolean(attrs?.['transposeB']));
      const out = original.kernelFunc({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } });
      for (const t of made) heap.free(t);
      return out;
    },
  };
  registerKernel(config);
}
