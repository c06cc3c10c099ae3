/**
 * TF-IDF and BM25 weights of a matrix whose rows are documents and whose columns are terms.
 * Which side is the documents changes everything, so callers say it: 'rows' or 'columns'.
 */
import { transpose, type Csr } from './csr';

export type Weighting = 'none' | 'tfidf' | 'bm25';

export interface WeightedMatrix {
  matrix: Csr;
  /** Weights of one more row that was not there when the statistics were taken. */
  weighRow(index: ArrayLike<number>, value: ArrayLike<number>): Float64Array;
}

/** K1 and B of Dacrema et al. (TOIS 2021) for neighbourhood models. */
const K1 = 1.2;
const B = 0.75;

/**
 * bm25:  v (K1+1) / (K1 (1 − B + B·length/mean length) + v) · idf;  length = sum of the document, the mean counts empty documents too.
 * tfidf: √v · idf.   idf = ln(documents) − ln(1 + documents that have the term); it is below 0 for a term that all documents have.
 */
export function weigh(m: Csr, kind: Weighting, documents: 'rows' | 'columns', k1 = K1, b = B): WeightedMatrix {
  if (kind === 'none') return { matrix: m, weighRow: (_, value) => Float64Array.from(value) };
  const byDocument = documents === 'rows' ? m : transpose(m);
  const length = new Float64Array(byDocument.rows);
  const have = new Float64Array(byDocument.cols);
  for (let d = 0; d < byDocument.rows; d++) {
    for (let e = byDocument.start[d]!; e < byDocument.start[d + 1]!; e++) {
      length[d]! += byDocument.value[e]!;
      have[byDocument.index[e]!]!++;
    }
  }
  const D = byDocument.rows;
  const mean = length.reduce((s, x) => s + x, 0) / D;
  const idfOf = (documentsWithIt: number): number => Math.log(D) - Math.log1p(documentsWithIt);
  const idf = have.map(idfOf);
  const one = (v: number, documentLength: number, termIdf: number): number =>
    (kind === 'tfidf' ? Math.sqrt(v) : (v * (k1 + 1)) / (k1 * (1 - b + (b * documentLength) / mean) + v)) * termIdf;

  const value = new Float64Array(m.value.length);
  for (let r = 0; r < m.rows; r++) {
    for (let e = m.start[r]!; e < m.start[r + 1]!; e++) {
      const c = m.index[e]!;
      value[e] = documents === 'rows' ? one(m.value[e]!, length[r]!, idf[c]!) : one(m.value[e]!, length[c]!, idf[r]!);
    }
  }
  return {
    matrix: { ...m, value },
    weighRow(index, given) {
      let sum = 0;
      for (let n = 0; n < given.length; n++) sum += given[n]!;
      const own = idfOf(index.length);
      return Float64Array.from(given, (v, n) => {
        const c = index[n]!;
        return documents === 'rows' ? one(v, sum, idf[c]!) : one(v, length[c]!, own);
      });
    },
  };
}
