/**
 * Locality-sensitive hashing. By sign (Charikar 2002): bit b = 1 where plane_b · x ≥ 0; the codes nearest in Hamming distance are
 * scored exactly. By bucket (Datar et al. 2004, as Spark does it): h_t(x) = ⌊r_t · x / width⌋, one unit direction per table; a row
 * that shares a bucket in any table is scored exactly.
 */
import { Problem } from '../core/problem';
import { createRandom } from '../core/random';
import { toUnitRows } from '../math/standardise';
import { BestRows } from './best-rows';
import { squareOf } from './exact';
import { checkQuery, type Found, type Measure, type SearchIndex } from './search-index';

/** `count` random directions of length 1. [count, dim] */
export function randomDirections(count: number, dim: number, seed: number): Float32Array {
  const random = createRandom(seed, 'lsh');
  return toUnitRows(Float32Array.from({ length: count * dim }, () => random.normal()), dim);
}

const dot = (a: ArrayLike<number>, from: number, b: ArrayLike<number>, at: number, dim: number): number => {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += a[from + d]! * b[at + d]!;
  return sum;
};

/** Score of single rows, for short lists. */
function rescore(vectors: Float32Array, dim: number, measure: Measure, query: Float32Array, rows: Int32Array): Float32Array {
  const square = squareOf(query);
  return Float32Array.from(rows, (r) => {
    const product = dot(vectors, r * dim, query, 0, dim);
    return measure === 'dot' ? product : 2 * product - dot(vectors, r * dim, vectors, r * dim, dim) - square;
  });
}

export interface SignIndex extends SearchIndex {
  /** Bits of a vector, 32 to a word, bit 0 lowest. */
  code(vector: Float32Array): Uint32Array;
  codes: Uint32Array; // [n, words]
  /** The `short` rows of least Hamming distance (ties by row), then the k best of them. */
  shortlist(query: Float32Array, short: number, skip?: Uint8Array | null): Int32Array;
  searchShort(query: Float32Array, k: number, short: number, skip?: Uint8Array | null): Found;
}

/** Rows hashed between two words about how far it is. */
const ROWS = 2048;

/** @param planes [bits, dim] */
export const signIndex = (vectors: Float32Array, dim: number, planes: Float32Array, measure: Measure = 'dot'): SignIndex => finish(signIndexing(vectors, dim, planes, measure));

/** The same, hashed step by step: gives the share that is done, then the index. */
export function* signIndexing(vectors: Float32Array, dim: number, planes: Float32Array, measure: Measure): Generator<number, SignIndex> {
  const n = vectors.length / dim;
  const bits = planes.length / dim;
  if (bits < 1) throw new Problem('At least one plane is needed.', {}, 'Choose from 1 to 512 bits.');
  const words = Math.ceil(bits / 32);
  const codeInto = (x: Float32Array, from: number, out: Uint32Array, at: number): void => {
    for (let b = 0; b < bits; b++) if (dot(planes, b * dim, x, from, dim) >= 0) out[at + (b >> 5)]! |= 1 << (b & 31);
  };
  const codes = new Uint32Array(n * words);
  for (let r = 0; r < n; r++) {
    codeInto(vectors, r * dim, codes, r * words);
    if (r % ROWS === 0) yield r / n;
  }
  const code = (vector: Float32Array): Uint32Array => {
    const out = new Uint32Array(words);
    codeInto(vector, 0, out, 0);
    return out;
  };
  const shortlist = (query: Float32Array, short: number, skip: Uint8Array | null = null): Int32Array => {
    checkQuery(query, dim);
    const own = code(query);
    // Distances are small whole numbers: counting how many rows lie at each is a sort.
    const distance = new Uint16Array(n);
    const many = new Int32Array(bits + 2);
    let open = 0;
    for (let r = 0; r < n; r++) {
      if (skip?.[r] === 1) continue;
      open++;
      let d = 0;
      for (let w = 0; w < words; w++) d += ones(codes[r * words + w]! ^ own[w]!);
      distance[r] = d;
      many[d + 1]!++;
    }
    for (let d = 0; d <= bits; d++) many[d + 1]! += many[d]!;
    const out = new Int32Array(Math.min(short, open));
    for (let r = 0; r < n; r++) {
      if (skip?.[r] === 1) continue;
      const place = many[distance[r]!]!++;
      if (place < out.length) out[place] = r;
    }
    return out;
  };
  const searchShort = (query: Float32Array, k: number, short: number, skip: Uint8Array | null = null): Found => {
    const rows = shortlist(query, short, skip);
    const best = new BestRows(Math.min(k, rows.length));
    best.offer(rescore(vectors, dim, measure, query, rows), rows);
    return { ...best.result(), scanned: rows.length };
  };
  return { n, dim, bytes: codes.byteLength, code, codes, shortlist, searchShort, search: (query, k, skip) => searchShort(query, k, 10 * k, skip) };
}

/** Ones of a 32-bit word. */
function ones(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export interface BucketIndex extends SearchIndex {
  /** Buckets of a vector, one per table. */
  code(vector: Float32Array): Int32Array;
  /** Rows that share a bucket with the query in any of the first `tables` tables, ascending. */
  candidates(query: Float32Array, tables?: number): Int32Array;
  searchTables(query: Float32Array, k: number, tables: number, skip?: Uint8Array | null): Found;
}

/** @param directions [tables, dim], length 1 each; @param width of a bucket, > 0 */
export const bucketIndex = (vectors: Float32Array, dim: number, directions: Float32Array, width: number, measure: Measure = 'euclidean'): BucketIndex => finish(bucketIndexing(vectors, dim, directions, width, measure));

/** The same, hashed step by step: gives the share that is done, then the index. */
export function* bucketIndexing(vectors: Float32Array, dim: number, directions: Float32Array, width: number, measure: Measure): Generator<number, BucketIndex> {
  if (!(width > 0)) throw new Problem(`The bucket width must be above 0; received ${width}.`, {}, 'A width near the spread of the projections is usual.');
  const n = vectors.length / dim;
  const tables = directions.length / dim;
  const bucket = (x: Float32Array, from: number, t: number): number => Math.floor(dot(directions, t * dim, x, from, dim) / width);
  const maps: Map<number, number[]>[] = [];
  for (let t = 0; t < tables; t++) {
    const map = new Map<number, number[]>();
    for (let r = 0; r < n; r++) {
      const b = bucket(vectors, r * dim, t);
      const list = map.get(b);
      if (list) list.push(r);
      else map.set(b, [r]);
      if (r % ROWS === 0) yield (t + r / n) / tables;
    }
    maps.push(map);
  }
  const candidates = (query: Float32Array, use = tables): Int32Array => {
    checkQuery(query, dim);
    const found = new Set<number>();
    for (let t = 0; t < Math.min(use, tables); t++) for (const r of maps[t]!.get(bucket(query, 0, t)) ?? []) found.add(r);
    return Int32Array.from(found).sort();
  };
  const searchTables = (query: Float32Array, k: number, use: number, skip: Uint8Array | null = null): Found => {
    const all = candidates(query, use);
    const rows = skip === null ? all : all.filter((r) => skip[r] !== 1);
    const best = new BestRows(Math.min(k, rows.length));
    best.offer(rescore(vectors, dim, measure, query, rows), rows);
    return { ...best.result(), scanned: rows.length };
  };
  return {
    n, dim, bytes: 8 * n * tables, candidates, searchTables,
    code: (vector) => Int32Array.from({ length: tables }, (_, t) => bucket(vector, 0, t)),
    search: (query, k, skip) => searchTables(query, k, tables, skip),
  };
}

/** Runs a build to its end at once. */
function finish<T>(building: Generator<number, T>): T {
  for (;;) {
    const { done, value } = building.next();
    if (done) return value;
  }
}
