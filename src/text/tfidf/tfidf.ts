/** TF-IDF with smoothed idf and rows of length 1: weight = tf · (ln((1 + D)/(1 + df)) + 1), Salton & Buckley 1988 in scikit-learn's form. */
import type { Csr } from '../../math/csr';
import type { TermCounts } from '../tokens';

/** ln((1 + documents) / (1 + document frequency)) + 1 */
const inverseDocumentFrequency = (df: ArrayLike<number>, documents: number): Float64Array =>
  Float64Array.from({ length: df.length }, (_, t) => Math.log((1 + documents) / (1 + df[t]!)) + 1);

/** @param sublinear tf = 1 + ln(count) instead of the count; a row without terms stays empty */
export function tfidfRows({ counts, df }: TermCounts, sublinear = false): { idf: Float64Array; weights: Csr } {
  const idf = inverseDocumentFrequency(df, counts.rows);
  return { idf, weights: weighted(counts, idf, sublinear) };
}

/** Counts [D, T] times idf, rows brought to length 1. */
export function weighted(counts: Csr, idf: Float64Array, sublinear: boolean): Csr {
  const value = new Float64Array(counts.value.length);
  for (let d = 0; d < counts.rows; d++) {
    let square = 0;
    for (let n = counts.start[d]!; n < counts.start[d + 1]!; n++) {
      const count = counts.value[n]!;
      const w = (sublinear ? 1 + Math.log(count) : count) * idf[counts.index[n]!]!;
      value[n] = w;
      square += w * w;
    }
    const norm = Math.sqrt(square);
    for (let n = counts.start[d]!; n < counts.start[d + 1]!; n++) value[n]! /= norm;
  }
  return { ...counts, value };
}

/** What two documents share: terms with their part of the cosine, largest first. */
export function sharedTerms(weights: Csr, a: number, b: number): { term: number; part: number }[] {
  const out: { term: number; part: number }[] = [];
  let m = weights.start[b]!;
  for (let n = weights.start[a]!; n < weights.start[a + 1]!; n++) {
    while (m < weights.start[b + 1]! && weights.index[m]! < weights.index[n]!) m++;
    if (m < weights.start[b + 1]! && weights.index[m] === weights.index[n]) out.push({ term: weights.index[n]!, part: weights.value[n]! * weights.value[m]! });
  }
  return out.sort((x, y) => y.part - x.part || x.term - y.term);
}
