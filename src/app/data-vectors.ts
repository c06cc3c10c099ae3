/** Text vectors follow their items when cleaning drops and renumbers them. */
import type { TextVectors } from '../core/dataset';

/**
 * Rows of `vectors` in the order of `to`, matched by source id.
 * Null where an item of `to` is unknown in `from`: then the vectors must be computed again.
 */
export function reindexVectors(vectors: TextVectors, from: readonly string[], to: readonly string[]): TextVectors | null {
  const row = new Map(from.map((id, i) => [id, i]));
  const out = new Float32Array(to.length * vectors.dim); // [I', dim]
  let missing = 0;
  for (let i = 0; i < to.length; i++) {
    const source = row.get(to[i]!);
    if (source === undefined) return null;
    const values = vectors.vectors.subarray(source * vectors.dim, (source + 1) * vectors.dim);
    if (values.every((v) => v === 0)) missing += 1;
    out.set(values, i * vectors.dim);
  }
  return { ...vectors, vectors: out, missing };
}

/** Every set of vectors that still covers all items of `to`, from the first source that has it. */
export function carriedVectors(sources: readonly { ids: readonly string[]; vectors: readonly TextVectors[] }[], to: readonly string[]): TextVectors[] {
  const kept = new Map<string, TextVectors>();
  for (const { ids, vectors } of sources) {
    for (const v of vectors) {
      const key = `${v.column} · ${v.encoder}`;
      if (kept.has(key)) continue;
      const moved = reindexVectors(v, ids, to);
      if (moved) kept.set(key, moved);
    }
  }
  return [...kept.values()];
}
