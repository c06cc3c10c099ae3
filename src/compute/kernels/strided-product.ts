/** Matrix products between parts of tensors on the heap, from within a kernel: SIMD where it runs, plain loops elsewhere. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';
import { simdOn } from './simd/simd';

/** Element (i, j) is data[at + i·rs + j·cs]. On WASM `data` is a view of its heap, so it knows its own address. */
export interface Strided {
  data: Float32Array;
  at: number;
  rs: number;
  cs: number;
}
/** c[cAt …] = A [m, k] · B [k, n], c row by row without gaps. */
export type Product = (a: Strided, b: Strided, c: Float32Array, cAt: number, m: number, n: number, k: number) => void;

/** The slow twin. */
export const plainProduct: Product = (a, b, c, cAt, m, n, k) => {
  for (let i = 0; i < m; i++) {
    const row = cAt + i * n;
    c.fill(0, row, row + n);
    for (let p = 0; p < k; p++) {
      const x = a.data[a.at + i * a.rs + p * a.cs]!;
      for (let j = 0; j < n; j++) c[row + j]! += x * b.data[b.at + p * b.rs + j * b.cs]!;
    }
  }
};

/** Room for products up to these [n, k]. Make it with the outputs, before any view is taken; free it at the end. */
export function productRoom(heap: Heap, sizes: readonly (readonly [n: number, k: number])[]): TensorInfo | null {
  const simd = simdOn(heap);
  return simd && heap.make([Math.max(...sizes.map(([n, k]) => simd.sgemmScratch(n, k)))]);
}

/** The product to use inside a kernel. @param room what `productRoom` made, for no smaller sizes */
export function productWith(heap: Heap, room: TensorInfo | null): Product {
  const simd = simdOn(heap);
  if (!simd || !room) return plainProduct;
  const scratch = heap.address(room);
  const address = (x: Float32Array, at: number): number => x.byteOffset + 4 * at;
  return (a, b, c, cAt, m, n, k) => simd.sgemm(address(a.data, a.at), a.rs, a.cs, address(b.data, b.at), b.rs, b.cs, address(c, cAt), m, n, k, scratch);
}
