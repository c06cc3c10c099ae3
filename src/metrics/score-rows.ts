/**
 * A block of rows of scores, and what ranking asks of a row: how many scores are at least so good, and which are the best.
 * A NaN counts for nothing, so an item is taken out by writing NaN in its place.
 */
import { BINARY } from '../math/simd-ranking/binary';
import { simdMemory, type SimdMemory } from '../math/simd-module';
import { topOfOneUser } from './top-of-one-user';

export interface ScoreRows {
  /** To be filled by a model: [rows, I]. */
  scores: Float32Array;
  /** How many scores of a row are ≥ s. */
  atLeast(row: number, s: number): number;
  /** The K best of a row, best first, equal ones by ascending item; at most the K given at the start. */
  top(row: number, K: number): Int32Array;
  /** Gives the memory back; `scores` must not be touched afterwards. */
  release(): void;
}
interface Kernels {
  atLeast(row: number, n: number, s: number): number;
  top(row: number, n: number, K: number, maxima: number, keys: number, out: number): number;
}

/** Memories of finished rankings, taken up again by the next: a run ranks after every epoch. */
const idle: SimdMemory<Kernels>[] = [];
const KEPT = 2;

const aligned = (bytes: number): number => 16 * Math.ceil(bytes / 16);

/** @param K most places `top` will be asked for */
export function takeScoreRows(rows: number, I: number, K: number): ScoreRows {
  const groups = 4 * Math.max(16, (K + 1) >> 1);
  const [maxima, keys, out] = [aligned(4 * rows * I), 4 * groups, 8 * Math.max(I, groups)];
  const memory = idle.pop() ?? simdMemory<Kernels>(BINARY);
  const buffer = memory?.atLeast(maxima + keys + out + 4 * K);
  if (!memory || !buffer) return plainScoreRows(rows, I);
  const { kernels } = memory;
  const places = new Int32Array(buffer, maxima + keys + out, K);
  return {
    scores: new Float32Array(buffer, 0, rows * I),
    atLeast: (row, s) => kernels.atLeast(4 * row * I, I, s),
    top: (row, k) => places.slice(0, kernels.top(4 * row * I, I, Math.min(k, K), maxima, maxima + keys, maxima + keys + out)),
    release: () => void (idle.length < KEPT && idle.push(memory)),
  };
}

const nobody = new Int32Array(0);

/** The slow twin. */
export function plainScoreRows(rows: number, I: number): ScoreRows {
  const scores = new Float32Array(rows * I);
  return {
    scores,
    atLeast(row, s) {
      let count = 0;
      for (let k = row * I; k < (row + 1) * I; k++) if (scores[k]! >= s) count++;
      return count;
    },
    top: (row, K) => topOfOneUser(scores, row * I, I, nobody, 0, 0, K),
    release: () => undefined,
  };
}
