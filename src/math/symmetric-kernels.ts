/** The two loops that take the time of a blocked symmetric inverse: SIMD on WASM memory where it runs, plain TypeScript otherwise. */
import { BINARY } from './simd/binary';

/**
 * Room for one n×n matrix and two panels [n, nb] on one buffer.
 * A panel is stored by tiles of four rows: tile t holds [nb][4]. n is a multiple of 4.
 */
export interface SymmetricRoom {
  n: number;
  matrix: Float64Array; // [n, n], row-major; only j ≤ i counts
  left: Float64Array; // [n/4][nb][4]
  right: Float64Array; // [n/4][nb][4]
  small: Float64Array; // [nb, nb]
  simd: boolean;
  /** matrix[i, j] −= Σ_p left[i, p] right[j, p], j ≤ i, for rows from…to (multiples of 4); p < width. */
  rankUpdate(width: number, from: number, to: number): void;
  /** right[i, q] = Σ_p left[i, p] small[p, q] for rows from…to; tiles are [width][4], small is [width, width]. */
  panelTimes(width: number, from: number, to: number): void;
}

type Kernels = Record<'rankUpdate' | 'panelTimes', (...args: number[]) => void>;
const PAGE = 65536;

/** @throws RangeError where the browser refuses that much memory */
export async function symmetricRoom(n: number, nb: number, allowSimd = true): Promise<SymmetricRoom> {
  const lengths = [n * n, n * nb, n * nb, nb * nb];
  const bytes = lengths.reduce((s, l) => s + 8 * l, 0);
  let memory: WebAssembly.Memory | null = null;
  let found: Kernels | null = null;
  if (allowSimd && typeof WebAssembly !== 'undefined' && WebAssembly.validate(binary())) {
    memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    found = (await WebAssembly.instantiate(binary(), { env: { memory } })).instance.exports as unknown as Kernels;
  }
  const kernels = found;
  const buffer = memory ? memory.buffer : new ArrayBuffer(bytes);
  const offsets = lengths.map((_, k) => lengths.slice(0, k).reduce((s, l) => s + 8 * l, 0));
  const [matrix, left, right, small] = lengths.map((l, k) => new Float64Array(buffer, offsets[k]!, l)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [c, l, r, d] = offsets as [number, number, number, number];
  return {
    n, matrix, left, right, small, simd: kernels !== null,
    rankUpdate: kernels ? (width, from, to) => kernels.rankUpdate(c, n, l, r, width, from, to) : (width, from, to) => rankUpdateTwin(matrix, n, left, right, width, from, to),
    panelTimes: kernels ? (width, from, to) => kernels.panelTimes(l, d, r, width, from, to) : (width, from, to) => panelTimesTwin(left, small, right, width, from, to),
  };
}

let bytesOnce: Uint8Array<ArrayBuffer> | null = null;
const binary = (): Uint8Array<ArrayBuffer> => (bytesOnce ??= Uint8Array.from(atob(BINARY), (ch) => ch.charCodeAt(0)));

function rankUpdateTwin(matrix: Float64Array, n: number, left: Float64Array, right: Float64Array, width: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const x = (i >> 2) * width * 4 + (i & 3);
    for (let j = 0; j <= (i | 3); j++) {
      const y = (j >> 2) * width * 4 + (j & 3);
      let sum = 0;
      for (let p = 0; p < width * 4; p += 4) sum += left[x + p]! * right[y + p]!;
      matrix[i * n + j]! -= sum;
    }
  }
}

function panelTimesTwin(left: Float64Array, small: Float64Array, right: Float64Array, width: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const row = (i >> 2) * width * 4 + (i & 3);
    for (let q = 0; q < width; q++) {
      let sum = 0;
      for (let p = 0; p < width; p++) sum += left[row + 4 * p]! * small[p * width + q]!;
      right[row + 4 * q] = sum;
    }
  }
}
