/**
 * TF-IDF as an encoder. The sparse rows answer "what is near, and which words make it so"; models want a short dense row, which
 * latent semantic analysis gives: the leading right singular vectors of the TF-IDF matrix (Deerwester et al. 1990), rows of length 1.
 */
import type { Csr } from '../../math/csr';
import { toUnitRows, zeroRows } from '../../math/standardise';
import { truncatedSvd } from '../../math/truncated-svd';
import { createRandom } from '../../core/random';
import { corpusName } from '../corpus-name';
import type { Encoder } from '../encoder';
import { stopWordsOf, type StopWordList } from '../stop-words';
import { countKnownTerms, countTerms, type TermCounts } from '../tokens';
import { tfidfRows, weighted } from './tfidf';

export interface TfidfSettings {
  ngrams: readonly [from: number, to: number];
  minDf: number;
  maxDf: number;
  maxTerms: number;
  stopWords: StopWordList;
  sublinear: boolean;
  /** Length of the dense rows; fewer where there are fewer texts or terms. */
  dim: number;
  seed: number;
}
export const TFIDF_DEFAULTS: TfidfSettings = { ngrams: [1, 1], minDf: 2, maxDf: 0.5, maxTerms: 50_000, stopWords: 'english', sublinear: true, dim: 128, seed: 42 };

export interface FittedTfidf extends TermCounts {
  idf: Float64Array; // [T]
  weights: Csr; // [D, T], rows of length 1 or empty
  /** What dense rows are made with, once they were made: the leading right singular vectors. [f, T] */
  right: Float64Array | null;
}
/** @throws Problem when no term is left */
export function fitTfidf(texts: readonly string[], settings: TfidfSettings): FittedTfidf {
  const counted = countTerms(texts, { ...settings, stopWords: stopWordsOf(settings.stopWords) });
  return { ...counted, ...tfidfRows(counted, settings.sublinear), right: null };
}

/** Rows that only feed models need no exact singular vectors. */
const CLOSE_ENOUGH = 1e-3;

/** Dense rows of the fitted texts: weights times the leading singular vectors, then length 1. Leaves the singular vectors with `fitted`. */
async function latentRows(fitted: FittedTfidf, dim: number, seed: number, step: (done: number) => Promise<void> | undefined): Promise<{ dim: number; vectors: Float32Array }> {
  const { weights } = fitted;
  const found = await truncatedSvd(weights, Math.min(dim, weights.rows, weights.cols), createRandom(seed, 'lsa'), step, CLOSE_ENOUGH);
  const f = found.singular.filter((s) => s > 0).length;
  fitted.right = Float64Array.from(found.right.subarray(0, f * weights.cols));
  return { dim: f, vectors: denseRows(weights, fitted.right, f) };
}

/** @param right [f, T]  @returns [D, f], rows of length 1, or zeros where no term is known */
function denseRows(weights: Csr, right: Float64Array, f: number): Float32Array {
  const out = new Float64Array(weights.rows * f);
  for (let d = 0; d < weights.rows; d++) {
    for (let n = weights.start[d]!; n < weights.start[d + 1]!; n++) {
      const t = weights.index[n]!;
      const w = weights.value[n]!;
      for (let k = 0; k < f; k++) out[d * f + k]! += w * right[k * weights.cols + t]!;
    }
  }
  return Float32Array.from(toUnitRows(out, f));
}

/** Rows of texts that the fit never saw: its terms, its idf, its singular vectors. @throws RangeError before dense rows were made */
export function unseenTfidf(fitted: FittedTfidf, texts: readonly string[], settings: Pick<TfidfSettings, 'ngrams' | 'stopWords' | 'sublinear'>): Float32Array {
  if (!fitted.right) throw new RangeError('There are no singular vectors yet: embed the corpus first.');
  const counts = countKnownTerms(texts, fitted.terms, { ngrams: settings.ngrams, stopWords: stopWordsOf(settings.stopWords) });
  return denseRows(weighted(counts, fitted.idf, settings.sublinear), fitted.right, fitted.right.length / fitted.terms.length);
}

/** An encoder that learns from the texts it is given: `dim` and `encoder` are known after `embed`. */
export function createTfidf(settings: TfidfSettings = TFIDF_DEFAULTS): Encoder & { fitted(): FittedTfidf | null } {
  let fitted: FittedTfidf | null = null;
  const encoder = {
    encoder: 'tfidf-lsa@1',
    dim: settings.dim,
    fitted: () => fitted,
    async embed(texts: readonly string[], onProgress?: Parameters<Encoder['embed']>[1], signal?: AbortSignal) {
      const total = texts.filter((t) => t.trim() !== '').length;
      onProgress?.({ done: 0, total, share: 0.01 });
      fitted = fitTfidf(texts, settings);
      let last = performance.now();
      const { dim, vectors } = await latentRows(fitted, settings.dim, settings.seed, (done) => {
        if (performance.now() - last < 60) return undefined;
        last = performance.now();
        onProgress?.({ done: 0, total, share: 0.1 + 0.85 * (1 - 1 / (1 + done / 10)) });
        return new Promise<void>((resolve) => setTimeout(resolve)).then(() => signal?.throwIfAborted());
      });
      signal?.throwIfAborted();
      encoder.dim = dim;
      encoder.encoder = corpusName('tfidf-lsa@1', settings, texts);
      onProgress?.({ done: total, total, share: 1 });
      return { vectors, missing: zeroRows(vectors, dim) };
    },
  };
  return encoder;
}
