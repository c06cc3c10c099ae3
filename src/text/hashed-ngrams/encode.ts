/**
 * Hashed character n-grams: a text becomes signed counts of its words and of the 3- to 5-letter pieces inside them, each
 * hashed to one of D places (Weinberger et al. 2009, "Feature hashing"; pieces with word edges as in fastText,
 * Bojanowski et al. 2017, but without any learning).
 * It knows spelling, not meaning: "rain" is near "rainy" and no nearer to "storm" than to "toast". It needs no files.
 */
import { hash32 } from '../../core/random';
import { encodeInBatches } from '../batches';
import type { Encoder } from '../encoder';

export const HASHED_DIM = 256;
export const HASHED_NAME = 'hashed-ngrams@1';
const SHORTEST = 3;
const LONGEST = 5;
/** Pieces of one word together weigh as much as the word itself times this. */
const PIECE_WEIGHT = 1;

/** Adds the text's features to `out` [D] and scales it to length 1. An empty text leaves zeros. */
export function hashedNgrams(text: string, out: Float32Array): void {
  const counts = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    counts.set(feature, (counts.get(feature) ?? 0) + weight);
  };
  // Runs of letters and digits; where there are none ("!!!", "♥"), whatever is written.
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? folded.split(/\s+/).filter(Boolean);
  for (const word of words) {
    add(`=${word}`, 1);
    const letters = [...`<${word}>`]; // code points
    const pieces: string[] = [];
    for (let n = SHORTEST; n <= LONGEST; n++) for (let k = 0; k + n <= letters.length; k++) pieces.push(letters.slice(k, k + n).join(''));
    for (const piece of pieces) add(piece, PIECE_WEIGHT / Math.sqrt(pieces.length));
  }
  for (const [feature, count] of counts) {
    const h = hash32(feature);
    // The top bit gives the sign, so that collisions cancel on average instead of adding up.
    out[h % out.length]! += (h >>> 31 ? -1 : 1) * Math.sqrt(count);
  }
  let square = 0;
  for (const x of out) square += x * x;
  if (square === 0) {
    // All features cancelled (only possible for a handful): still a valid vector, not "missing".
    if (counts.size > 0) out[hash32(folded) % out.length] = 1;
    return;
  }
  const scale = 1 / Math.sqrt(square);
  for (let d = 0; d < out.length; d++) out[d]! *= scale;
}

export const createHashedNgrams = (): Encoder => ({
  encoder: HASHED_NAME,
  dim: HASHED_DIM,
  embed: (texts, onProgress, signal) =>
    encodeInBatches(texts, { dim: HASHED_DIM, batchSize: 512, onProgress, signal }, (batch) => {
      const rows = new Float32Array(batch.length * HASHED_DIM); // [B, D]
      batch.forEach((text, b) => hashedNgrams(text, rows.subarray(b * HASHED_DIM, (b + 1) * HASHED_DIM)));
      return rows;
    }),
});
