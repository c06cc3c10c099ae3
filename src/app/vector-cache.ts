/**
 * Embedding through a cache by (text, encoder with revision): what was embedded once is never embedded again, also when
 * only some texts changed or another data set holds the same ones. Pure; where vectors are kept is vector-store.ts.
 */
import { Problem } from '../core/problem';
import { hash32 } from '../core/random';

export interface VectorCache {
  /** Vectors of those keys that are known. Never rejects: a cache that cannot be read is an empty one. */
  find(encoder: string, keys: readonly string[]): Promise<Map<string, Float32Array>>;
  /** `vectors` is [keys, dim]. Never rejects. */
  add(encoder: string, keys: readonly string[], vectors: Float32Array, dim: number): Promise<void>;
}

/** 128 bits of a text, as hex. Four hashes of 32 bits, so that two of a million texts share a key with odds below 1e-26. */
export const textKey = (text: string): string => [1, 2, 3, 4].map((seed) => hash32(text, Math.imul(seed, 0x9e3779b9)).toString(16).padStart(8, '0')).join('');

/** Texts sent in one call. Stop keeps every finished call, so it is also what a Stop can lose. */
export const CHUNK = 512;

export interface CacheProgress {
  /** Texts embedded now. */
  done: number;
  /** Texts that must be embedded now. */
  total: number;
  /** Texts found in the cache. */
  reused: number;
  /** 0…1, long texts weighing more. */
  share: number;
}
export interface ThroughCache {
  vectors: Float32Array; // [texts, dim]
  dim: number;
  missing: number;
  /** Distinct texts from the cache and embedded now. */
  reused: number;
  embedded: number;
}

const cost = (text: string): number => 24 + Math.min(text.length, 1200);

/**
 * Vectors of `texts` by the encoder named `encoder`. Each distinct text is embedded once, longest first.
 * `embed` gets at most CHUNK texts and answers in their order; it says how its vectors are named, which must be `encoder`.
 * Throws a Problem when no text has anything in it.
 */
export async function embedThroughCache(
  texts: readonly string[],
  encoder: string,
  cache: VectorCache,
  embed: (texts: string[], onDone: (done: number) => void) => Promise<{ vectors: Float32Array; dim: number; encoder: string }>,
  onProgress: (p: CacheProgress) => void = () => undefined,
): Promise<ThroughCache> {
  const keys = texts.map((t) => (t.trim() === '' ? '' : textKey(t)));
  const distinct = new Map<string, string>();
  keys.forEach((key, k) => {
    if (key) distinct.set(key, texts[k]!);
  });
  if (distinct.size === 0) throw new Problem('Every text of the chosen columns is empty.', {}, 'Choose a column that has text in it.');
  const known = await cache.find(encoder, [...distinct.keys()]);
  const reused = known.size;
  const wanted = [...distinct].filter(([key]) => !known.has(key)).sort((a, b) => b[1].length - a[1].length);
  const before = new Float64Array(wanted.length + 1); // cost of the first k texts
  wanted.forEach(([, text], k) => (before[k + 1] = before[k]! + cost(text)));
  const tell = (done: number): void => onProgress({ done, total: wanted.length, reused, share: wanted.length ? before[done]! / before[wanted.length]! : 1 });
  tell(0);
  for (let start = 0; start < wanted.length; start += CHUNK) {
    const chunk = wanted.slice(start, start + CHUNK);
    const got = await embed(
      chunk.map(([, text]) => text),
      (done) => tell(start + done),
    );
    if (got.encoder !== encoder) {
      throw new Problem(`The encoder gave vectors named "${got.encoder}" where "${encoder}" was expected, and the two must not be mixed.`, {}, 'Press Embed again: the new name is used from the start.');
    }
    chunk.forEach(([key], k) => known.set(key, got.vectors.subarray(k * got.dim, (k + 1) * got.dim)));
    await cache.add(encoder, chunk.map(([key]) => key), got.vectors, got.dim);
    tell(start + chunk.length);
  }
  const dim = known.values().next().value!.length;
  const vectors = new Float32Array(texts.length * dim);
  let missing = 0;
  keys.forEach((key, k) => {
    if (key) vectors.set(known.get(key)!, k * dim);
    else missing++;
  });
  return { vectors, dim, missing, reused, embedded: wanted.length };
}

/** What is known of a stored block of vectors without reading it. */
export interface BlockFacts {
  id: number;
  keys: string[];
  bytes: number;
  /** Milliseconds since 1970. */
  usedAt: number;
}

/** For each block that is needed, its wanted rows. A key in two blocks is taken from the first. */
export function rowsToRead(blocks: readonly BlockFacts[], keys: readonly string[]): Map<number, { key: string; row: number }[]> {
  const open = new Set(keys);
  const plan = new Map<number, { key: string; row: number }[]>();
  for (const block of blocks) {
    const rows: { key: string; row: number }[] = [];
    block.keys.forEach((key, row) => {
      if (open.delete(key)) rows.push({ key, row });
    });
    if (rows.length) plan.set(block.id, rows);
  }
  return plan;
}

/** Blocks to drop, least recently used first, until the rest fits into `limit` bytes. */
export function blocksToDrop(blocks: readonly BlockFacts[], limit: number): number[] {
  let total = blocks.reduce((sum, b) => sum + b.bytes, 0);
  const drop: number[] = [];
  for (const block of [...blocks].sort((a, b) => a.usedAt - b.usedAt || a.id - b.id)) {
    if (total <= limit) break;
    total -= block.bytes;
    drop.push(block.id);
  }
  return drop;
}
