/** Batching shared by encoders whose cost depends on the longest text of a batch. */
import type { EncodeProgress, Encoded } from './encoder';

/**
 * Indices of the non-empty texts in batches of at most `size`, longest texts first, so that a batch holds texts of like
 * length (padding is wasted work) and a batch too large for the memory fails at once rather than at the end.
 * Ties keep their order, so the batches depend on the texts alone.
 */
export function batchesByLength(texts: readonly string[], size: number): number[][] {
  const filled: number[] = [];
  for (let k = 0; k < texts.length; k++) if (texts[k]!.trim() !== '') filled.push(k);
  filled.sort((a, b) => texts[b]!.length - texts[a]!.length || a - b);
  const batches: number[][] = [];
  for (let k = 0; k < filled.length; k += size) batches.push(filled.slice(k, k + size));
  return batches;
}

/** A text's cost in arbitrary units: its characters (cut where encoders cut) plus a fixed share per text. */
const cost = (text: string): number => 24 + Math.min(text.length, 1200);

/**
 * Runs `encodeBatch` over length-sorted batches and puts the rows back where they belong.
 * An empty text gives a valid-looking vector in most encoders, so it is left out: its row stays zero and is counted.
 */
export async function encodeInBatches(
  texts: readonly string[],
  options: { dim: number; batchSize: number; onProgress?: (p: EncodeProgress) => void; signal?: AbortSignal },
  encodeBatch: (texts: string[]) => Promise<Float32Array> | Float32Array, // → [B, dim]
): Promise<Encoded> {
  const { dim, batchSize, onProgress, signal } = options;
  const batches = batchesByLength(texts, batchSize);
  const vectors = new Float32Array(texts.length * dim); // [texts, dim]
  let total = 0;
  let work = 0;
  for (const batch of batches) {
    total += batch.length;
    for (const k of batch) work += cost(texts[k]!);
  }
  let done = 0;
  let spent = 0;
  for (const batch of batches) {
    // A macrotask, not a microtask: otherwise the message that cancels is never heard.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    const rows = await encodeBatch(batch.map((k) => texts[k]!)); // [B, dim]
    if (rows.length !== batch.length * dim) throw new Error(`The encoder gave ${rows.length} numbers for ${batch.length} texts of ${dim} dimensions.`);
    batch.forEach((k, b) => vectors.set(rows.subarray(b * dim, (b + 1) * dim), k * dim));
    done += batch.length;
    for (const k of batch) spent += cost(texts[k]!);
    onProgress?.({ done, total, share: spent / work });
  }
  signal?.throwIfAborted();
  return { vectors, missing: texts.length - total };
}
