/**
 * The two loops that take the time of a blocked symmetric inverse: SIMD on WASM memory where it runs, plain TypeScript otherwise.
 * Rows are spread over threads where memory can be shared; each element is summed by one of them, so the result is the same to the last bit.
 */
import type { Part } from '../core/threads/pool';
import { BINARY } from './simd/binary';
import { threadedModule, type ThreadedModule } from './threaded-module';

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
  threads: number;
  /** matrix[i, j] −= Σ_p left[i, p] right[j, p], j ≤ i, for rows from…to (multiples of 4); p < width. */
  rankUpdate(width: number, from: number, to: number): void;
  /** right[i, q] = Σ_p left[i, p] small[p, q] for rows from…to; tiles are [width][4], small is [width, width]. */
  panelTimes(width: number, from: number, to: number): void;
  /** Lets the threads go; the numbers stay. */
  end(): void;
}

/** Parts for each thread: whoever is done early takes another. */
const PARTS_EACH = 4;

/** @param threads at most @throws RangeError where the browser refuses that much memory */
export async function symmetricRoom(n: number, nb: number, allowSimd = true, threads = 1): Promise<SymmetricRoom> {
  const lengths = [n * n, n * nb, n * nb, nb * nb];
  const bytes = lengths.reduce((s, l) => s + 8 * l, 0);
  const module: ThreadedModule | null = allowSimd && typeof WebAssembly !== 'undefined' && WebAssembly.validate(binary()) ? await threadedModule(binary(), bytes, threads) : null;
  const buffer = module?.buffer ?? new ArrayBuffer(bytes);
  const offsets = lengths.map((_, k) => lengths.slice(0, k).reduce((s, l) => s + 8 * l, 0));
  const [matrix, left, right, small] = lengths.map((l, k) => new Float64Array(buffer, offsets[k]!, l)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const room = { n, matrix, left, right, small };
  if (!module) {
    return {
      ...room, simd: false, threads: 1, end: () => undefined,
      rankUpdate: (width, from, to) => rankUpdateTwin(matrix, n, left, right, width, from, to),
      panelTimes: (width, from, to) => panelTimesTwin(left, small, right, width, from, to),
    };
  }
  const [c, l, r, d] = offsets as [number, number, number, number];
  const pool = module.threads;
  const count = pool.threads === 1 ? 1 : PARTS_EACH * pool.threads;
  return {
    ...room, simd: true, threads: pool.threads, end: () => pool.end(),
    rankUpdate: (width, from, to) => pool.run('rankUpdate', rowRanges(from, to, count).map(([a, b]): Part => [c, n, l, r, width, a, b])),
    panelTimes: (width, from, to) => pool.run('panelTimes', rowRanges(from, to, count).map(([a, b]): Part => [l, d, r, width, a, b])),
  };
}

/** from … to in at most so many ranges whose bounds are multiples of 4. */
function rowRanges(from: number, to: number, parts: number): [from: number, to: number][] {
  const tiles = Math.ceil((to - from) / 4);
  const count = Math.max(1, Math.min(parts, tiles));
  return Array.from({ length: count }, (_, k) => [from + 4 * Math.floor((k * tiles) / count), Math.min(to, from + 4 * Math.floor(((k + 1) * tiles) / count))]);
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
