/** Vectors on one buffer with the loops that read them: SIMD on WASM memory where it runs, plain TypeScript otherwise. */
import { BINARY } from './simd/binary';

/** n rows of `dim` numbers, padded with zeros to `width`, a multiple of four. */
export interface VectorRoom {
  n: number;
  dim: number;
  width: number;
  rows: Float32Array; // [n, width]
  simd: boolean;
  bytes: number;
  /** row · query for rows from…to. The array returned is valid until the next call. */
  dots(query: Float32Array, from: number, to: number): Float32Array; // [to − from]
  /** Nearest of k centroids [k, width] to each of the rows from…to; ties to the lower. */
  nearest(centroids: Float32Array, from: number, to: number): Int32Array; // [to − from]
}

const PAGE = 65536;
/** Rows scored or assigned by one call. */
export const BLOCK = 4096;
let bytesOnce: Uint8Array<ArrayBuffer> | null = null;
const binary = (): Uint8Array<ArrayBuffer> => (bytesOnce ??= Uint8Array.from(atob(BINARY), (ch) => ch.charCodeAt(0)));
const paddedWidth = (dim: number): number => (dim + 3) & ~3;

/** Bytes that n vectors take, with room for up to `centroids`. */
export function roomBytes(n: number, dim: number, centroids = 0): number {
  const width = paddedWidth(dim);
  return 4 * (paddedRows(n) * width + width + 2 * BLOCK + (centroids === 0 ? 0 : eights(centroids) * (width + 1)));
}
const paddedRows = (n: number): number => (n + 3) & ~3;
const eights = (n: number): number => (n + 7) & ~7;

interface Kernels {
  dots(...args: number[]): void;
  nearest(...args: number[]): void;
}

/**
 * @param centroids most that `nearest` will be asked about
 * @throws RangeError where the browser refuses that much memory
 */
export async function vectorRoom(n: number, dim: number, centroids = 0, allowSimd = true): Promise<VectorRoom> {
  const width = paddedWidth(dim);
  const bytes = roomBytes(n, dim, centroids);
  const fast = allowSimd && typeof WebAssembly !== 'undefined' && WebAssembly.validate(binary());
  const memory = fast ? new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) }) : null;
  const buffer = memory ? memory.buffer : new ArrayBuffer(bytes);
  let next = 0;
  const place = (length: number): Float32Array => {
    const array = new Float32Array(buffer, next, length);
    next += 4 * length;
    return array;
  };
  const rows = place(paddedRows(n) * width);
  const query = place(width);
  const out = place(BLOCK);
  const best = new Int32Array(buffer, place(BLOCK).byteOffset, BLOCK);
  const packed = place(eights(centroids) * width);
  const norms = place(eights(centroids));
  const kernels = memory ? ((await WebAssembly.instantiate(binary(), { env: { memory } })).instance.exports as unknown as Kernels) : null;
  return {
    n, dim, width, rows, simd: kernels !== null, bytes,
    dots(q, from, to) {
      if (to - from > BLOCK) throw new RangeError(`At most ${BLOCK} rows at a time; asked for ${to - from}.`);
      query.fill(0);
      query.set(q.subarray(0, dim));
      if (kernels) kernels.dots(rows.byteOffset + 4 * from * width, to - from, width, query.byteOffset, out.byteOffset);
      else {
        for (let r = from; r < to; r++) {
          let sum = 0;
          for (let d = 0; d < width; d++) sum += rows[r * width + d]! * query[d]!;
          out[r - from] = sum;
        }
      }
      return out.subarray(0, to - from);
    },
    nearest(c, from, to) {
      const k = c.length / width;
      if (k > centroids || to - from > BLOCK || from % 4 !== 0) throw new RangeError(`Room for ${centroids} centroids and ${BLOCK} rows from a multiple of four; asked for ${k}, ${to - from} and ${from}.`);
      pack(c, k, width, packed, norms);
      if (kernels) kernels.nearest(rows.byteOffset + 4 * from * width, Math.ceil((to - from) / 4), width, packed.byteOffset, eights(k) / 8, norms.byteOffset, best.byteOffset, out.byteOffset);
      else nearestTwin(rows, width, from, to, c, norms, best);
      return best.subarray(0, to - from);
    },
  };
}

/** Panels of eight centroids, [panels][width][8], and their squared lengths; padding is infinitely far. */
function pack(c: Float32Array, k: number, width: number, packed: Float32Array, norms: Float32Array): void {
  norms.fill(Infinity);
  packed.fill(0);
  for (let j = 0; j < k; j++) {
    let square = 0;
    const at = (j >> 3) * width * 8 + (j & 7);
    for (let d = 0; d < width; d++) {
      const x = c[j * width + d]!;
      square += x * x;
      packed[at + d * 8] = x;
    }
    norms[j] = square;
  }
}

function nearestTwin(rows: Float32Array, width: number, from: number, to: number, c: Float32Array, norms: Float32Array, best: Int32Array): void {
  for (let r = from; r < to; r++) {
    let least = Infinity;
    for (let j = 0; j * width < c.length; j++) {
      let dot = 0;
      for (let d = 0; d < width; d++) dot += rows[r * width + d]! * c[j * width + d]!;
      const distance = norms[j]! - 2 * dot;
      if (distance < least) {
        least = distance;
        best[r - from] = j;
      }
    }
  }
}
