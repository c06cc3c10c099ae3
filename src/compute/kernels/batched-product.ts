/**
 * Products of many matrices, A[s] B[s], each possibly stored transposed, on the SIMD product. One matrix may stand for all of its side. Small
 * products are dealt out to the threads whole; large ones are cut up one after the other. Every number is summed in the same order either way.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';
import { overRanges, partsFor } from '../threads/parts';
import { PART_ROOM, product, productScratch } from '../threads/product';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const up8 = (n: number): number => (n + 7) & ~7;

/**
 * a [..., m, k] · b [..., k, n] after the turns; null without SIMD, and for leading sizes that differ other than by one side having one matrix.
 * An inner size of 0 gives zeros.
 */
export function batchedProduct(heap: Heap, a: TensorInfo, b: TensorInfo, ta: boolean, tb: boolean): TensorInfo | null {
  const threads = simdOn(heap) && kernelThreads();
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [sizeOf(outerA), sizeOf(outerB)];
  if (!threads || !(outerA.join() === outerB.join() || countA === 1 || countB === 1)) return null;
  const [rowsA, colsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, colsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = ta ? [colsA, rowsA] : [rowsA, colsA];
  const n = tb ? rowsB : colsB;
  const count = countA === 0 || countB === 0 ? 0 : Math.max(countA, countB);
  const rank = Math.max(outerA.length, outerB.length);
  const widened = (outer: readonly number[]): number[] => [...Array<number>(rank - outer.length).fill(1), ...outer];
  const [wideA, wideB] = [widened(outerA), widened(outerB)];
  const out = heap.make([...wideA.map((size, d) => (size === 1 ? wideB[d]! : size)), m, n]);
  if (count * m * n === 0) return out;
  if (k === 0) {
    heap.floats(out).fill(0);
    return out;
  }
  const at = addressIn(heap);
  // Rows of A that all meet one B are one tall product.
  const [products, rows] = countB === 1 && !ta ? [1, count * m] : [count, m];
  const left = { rs: ta ? 1 : k, cs: ta ? m : 1, step: countA === 1 ? 0 : m * k };
  const right = { rs: tb ? 1 : n, cs: tb ? k : 1, step: countB === 1 ? 0 : n * k };
  const dealt = products > 1 && (partsFor(threads, 2 * rows * n * k) === 1 || products >= 4 * threads.threads);
  const each = up8(n) * k + PART_ROOM;
  const room = heap.make([dealt ? threads.threads * each : productScratch(threads.threads, n, k)]);
  const [A, B, C, scratch] = [a, b, out, room].map(at) as [number, number, number, number];
  if (dealt) {
    overRanges(threads, 'productsPart', products, 2 * products * rows * n * k, (from, to) => [A, left.step, left.rs, left.cs, B, right.step, right.rs, right.cs, C, rows, n, k, from, to, 0], { scratch: { at: 14, from: scratch, bytes: 4 * each } });
  } else {
    for (let s = 0; s < products; s++) {
      product(threads, { at: A + 4 * s * left.step, rs: left.rs, cs: left.cs }, { at: B + 4 * s * right.step, rs: right.rs, cs: right.cs }, C + 4 * s * rows * n, rows, n, k, scratch);
    }
  }
  heap.free(room);
  return out;
}
