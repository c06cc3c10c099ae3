/** Words of a text, and which of them a corpus keeps: the first step of TF-IDF, LDA and Word2Vec. */
import { csrFromTriplets, type Csr } from '../math/csr';
import { Problem } from '../core/problem';

/** Runs of at least two letters, digits, marks or underscores: what scikit-learn's default pattern finds in the lower-cased text. */
const WORD = /[\p{L}\p{N}\p{M}_]{2,}/gu;

/** Lower-cased words in reading order. Scripts without spaces (Chinese, Thai) give whole runs: see `looksUnspaced`. */
export const tokenise = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];

/** All n-grams of `from` to `to` words, shortest first; the words of one n-gram are joined by one space. */
function ngrams(words: readonly string[], from: number, to: number): string[] {
  if (from === 1 && to === 1) return [...words];
  const out: string[] = [];
  for (let n = from; n <= to; n++) for (let k = 0; k + n <= words.length; k++) out.push(words.slice(k, k + n).join(' '));
  return out;
}

/** Whether most words are long runs of a script written without spaces, where words cannot be told apart this way. */
export function looksUnspaced(words: readonly string[]): boolean {
  const unspaced = words.filter((w) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(w));
  return words.length > 0 && unspaced.length * 2 > words.length;
}

/** What to do where no word is found twice because none can be told from its neighbours. */
export const UNSPACED_REMEDY = 'These texts are in a script written without spaces, where a whole phrase counts as one word and is hardly found twice. Hashed n-grams go by pieces of words and read them.';

export interface VocabularyOptions {
  ngrams: readonly [from: number, to: number];
  /** Terms in fewer documents are dropped. */
  minDf: number;
  /** Terms in more than this share of the documents are dropped; 1 keeps all. */
  maxDf: number;
  /** Only so many terms are kept, the most frequent by count; ties by code point. */
  maxTerms: number;
  stopWords: ReadonlySet<string>;
}

/** Documents as term counts. D documents, T terms. */
export interface TermCounts {
  /** In code-point order. */
  terms: string[];
  /** Documents per term. */
  df: Int32Array; // [T]
  counts: Csr; // [D, T]
}

/** @throws Problem when no term is left, with what would leave some */
export function countTerms(texts: readonly string[], options: VocabularyOptions): TermCounts {
  const { stopWords, minDf, maxDf, maxTerms } = options;
  const ids = new Map<string, number>();
  const names: string[] = [];
  const rows: number[] = [];
  const cols: number[] = [];
  let words = 0;
  texts.forEach((text, d) => {
    const kept = tokenise(text).filter((w) => !stopWords.has(w));
    words += kept.length;
    for (const term of ngrams(kept, ...options.ngrams)) {
      let id = ids.get(term);
      if (id === undefined) {
        id = names.length;
        ids.set(term, id);
        names.push(term);
      }
      rows.push(d);
      cols.push(id);
    }
  });
  if (words === 0) throw new Problem('These texts hold no words.', {}, 'Choose a column with text, or another list of stop words.');
  const all = csrFromTriplets(texts.length, names.length, rows, cols, null);
  const df = new Int32Array(names.length);
  const total = new Float64Array(names.length);
  for (let n = 0; n < all.index.length; n++) {
    df[all.index[n]!]!++;
    total[all.index[n]!]! += all.value[n]!;
  }
  let kept = Array.from(names.keys()).filter((t) => df[t]! >= minDf && df[t]! <= maxDf * texts.length);
  if (kept.length === 0) {
    throw new Problem(
      `None of the ${names.length} different terms is in at least ${minDf} and at most ${Math.floor(maxDf * texts.length)} of the ${texts.length} texts.`,
      {}, looksUnspaced(names) ? UNSPACED_REMEDY : 'Lower the least, or raise the greatest, number of texts a term may be in.',
    );
  }
  const byCodePoint = (a: number, b: number): number => compareCodePoints(names[a]!, names[b]!);
  if (kept.length > maxTerms) kept = kept.sort((a, b) => total[b]! - total[a]! || byCodePoint(a, b)).slice(0, maxTerms);
  kept.sort(byCodePoint);
  const place = new Int32Array(names.length).fill(-1);
  kept.forEach((t, k) => (place[t] = k));
  return { terms: kept.map((t) => names[t]!), df: Int32Array.from(kept, (t) => df[t]!), counts: withColumns(all, place, kept.length) };
}

/** Texts as counts of terms that are known already; all others are passed over. [texts, T] */
export function countKnownTerms(texts: readonly string[], terms: readonly string[], options: Pick<VocabularyOptions, 'ngrams' | 'stopWords'>): Csr {
  const ids = new Map(terms.map((t, k) => [t, k]));
  const rows: number[] = [];
  const cols: number[] = [];
  texts.forEach((text, d) => {
    for (const term of ngrams(tokenise(text).filter((w) => !options.stopWords.has(w)), ...options.ngrams)) {
      const id = ids.get(term);
      if (id === undefined) continue;
      rows.push(d);
      cols.push(id);
    }
  });
  return csrFromTriplets(texts.length, terms.length, rows, cols, null);
}

/** The matrix with column c moved to place[c], or left out where that is −1. */
function withColumns(m: Csr, place: Int32Array, cols: number): Csr {
  const row: number[] = [];
  const col: number[] = [];
  const value: number[] = [];
  for (let r = 0; r < m.rows; r++) {
    for (let n = m.start[r]!; n < m.start[r + 1]!; n++) {
      const at = place[m.index[n]!]!;
      if (at < 0) continue;
      row.push(r);
      col.push(at);
      value.push(m.value[n]!);
    }
  }
  return csrFromTriplets(m.rows, cols, row, col, value);
}

/** Order by code point, which is not the order of UTF-16 units where letters lie beyond the basic plane. */
export function compareCodePoints(a: string, b: string): number {
  const x = [...a];
  const y = [...b];
  for (let k = 0; k < x.length && k < y.length; k++) {
    const d = x[k]!.codePointAt(0)! - y[k]!.codePointAt(0)!;
    if (d !== 0) return d;
  }
  return x.length - y.length;
}
