/** The words two texts have in common, by how much each adds to the cosine of their tf-idf vectors. */
import type { EntityTable } from '../core/dataset';
import { textsOf } from './text-input';

const SHOWN = 6;
const WORD = /[\p{L}\p{N}\p{M}_']{2,}/gu;
const wordsOf = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];

interface Corpus {
  texts: string[];
  /** Texts with the word. */
  df: Map<string, number>;
}
/** Counting a column's words takes a moment, so it is done once for a table. */
const corpora = new WeakMap<EntityTable, Map<string, Corpus | null>>();

/** Vectors of several columns are named 'title + artist'. */
function corpusOf(items: EntityTable, name: string): Corpus | null {
  let known = corpora.get(items);
  if (!known) corpora.set(items, (known = new Map()));
  const before = known.get(name);
  if (before !== undefined) return before;
  const exact = items.columns.filter((c) => c.name === name);
  const columns = exact.length > 0 ? exact : items.columns.filter((c) => name.split(' + ').includes(c.name));
  let corpus: Corpus | null = null;
  if (columns.length > 0) {
    const each = columns.map(textsOf);
    const texts = items.ids.map((_, i) => each.map((t) => t[i] ?? '').join('. '));
    const df = new Map<string, number>();
    for (const text of texts) for (const word of new Set(wordsOf(text))) df.set(word, (df.get(word) ?? 0) + 1);
    corpus = { texts, df };
  }
  known.set(name, corpus);
  return corpus;
}

/** tf·ln(I / df), as a map. */
function weights({ texts, df }: Corpus, i: number): Map<string, number> {
  const tf = new Map<string, number>();
  for (const word of wordsOf(texts[i]!)) tf.set(word, (tf.get(word) ?? 0) + 1);
  return new Map([...tf].map(([word, n]) => [word, n * Math.log(texts.length / df.get(word)!)]));
}

/** @returns at most six words, the weightiest first; `share` of the cosine, between 0 and 1. Empty where the column is not in the table. */
export function sharedWords(items: EntityTable, column: string, a: number, b: number): { word: string; share: number }[] {
  const corpus = corpusOf(items, column);
  if (!corpus) return [];
  const [x, y] = [weights(corpus, a), weights(corpus, b)];
  const both = [...x].flatMap(([word, w]) => (y.has(word) ? [{ word, product: w * y.get(word)! }] : [])).filter((p) => p.product > 0);
  const total = both.reduce((sum, p) => sum + p.product, 0);
  return both.sort((p, q) => q.product - p.product || (p.word < q.word ? -1 : 1)).slice(0, SHOWN).map(({ word, product }) => ({ word, share: product / total }));
}
