/**
 * Inverted lists (Jégou et al. 2011; FAISS's IVFFlat): k-means centroids split the vectors into `nlist` lists, a query looks into the
 * `nprobe` lists whose centroids are best for it. nprobe = nlist gives exactly what brute force gives.
 */
import { Problem } from '../core/problem';
import { createRandom } from '../core/random';
import { moveCentroids } from '../math/k-means';
import { BestRows } from './best-rows';
import { fillRoom, scoreBlock, squaredLengths, squareOf } from './exact';
import { checkQuery, type BuildStep, type Found, type Measure, type SearchIndex } from './search-index';
import { BLOCK, roomBytes, vectorRoom, type VectorRoom } from './vector-room';

export interface IvfSettings {
  nlist: number;
  measure: Measure;
  /** Rows the centroids are learned from, at most; 64 for each list by default. */
  sample?: number;
  rounds?: number;
  seed?: number;
  allowSimd?: boolean;
}
export interface IvfIndex extends SearchIndex {
  nlist: number;
  listSizes: Int32Array; // [nlist]
  /** How many lists a query looks into; from 1 to nlist. */
  probe(query: Float32Array, k: number, nprobe: number, skip?: Uint8Array | null): Found;
}
const ROUNDS = 8;
const PER_LIST = 64;

/** Memory of the index beside the vectors it is built from. */
export const ivfBytes = (n: number, dim: number, nlist: number): number => roomBytes(n, dim, nlist) + 12 * n;

/** √n lists, between 1 and n: what balances reading centroids against reading lists. */
export const usualLists = (n: number): number => Math.max(1, Math.min(n, Math.round(Math.sqrt(n))));

/**
 * @param vectors [n, dim]; copied
 * @throws Problem when nlist is not a whole number from 1 to n
 */
export async function ivfIndex(vectors: Float32Array, dim: number, settings: IvfSettings, step: BuildStep = () => undefined): Promise<IvfIndex> {
  const n = vectors.length / dim;
  const { nlist, measure, seed = 42, rounds = ROUNDS, allowSimd = true } = settings;
  checkLists(nlist, n);
  const room = await vectorRoom(n, dim, nlist, allowSimd);
  const random = createRandom(seed, 'ivf');
  const sample = Math.min(n, Math.max(nlist, settings.sample ?? PER_LIST * nlist));
  const picked = pick(n, sample, random.int);
  const small = await vectorRoom(sample, dim, nlist, allowSimd);
  fillRoom(small, vectors, picked);
  const centroids = new Float32Array(nlist * room.width);
  for (let c = 0; c < nlist; c++) centroids.set(small.rows.subarray(c * room.width, (c + 1) * room.width), c * room.width);
  for (let round = 0; round < rounds; round++) {
    const assignment = await assignAll(small, centroids, (share) => step((0.5 * (round + share)) / rounds));
    if (moveCentroids(small.rows.subarray(0, sample * room.width), assignment, centroids, room.width) === 0) break;
  }
  fillRoom(room, vectors);
  const list = await assignAll(room, centroids, (share) => step(0.5 + 0.5 * share));
  return ivfFromLists(vectors, dim, room, centroids, list, measure);
}

/** An index over given centroids [nlist, dim]. */
export async function ivfFromCentroids(vectors: Float32Array, dim: number, given: Float32Array, measure: Measure, allowSimd = true): Promise<IvfIndex & { list: Int32Array }> {
  const nlist = given.length / dim;
  const n = vectors.length / dim;
  checkLists(nlist, n);
  const room = await vectorRoom(n, dim, nlist, allowSimd);
  const centroids = new Float32Array(nlist * room.width);
  for (let c = 0; c < nlist; c++) centroids.set(given.subarray(c * dim, (c + 1) * dim), c * room.width);
  fillRoom(room, vectors);
  const list = await assignAll(room, centroids);
  return { ...ivfFromLists(vectors, dim, room, centroids, list, measure), list };
}

function checkLists(nlist: number, n: number): void {
  if (!Number.isInteger(nlist) || nlist < 1 || nlist > n) throw new Problem(`nlist must be a whole number from 1 to ${n}, the number of vectors; received ${nlist}.`, {}, `About ${usualLists(n)} is usual.`);
}

async function assignAll(room: VectorRoom, centroids: Float32Array, step: BuildStep = () => undefined): Promise<Int32Array> {
  const out = new Int32Array(room.n);
  for (let from = 0; from < room.n; from += BLOCK) {
    const to = Math.min(room.n, from + BLOCK);
    out.set(room.nearest(centroids, from, to), from);
    await step(to / room.n);
  }
  return out;
}

function ivfFromLists(vectors: Float32Array, dim: number, room: VectorRoom, centroids: Float32Array, list: Int32Array, measure: Measure): IvfIndex {
  const { n, width } = room;
  const nlist = centroids.length / width;
  const start = new Int32Array(nlist + 1);
  for (const c of list) start[c + 1]!++;
  const listSizes = start.slice(1);
  for (let c = 0; c < nlist; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, nlist);
  const ids = new Int32Array(n);
  for (let r = 0; r < n; r++) ids[next[list[r]!]!++] = r; // rows ascend within a list
  fillRoom(room, vectors, ids);
  const lengths = measure === 'euclidean' ? squaredLengths(room) : null;
  const value = new Float64Array(nlist);
  const probe = (query: Float32Array, k: number, nprobe: number, skip: Uint8Array | null = null): Found => {
    checkQuery(query, dim);
    if (!Number.isInteger(nprobe) || nprobe < 1 || nprobe > nlist) throw new Problem(`nprobe must be a whole number from 1 to ${nlist}, the number of lists; received ${nprobe}.`, {}, 'More lists find more and take longer.');
    for (let c = 0; c < nlist; c++) {
      let sum = 0;
      for (let d = 0; d < dim; d++) {
        const x = centroids[c * width + d]!;
        sum += measure === 'dot' ? x * query[d]! : -((x - query[d]!) ** 2);
      }
      value[c] = sum;
    }
    const order = Array.from(value.keys()).sort((a, b) => value[b]! - value[a]! || a - b);
    const best = new BestRows(Math.min(k, n));
    const square = squareOf(query);
    let scanned = 0;
    for (const c of order.slice(0, nprobe)) {
      for (let from = start[c]!; from < start[c + 1]!; from += BLOCK) {
        const to = Math.min(start[c + 1]!, from + BLOCK);
        best.offer(scoreBlock(room, measure, lengths, query, square, from, to), ids.subarray(from, to), 0, skip);
        scanned += to - from;
      }
    }
    return { ...best.result(), scanned };
  };
  return {
    n, dim, nlist, listSizes, bytes: room.bytes + ids.byteLength + (lengths?.byteLength ?? 0) + centroids.byteLength,
    probe, search: (query, k, skip) => probe(query, k, Math.max(1, Math.round(nlist / 16)), skip),
  };
}

/** `count` different rows of n, in the order drawn (Floyd 1987). */
function pick(n: number, count: number, int: (n: number) => number): Int32Array {
  const taken = new Set<number>();
  for (let r = n - count; r < n; r++) {
    const t = int(r + 1);
    taken.add(taken.has(t) ? r : t);
  }
  return Int32Array.from(taken);
}
