/** Word2Vec as an encoder: skip-gram vectors of the words of this corpus; a text's row is the mean of its words', scaled to length 1. */
import { Problem } from '../../core/problem';
import { createRandom } from '../../core/random';
import { toUnitRows } from '../../math/standardise';
import { corpusName } from '../corpus-name';
import type { Encoder } from '../encoder';
import { compareCodePoints, tokenise, looksUnspaced, UNSPACED_REMEDY } from '../tokens';
import { aliasTable, keepChances, noiseShares, roomBytes, skipGramRoom, type SkipGramRoom } from './skip-gram';

export interface Word2VecSettings {
  dim: number;
  window: number;
  negatives: number;
  epochs: number;
  /** Words that occur less often are left out. */
  minCount: number;
  /** Threshold of subsampling of frequent words; 0 = off. */
  sample: number;
  rate: number;
  lastRate: number;
  seed: number;
}
export const WORD2VEC_DEFAULTS: Word2VecSettings = { dim: 100, window: 5, negatives: 5, epochs: 5, minCount: 2, sample: 1e-3, rate: 0.025, lastRate: 1e-4, seed: 42 };

export interface FittedWord2Vec {
  /** By falling count, ties by code point. */
  words: string[];
  counts: Int32Array; // [V]
  dim: number;
  /** Input vectors. */
  vectors: Float32Array; // [V, dim]
  /** Texts as word indices, words outside the vocabulary left out. */
  texts: Int32Array[];
  simd: boolean;
}
export type TokenStep = (done: number, total: number) => Promise<void> | undefined;
const MOST_BYTES = 1e9;
const RATE_WORDS = 10_000;

/** @throws Problem when fewer than two words occur often enough, or the matrices would not fit */
export async function fitWord2Vec(texts: readonly string[], settings: Word2VecSettings, step?: TokenStep, allowSimd = true): Promise<FittedWord2Vec> {
  const { words, counts, rows } = corpusOf(texts, settings.minCount);
  const bytes = roomBytes(words.length, settings.dim, settings.negatives);
  if (bytes > MOST_BYTES) throw new Problem(`${words.length} words of ${settings.dim} numbers take ${Math.round(bytes / 1e6)} MB.`, {}, 'Ask for shorter vectors, or leave out rarer words.');
  const random = createRandom(settings.seed, 'word2vec');
  const room = await skipGramRoom(words.length, settings.dim, settings.negatives, allowSimd);
  const start = random.stream('start');
  for (let w = 0; w < words.length; w++) for (let d = 0; d < settings.dim; d++) room.input[w * room.width + d] = (2 * start.next() - 1) / settings.dim;
  await trainPairs(room, rows, counts, settings, step);
  const vectors = new Float32Array(words.length * settings.dim);
  for (let w = 0; w < words.length; w++) vectors.set(room.input.subarray(w * room.width, w * room.width + settings.dim), w * settings.dim);
  return { words, counts, dim: settings.dim, vectors, texts: rows, simd: room.simd };
}

function corpusOf(texts: readonly string[], minCount: number): { words: string[]; counts: Int32Array; rows: Int32Array[] } {
  const found = new Map<string, number>();
  const tokens = texts.map(tokenise);
  for (const text of tokens) for (const w of text) found.set(w, (found.get(w) ?? 0) + 1);
  const words = [...found.keys()].filter((w) => found.get(w)! >= minCount).sort((a, b) => found.get(b)! - found.get(a)! || compareCodePoints(a, b));
  if (found.size === 0) throw new Problem('These texts hold no words.', {}, 'Choose a column with text.');
  if (words.length < 2) throw new Problem(`Of ${found.size} different words ${words.length} occur at least ${minCount} times; two are needed.`, {}, looksUnspaced([...found.keys()]) ? UNSPACED_REMEDY : 'Lower the least number of occurrences, or choose a column with more text.');
  const index = new Map(words.map((w, k) => [w, k]));
  return { words, counts: Int32Array.from(words, (w) => found.get(w)!), rows: tokens.map((text) => Int32Array.from(text.map((w) => index.get(w) ?? -1).filter((w) => w >= 0))) };
}

/**
 * All pairs of all epochs. For each position a reach is drawn from 1…window; each word within reach is an input, the word itself
 * the output, as word2vec.c and gensim do. A negative equal to the output word is drawn again (there it is dropped).
 * The rate falls linearly, in steps: anew with each epoch and after every RATE_WORDS words of it, as gensim's jobs do.
 */
async function trainPairs(room: SkipGramRoom, rows: readonly Int32Array[], counts: Int32Array, settings: Word2VecSettings, step?: TokenStep): Promise<void> {
  const { window, negatives, epochs, rate, lastRate } = settings;
  const random = createRandom(settings.seed, 'word2vec pairs');
  const negative = aliasTable(noiseShares(counts));
  const keep = keepChances(counts, settings.sample);
  const tokens = rows.reduce((s, row) => s + row.length, 0);
  const total = tokens * epochs;
  const size = 2 + negatives;
  let done = 0;
  let pairs = 0;
  let now = rate;
  let since = 0;
  const flush = (): void => {
    room.take(pairs, now);
    pairs = 0;
  };
  const lowerRate = (): void => {
    flush();
    now = rate - (rate - lastRate) * (done / total);
    since = done;
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    lowerRate();
    for (const row of rows) {
      if (done - since >= RATE_WORDS) lowerRate();
      const kept = row.filter((w) => keep[w]! >= 1 || random.next() < keep[w]!);
      for (let i = 0; i < kept.length; i++) {
        const reach = 1 + Math.floor(random.next() * window);
        const output = kept[i]!;
        for (let j = Math.max(0, i - reach); j <= Math.min(kept.length - 1, i + reach); j++) {
          if (j === i) continue;
          let at = pairs * size;
          room.list[at++] = kept[j]!;
          room.list[at++] = output;
          for (let n = 0; n < negatives; n++) {
            let w = negative(random.next());
            while (w === output) w = negative(random.next());
            room.list[at++] = w;
          }
          if (++pairs === room.capacity) flush();
        }
      }
      done += row.length;
      await step?.(done, total);
    }
  }
  flush();
}

/** Means of the texts' word vectors, length 1; zeros where no word is known. [texts, dim] */
function textRows({ texts, vectors, dim }: Pick<FittedWord2Vec, 'texts' | 'vectors' | 'dim'>): Float32Array {
  const out = new Float64Array(texts.length * dim);
  texts.forEach((words, k) => {
    for (const w of words) for (let d = 0; d < dim; d++) out[k * dim + d]! += vectors[w * dim + d]!;
  });
  return Float32Array.from(toUnitRows(out, dim));
}

/** Rows of texts that were not read while learning: the means of the words that were. [texts, dim] */
export function unseenRows({ words, vectors, dim }: FittedWord2Vec, texts: readonly string[]): Float32Array {
  const index = new Map(words.map((w, k) => [w, k]));
  return textRows({ texts: texts.map((t) => Int32Array.from(tokenise(t).flatMap((w) => index.get(w) ?? []))), vectors, dim });
}

/** Words nearest by cosine to Σ plus − Σ minus of unit vectors, without the words asked about ("king − man + woman"). */
export function nearestWords(fitted: FittedWord2Vec, plus: readonly number[], minus: readonly number[], k: number): { word: number; cosine: number }[] {
  const { dim, words } = fitted;
  const unit = toUnitRows(fitted.vectors.slice(), dim);
  const target = new Float64Array(dim);
  for (const [list, sign] of [[plus, 1], [minus, -1]] as const) for (const w of list) for (let d = 0; d < dim; d++) target[d]! += sign * unit[w * dim + d]!;
  toUnitRows(target, dim);
  const asked = new Set([...plus, ...minus]);
  const cosines = words.map((_, w) => {
    let dot = 0;
    for (let d = 0; d < dim; d++) dot += target[d]! * unit[w * dim + d]!;
    return dot;
  });
  return Array.from(words.keys()).filter((w) => !asked.has(w)).sort((a, b) => cosines[b]! - cosines[a]! || a - b).slice(0, k).map((word) => ({ word, cosine: cosines[word]! }));
}

export function createWord2Vec(settings: Word2VecSettings = WORD2VEC_DEFAULTS): Encoder & { fitted(): FittedWord2Vec | null } {
  let fitted: FittedWord2Vec | null = null;
  const encoder = {
    encoder: 'word2vec@1',
    dim: settings.dim,
    fitted: () => fitted,
    async embed(texts: readonly string[], onProgress?: Parameters<Encoder['embed']>[1], signal?: AbortSignal) {
      const total = texts.filter((t) => t.trim() !== '').length;
      let last = performance.now();
      fitted = await fitWord2Vec(texts, settings, (done, all) => {
        if (performance.now() - last < 60) return undefined;
        last = performance.now();
        onProgress?.({ done: Math.floor((done / all) * total), total, share: Math.min(0.99, done / all) });
        return new Promise<void>((resolve) => setTimeout(resolve)).then(() => signal?.throwIfAborted());
      });
      signal?.throwIfAborted();
      encoder.encoder = corpusName('word2vec@1', settings, texts);
      onProgress?.({ done: total, total, share: 1 });
      return { vectors: textRows(fitted), missing: fitted.texts.filter((t) => t.length === 0).length };
    },
  };
  return encoder;
}
