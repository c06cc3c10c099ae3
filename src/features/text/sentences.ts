/** Sentences of a text, and which of two texts are nearest. Pure. */

export interface SentencePair {
  a: string;
  b: string;
  cosine: number;
}
/** Of one text, at most; the first ones. */
export const MOST_SENTENCES = 40;

/** Lines (also of verse written with strokes, a / b) and sentences of at least two words, each once. A text without an end of sentence is one. */
export function sentencesOf(text: string): string[] {
  const parts = text.split(/\n+|\s\/\s|(?<=[.!?…。！？])\s+|\s*;\s+/u).map((s) => s.trim());
  const kept = [...new Set(parts.filter((s) => /\S\s+\S/u.test(s) || s.length > 12))];
  return (kept.length > 0 ? kept : [text.trim()].filter(Boolean)).slice(0, MOST_SENTENCES);
}

/** The k nearest pairs, each sentence in one pair only, best first. Rows: sentences of a, then of b, any length. */
export function nearestPairs(a: readonly string[], b: readonly string[], vectors: Float32Array, dim: number, k: number): SentencePair[] {
  const row = (r: number): Float32Array => vectors.subarray(r * dim, (r + 1) * dim);
  const lengths = Array.from({ length: a.length + b.length }, (_, r) => Math.hypot(...row(r)));
  const pairs = a.flatMap((_, i) =>
    b.map((__, j) => {
      const [x, y] = [row(i), row(a.length + j)];
      let dot = 0;
      for (let d = 0; d < dim; d++) dot += x[d]! * y[d]!;
      const scale = lengths[i]! * lengths[a.length + j]!;
      return { i, j, cosine: scale > 0 ? dot / scale : 0 };
    }),
  ).sort((p, q) => q.cosine - p.cosine || p.i - q.i || p.j - q.j);
  const out: SentencePair[] = [];
  const [left, right] = [new Set<number>(), new Set<number>()];
  for (const { i, j, cosine } of pairs) {
    if (out.length === k) break;
    if (left.has(i) || right.has(j)) continue;
    left.add(i);
    right.add(j);
    out.push({ a: a[i]!, b: b[j]!, cosine });
  }
  return out;
}
