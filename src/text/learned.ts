/** What a learner knows once it has read the texts, and the questions it can answer: what is near, and why. */
import { Problem } from '../core/problem';
import { Documents, expectedTopics } from './lda/lda';
import { createLda, fitLda, topicShares, topTerms, unseenTopics, type FittedLda, type LdaSettings } from './lda/encode';
import type { Encoded, Encoder } from './encoder';
import type { Learner } from './learner-cards';
import { createTfidf, unseenTfidf, type FittedTfidf } from './tfidf/encode';
import { sharedTerms } from './tfidf/tfidf';
import { compareCodePoints, looksUnspaced, tokenise } from './tokens';
import { createWord2Vec, nearestWords, unseenRows, type FittedWord2Vec } from './word2vec/encode';
import { toUnitRows } from '../math/standardise';

export type Learned = Encoded & { encoder: string; dim: number } & ({ id: 'tfidf'; fitted: FittedTfidf } | { id: 'word2vec'; fitted: FittedWord2Vec } | { id: 'lda'; fitted: FittedLda });
export interface Neighbour {
  item: number;
  cosine: number;
  reasons: { label: string; part: number }[];
}
/** Reasons given for one neighbour. */
const REASONS = 6;

/** Reads the texts. @throws Problem where there is too little to learn from */
export async function learn(learner: Learner, texts: readonly string[], onProgress?: Parameters<Encoder['embed']>[1], signal?: AbortSignal): Promise<Learned> {
  const read = async <F>(encoder: Encoder & { fitted(): F | null }): Promise<Encoded & { encoder: string; dim: number; fitted: F }> => {
    const encoded = await encoder.embed(texts, onProgress, signal);
    return { ...encoded, encoder: encoder.encoder, dim: encoder.dim, fitted: encoder.fitted()! };
  };
  switch (learner.id) {
    case 'tfidf':
      return { id: 'tfidf', ...(await read(createTfidf(learner.settings))) };
    case 'word2vec':
      return { id: 'word2vec', ...(await read(createWord2Vec(learner.settings))) };
    case 'lda':
      return { id: 'lda', ...(await read(createLda(learner.settings))) };
  }
}

/**
 * Vectors of texts that were not among those learned from, by what was learned: a text of the corpus gets its own row. Zeros where no word is known.
 * @param learner the very one that `learned` came from
 * @returns [texts, dim]
 */
export function embedUnseen(learned: Learned, learner: Learner, texts: readonly string[]): Float32Array {
  if (learned.id === 'tfidf' && learner.id === 'tfidf') return unseenTfidf(learned.fitted, texts, learner.settings);
  if (learned.id === 'lda' && learner.id === 'lda') return unseenTopics(learned.fitted, texts, learner.settings);
  if (learned.id === 'word2vec') return unseenRows(learned.fitted, texts);
  throw new RangeError(`What was learned is ${learned.id}, the settings are of ${learner.id}.`);
}

/** Sentences worth showing beside the vectors: size of the vocabulary, what was left out, what does not fit. */
export function factsOf(learned: Learned, texts: readonly string[]): string[] {
  const facts: string[] = [];
  const number = (n: number): string => n.toLocaleString('en');
  if (learned.id === 'word2vec') {
    const { fitted } = learned;
    facts.push(`${number(fitted.words.length)} words, ${number(fitted.texts.reduce((s, t) => s + t.length, 0))} occurrences.`);
    if (fitted.texts.reduce((s, t) => s + t.length, 0) < 50_000) facts.push('That is little to learn words from: take neighbours of rare words with a grain of salt, or read the texts more often.');
  } else {
    facts.push(`${number(learned.fitted.terms.length)} terms.`);
    if (learned.id === 'lda') facts.push(`Perplexity ${number(Math.round(learned.fitted.perplexity))} on these texts.`);
  }
  const sample = texts.slice(0, 200).flatMap(tokenise);
  if (looksUnspaced(sample)) facts.push('These texts are in a script written without spaces: whole phrases count as one word, so expect little.');
  if (new Set(texts.filter((t) => t.trim() !== '')).size === 1) facts.push('All texts are alike: their vectors tell no item from another.');
  return facts;
}

/** The k texts nearest to text `item`, ties by ascending row, each with what makes it near. Empty where the text has no known word. */
export function near(learned: Learned, item: number, k: number): Neighbour[] {
  const rows = learned.vectors.length / learned.dim;
  if (!(item >= 0 && item < rows)) throw new Problem(`There is no text ${item}.`, {}, `Choose from 0 to ${rows - 1}.`);
  const cosines = learned.id === 'tfidf' ? sparseCosines(learned.fitted, item) : denseCosines(learned.vectors, learned.dim, item);
  const order = Array.from(cosines.keys())
    .filter((r) => r !== item && cosines[r]! > 0)
    .sort((a, b) => cosines[b]! - cosines[a]! || a - b);
  return order.slice(0, k).map((r) => ({ item: r, cosine: cosines[r]!, reasons: reasonsFor(learned, item, r).slice(0, REASONS) }));
}

function sparseCosines({ weights }: FittedTfidf, item: number): Float64Array {
  const own = new Float64Array(weights.cols);
  for (let n = weights.start[item]!; n < weights.start[item + 1]!; n++) own[weights.index[n]!] = weights.value[n]!;
  const out = new Float64Array(weights.rows);
  for (let r = 0; r < weights.rows; r++) for (let n = weights.start[r]!; n < weights.start[r + 1]!; n++) out[r]! += own[weights.index[n]!]! * weights.value[n]!;
  return out;
}
function denseCosines(vectors: Float32Array, dim: number, item: number): Float64Array {
  const out = new Float64Array(vectors.length / dim);
  for (let r = 0; r < out.length; r++) for (let d = 0; d < dim; d++) out[r]! += vectors[item * dim + d]! * vectors[r * dim + d]!;
  return out;
}

function reasonsFor(learned: Learned, a: number, b: number): { label: string; part: number }[] {
  switch (learned.id) {
    case 'tfidf':
      return sharedTerms(learned.fitted.weights, a, b).map(({ term, part }) => ({ label: learned.fitted.terms[term]!, part }));
    case 'lda':
      return sharedTopics(learned, a, b);
    case 'word2vec':
      return likeWords(learned.fitted, a, b);
  }
}

/** Topics by their part of the cosine, √(shares of both), each named by its three words. */
function sharedTopics({ fitted, vectors, dim }: Extract<Learned, { id: 'lda' }>, a: number, b: number): { label: string; part: number }[] {
  return Array.from({ length: dim }, (_, t) => ({ t, part: vectors[a * dim + t]! * vectors[b * dim + t]! }))
    .filter(({ part }) => part > 0.05)
    .sort((x, y) => y.part - x.part)
    .map(({ t, part }) => ({ label: topTerms(fitted, t, 3).map(({ term }) => term).join(' · '), part }));
}

/** Pairs of words, one of each text, that are nearest to each other; a word both have counts as a pair with itself. */
function likeWords(fitted: FittedWord2Vec, a: number, b: number): { label: string; part: number }[] {
  const { dim } = fitted;
  // The most frequent words are near everything and say nothing.
  const plain = Math.min(100, Math.floor(fitted.words.length / 10));
  const [own, other] = [a, b].map((t) => [...new Set(fitted.texts[t]!)]) as [number[], number[]];
  const unit = (w: number): Float32Array => toUnitRows(fitted.vectors.slice(w * dim, (w + 1) * dim), dim);
  const units = new Map([...own, ...other].map((w) => [w, unit(w)]));
  const pairs: { v: number; w: number; part: number }[] = [];
  for (const v of own) {
    let best = { v, w: -1, part: -Infinity };
    for (const w of other) {
      const x = units.get(v)!;
      const y = units.get(w)!;
      let dot = 0;
      for (let d = 0; d < dim; d++) dot += x[d]! * y[d]!;
      if (dot > best.part && v >= plain && w >= plain) best = { v, w, part: dot };
    }
    if (best.w >= 0) pairs.push(best);
  }
  return pairs.sort((x, y) => y.part - x.part || x.v - y.v).map(({ v, w, part }) => ({ label: v === w ? fitted.words[v]! : `${fitted.words[v]!} ~ ${fitted.words[w]!}`, part }));
}

export interface Topics {
  topics: { terms: { term: string; share: number }[]; share: number }[];
  shares: Float32Array; // [D, K]
  perplexity: number;
}
export function topicTable(fitted: FittedLda, terms: number): Topics {
  const shares = Float32Array.from(topicShares(fitted));
  const K = fitted.model.topics;
  const sums = new Float64Array(K);
  let words = 0;
  for (let d = 0; d < fitted.counts.rows; d++) {
    let length = 0;
    for (let n = fitted.counts.start[d]!; n < fitted.counts.start[d + 1]!; n++) length += fitted.counts.value[n]!;
    words += length;
    for (let k = 0; k < K; k++) sums[k]! += length * shares[d * K + k]!;
  }
  return { topics: Array.from({ length: K }, (_, k) => ({ terms: topTerms(fitted, k, terms), share: sums[k]! / words })), shares, perplexity: fitted.perplexity };
}

/** Words nearest to Σ plus − Σ minus; words the vocabulary lacks are named, with some it has. */
export function wordQuery(fitted: FittedWord2Vec, plus: readonly string[], minus: readonly string[], k: number): { words: { word: string; cosine: number; count: number }[]; unknown: string[]; common: string[] } {
  const index = new Map(fitted.words.map((w, n) => [w, n]));
  const fold = (w: string): string => w.trim().toLowerCase();
  const unknown = [...plus, ...minus].map(fold).filter((w) => !index.has(w));
  const common = fitted.words.slice(20, 60).sort(compareCodePoints).slice(0, 12);
  if (unknown.length > 0 || plus.length === 0) return { words: [], unknown, common };
  const found = nearestWords(fitted, plus.map((w) => index.get(fold(w))!), minus.map((w) => index.get(fold(w))!), k);
  return { words: found.map(({ word, cosine }) => ({ word: fitted.words[word]!, cosine, count: fitted.counts[word]! })), unknown, common };
}

/** Every tenth text with words is held out; topics are learned from the rest. Held-out perplexity for each number of topics. */
export async function heldOutPerplexity(texts: readonly string[], settings: LdaSettings, counts: readonly number[], step: (share: number) => Promise<void> | undefined): Promise<{ topics: number; perplexity: number }[]> {
  const filled = texts.filter((t) => t.trim() !== '');
  if (filled.length < 20) throw new Problem(`There are ${filled.length} texts, too few to hold some out.`, {}, 'Twenty are needed.');
  const kept = filled.filter((_, n) => n % 10 !== 0);
  const held = filled.filter((_, n) => n % 10 === 0);
  const out: { topics: number; perplexity: number }[] = [];
  for (const [n, topics] of counts.entries()) {
    const fitted = await fitLda(kept, { ...settings, topics }, (done, total) => step((n + done / total) / counts.length));
    out.push({ topics, perplexity: documentPerplexity(fitted, held) });
  }
  return out;
}

/**
 * exp(−mean ln p(w)) of the second half of each held-out text, its topics inferred from the first half ("document completion",
 * Wallach et al. 2009): numbers of topics can be compared, which the bound's own perplexity does not allow. Words unknown to the topics are left out.
 */
function documentPerplexity({ model, terms }: FittedLda, held: readonly string[]): number {
  const index = new Map(terms.map((t, n) => [t, n]));
  const { topics: K, terms: T, lambda } = model;
  const B = expectedTopics(model);
  const sums = Array.from({ length: K }, (_, k) => lambda.subarray(k * T, (k + 1) * T).reduce((s, x) => s + x, 0));
  const gamma = new Float64Array(K);
  let logs = 0;
  let words = 0;
  for (const text of held) {
    const known = tokenise(text).flatMap((w) => index.get(w) ?? []);
    const [seen, asked] = [known.filter((_, n) => n % 2 === 0), known.filter((_, n) => n % 2 === 1)];
    const counts = { rows: 1, cols: T, start: Int32Array.of(0, seen.length), index: Int32Array.from(seen), value: new Float64Array(seen.length).fill(1) };
    new Documents(counts, model.alpha, K).infer(0, B, gamma);
    const total = gamma.reduce((s, x) => s + x, 0);
    for (const w of asked) {
      let p = 0;
      for (let k = 0; k < K; k++) p += ((gamma[k]! / total) * lambda[k * T + w]!) / sums[k]!;
      logs += Math.log(p);
      words++;
    }
  }
  if (words === 0) throw new Problem('The texts held out share no word with those the topics are learned from, so there is nothing to measure by.', {}, 'Lower the least number of texts a word may be in, or choose longer texts.');
  return Math.exp(-logs / words);
}
