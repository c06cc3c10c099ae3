/**
 * Skip-gram with negative sampling (Mikolov et al. 2013). V words, d dimensions.
 * The loss of a pair is −ln σ(h·o) − Σ ln σ(−h·n) with h the input row, o the output row and n the rows of the negatives.
 */
import { BINARY } from './simd/binary';

/** Matrices and a list of steps on one buffer; a row is padded to `width`, a multiple of four. */
export interface SkipGramRoom {
  width: number;
  input: Float32Array; // [V, width]
  output: Float32Array; // [V, width]
  /** Step n: input word, output word, negatives. */
  list: Int32Array; // [capacity, 2 + negatives]
  capacity: number;
  simd: boolean;
  /** Takes the first `pairs` steps of the list, one after the other. */
  take(pairs: number, rate: number): void;
}

const PAGE = 65536;
const CAPACITY = 4096;
let bytesOnce: Uint8Array<ArrayBuffer> | null = null;
const binary = (): Uint8Array<ArrayBuffer> => (bytesOnce ??= Uint8Array.from(atob(BINARY), (ch) => ch.charCodeAt(0)));

/** Bytes that training on V words of d dimensions takes. */
export const roomBytes = (words: number, dim: number, negatives: number): number => 4 * (2 * words * padded(dim) + CAPACITY * (2 + negatives) + padded(dim));
const padded = (dim: number): number => (dim + 3) & ~3;

/** @throws RangeError where the browser refuses that much memory */
export async function skipGramRoom(words: number, dim: number, negatives: number, allowSimd = true): Promise<SkipGramRoom> {
  const width = padded(dim);
  const lengths = [words * width, words * width, CAPACITY * (2 + negatives), width];
  const bytes = 4 * lengths.reduce((s, l) => s + l, 0);
  const fast = allowSimd && typeof WebAssembly !== 'undefined' && WebAssembly.validate(binary());
  const memory = fast ? new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) }) : null;
  const buffer = memory ? memory.buffer : new ArrayBuffer(bytes);
  const at = lengths.map((_, k) => 4 * lengths.slice(0, k).reduce((s, l) => s + l, 0)) as [number, number, number, number];
  const input = new Float32Array(buffer, at[0], lengths[0]);
  const output = new Float32Array(buffer, at[1], lengths[1]);
  const list = new Int32Array(buffer, at[2], lengths[2]);
  const kernel = memory ? ((await WebAssembly.instantiate(binary(), { env: { memory } })).instance.exports as unknown as { steps(...args: number[]): void }) : null;
  return {
    width, input, output, list, capacity: CAPACITY, simd: kernel !== null,
    take: kernel
      ? (pairs, rate) => kernel.steps(at[0], at[1], width, at[2], pairs, negatives, rate, at[3])
      : (pairs, rate) => takeSteps(input, output, width, list, pairs, negatives, rate),
  };
}

/** The slow twin: the same steps in plain arithmetic, in the precision of the arrays given. */
export function takeSteps(input: Float32Array | Float64Array, output: Float32Array | Float64Array, width: number, list: Int32Array, pairs: number, negatives: number, rate: number): void {
  const change = new Float64Array(width);
  const size = 2 + negatives;
  for (let n = 0; n < pairs; n++) {
    const h = list[n * size]! * width;
    change.fill(0);
    for (let t = 1; t < size; t++) {
      const o = list[n * size + t]! * width;
      let dot = 0;
      for (let d = 0; d < width; d++) dot += input[h + d]! * output[o + d]!;
      const g = rate * ((t === 1 ? 1 : 0) - 1 / (1 + Math.exp(-dot)));
      for (let d = 0; d < width; d++) {
        const w = output[o + d]!;
        change[d]! += g * w;
        output[o + d] = w + g * input[h + d]!;
      }
    }
    for (let d = 0; d < width; d++) input[h + d]! += change[d]!;
  }
}

/** Share of each word among the negatives: count^0.75, normalised. */
export function noiseShares(counts: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(counts, (n) => n ** 0.75);
  const sum = shares.reduce((s, x) => s + x, 0);
  return shares.map((x) => x / sum);
}

/** Chance that an occurrence is kept: min(1, (√(f/s) + 1) s/f) with f the word's share of all tokens; s = 0 keeps all. */
export function keepChances(counts: ArrayLike<number>, sample: number): Float64Array {
  let total = 0;
  for (let w = 0; w < counts.length; w++) total += counts[w]!;
  return Float64Array.from(counts, (n) => (sample > 0 ? Math.min(1, (Math.sqrt(n / (sample * total)) + 1) * ((sample * total) / n)) : 1));
}

/** Draws an index with given shares from one uniform number (Walker 1977, Vose 1991). */
export function aliasTable(shares: Float64Array): (unit: number) => number {
  const n = shares.length;
  const chance = shares.map((s) => s * n);
  const alias = new Int32Array(n);
  const small: number[] = [];
  const large: number[] = [];
  chance.forEach((c, k) => (c < 1 ? small : large).push(k));
  while (small.length > 0 && large.length > 0) {
    const s = small.pop()!;
    const l = large.at(-1)!;
    alias[s] = l;
    chance[l] = chance[l]! + chance[s]! - 1;
    if (chance[l]! < 1) {
      large.pop();
      small.push(l);
    }
  }
  for (const k of [...small, ...large]) chance[k] = 1;
  return (unit) => {
    const x = unit * n;
    const k = Math.min(n - 1, Math.floor(x));
    return x - k < chance[k]! ? k : alias[k]!;
  };
}
