/** Nearest neighbours among text vectors, by cosine, exactly: 20,000 items × 384 numbers take about 10 ms. Pure. */
import type { TextVectors } from '../../core/dataset';

export interface Neighbour {
  item: number;
  cosine: number;
}

const normsOf = new WeakMap<TextVectors, Float64Array>();

/** Length of each row, [I]; 0 where the item has no text. Shipped vectors may be rounded, so they are not taken to be 1. */
export function rowNorms(v: TextVectors): Float64Array {
  const known = normsOf.get(v);
  if (known) return known;
  const norms = new Float64Array(v.vectors.length / v.dim);
  for (let i = 0; i < norms.length; i++) {
    let square = 0;
    for (let d = i * v.dim; d < (i + 1) * v.dim; d++) square += v.vectors[d]! ** 2;
    norms[i] = Math.sqrt(square);
  }
  normsOf.set(v, norms);
  return norms;
}

/** Cosine of two items; 0 where one has no text. */
export function cosine(v: TextVectors, a: number, b: number): number {
  const norms = rowNorms(v);
  const scale = norms[a]! * norms[b]!;
  if (scale === 0) return 0;
  let dot = 0;
  const shift = (b - a) * v.dim;
  for (let d = a * v.dim; d < (a + 1) * v.dim; d++) dot += v.vectors[d]! * v.vectors[d + shift]!;
  return dot / scale;
}

/**
 * The k items nearest to `item`, nearest first, ties to the lower index. The item itself, items without text and those
 * that `skip` names are left out. Empty where the item has no text.
 */
export function nearest(v: TextVectors, item: number, k: number, skip: (other: number) => boolean = () => false): Neighbour[] {
  const norms = rowNorms(v);
  if (!norms[item]) return [];
  const best: Neighbour[] = [];
  for (let i = 0; i < norms.length; i++) {
    if (i === item || norms[i] === 0) continue;
    const c = cosine(v, item, i);
    if (best.length === k && c <= best[k - 1]!.cosine) continue;
    if (skip(i)) continue;
    let at = best.length;
    while (at > 0 && best[at - 1]!.cosine < c) at--;
    best.splice(at, 0, { item: i, cosine: c });
    if (best.length > k) best.pop();
  }
  return best;
}
