/** Topics as vectors: a text's dense row is the square root of its topic shares, which has length 1, so a cosine is the Bhattacharyya coefficient of two mixtures. */
import { createRandom, type Random } from '../../core/random';
import { Problem } from '../../core/problem';
import type { Csr } from '../../math/csr';
import { corpusName } from '../corpus-name';
import type { Encoder } from '../encoder';
import { stopWordsOf, type StopWordList } from '../stop-words';
import { countKnownTerms, countTerms } from '../tokens';
import { bound, Documents, expectedTopics, learningRate, mStep, type LdaModel } from './lda';

export interface LdaSettings {
  topics: number;
  passes: number;
  /** Documents per online update. */
  batch: number;
  /** Priors; 0 = 1 / topics. */
  alpha: number;
  beta: number;
  offset: number;
  decay: number;
  minDf: number;
  maxDf: number;
  maxTerms: number;
  stopWords: StopWordList;
  seed: number;
}
export const LDA_DEFAULTS: LdaSettings = {
  topics: 10, passes: 20, batch: 32, alpha: 0, beta: 0, offset: 10, decay: 0.7, minDf: 2, maxDf: 0.5, maxTerms: 50_000, stopWords: 'english', seed: 42,
};

export interface FittedLda {
  terms: string[];
  counts: Csr; // [D, T]
  model: LdaModel;
  gamma: Float64Array; // [D, K]
  /** exp(−bound / words) over the texts it was fitted on. */
  perplexity: number;
}
export type LdaStep = (done: number, total: number) => Promise<void> | undefined;

/** λ at the start: every entry Gamma(100, 1/100), as Hoffman et al. do, drawn by Marsaglia & Tsang (2000). */
export function startTopics(topics: number, terms: number, random: Random): Float64Array {
  const d = 100 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return Float64Array.from({ length: topics * terms }, () => {
    for (;;) {
      const x = random.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / 100;
    }
  });
}

/** One pass over the documents in the order given, in batches. `updates` counts M-steps so far; the new count is returned. */
export async function onlinePass(model: LdaModel, counts: Csr, order: ArrayLike<number>, settings: Pick<LdaSettings, 'batch' | 'offset' | 'decay'>, updates: number, step?: (done: number) => Promise<void> | undefined): Promise<number> {
  const documents = new Documents(counts, model.alpha, model.topics);
  const gamma = new Float64Array(model.topics);
  for (let from = 0; from < order.length; from += settings.batch) {
    const to = Math.min(order.length, from + settings.batch);
    const B = expectedTopics(model);
    const statistics = new Float64Array(model.terms * model.topics);
    for (let n = from; n < to; n++) {
      documents.infer(order[n]!, B, gamma);
      documents.addTo(order[n]!, B, statistics);
      await step?.(n);
    }
    mStep(model, statistics, learningRate(++updates, settings.offset, settings.decay), order.length / (to - from));
  }
  return updates;
}

/** γ of all documents under fixed topics. [D, K] */
export function inferAll(model: LdaModel, counts: Csr): Float64Array {
  const documents = new Documents(counts, model.alpha, model.topics);
  const B = expectedTopics(model);
  const gamma = new Float64Array(counts.rows * model.topics);
  for (let d = 0; d < counts.rows; d++) documents.infer(d, B, gamma.subarray(d * model.topics, (d + 1) * model.topics));
  return gamma;
}

/** @throws Problem when no term is left, or there are more topics than texts */
export async function fitLda(texts: readonly string[], settings: LdaSettings, step?: LdaStep): Promise<FittedLda> {
  const filled = texts.filter((t) => t.trim() !== '').length;
  if (settings.topics > filled) throw new Problem(`${settings.topics} topics were asked for, and there are ${filled} texts.`, {}, `Choose from 2 to ${Math.max(2, Math.min(100, filled))} topics.`);
  const { terms, counts } = countTerms(texts, { ...settings, ngrams: [1, 1], stopWords: stopWordsOf(settings.stopWords) });
  const random = createRandom(settings.seed, 'lda');
  const model: LdaModel = {
    topics: settings.topics, terms: terms.length,
    alpha: settings.alpha || 1 / settings.topics, beta: settings.beta || 1 / settings.topics,
    lambda: startTopics(settings.topics, terms.length, random.stream('topics')),
  };
  const order = Int32Array.from({ length: counts.rows }, (_, d) => d).filter((d) => counts.start[d + 1]! > counts.start[d]!);
  const shuffle = random.stream('order');
  let updates = 0;
  for (let pass = 0; pass < settings.passes; pass++) {
    shuffle.shuffle(order);
    updates = await onlinePass(model, counts, order, settings, updates, step && ((done) => step(pass * order.length + done, settings.passes * order.length)));
  }
  const gamma = inferAll(model, counts);
  const words = counts.value.reduce((s, v) => s + v, 0);
  return { terms, counts, model, gamma, perplexity: Math.exp(-bound(model, counts, gamma) / words) };
}

/** Terms of topic k by probability, ties by code point. */
export function topTerms({ model: { lambda, terms: T }, terms }: FittedLda, k: number, n: number): { term: string; share: number }[] {
  const row = lambda.subarray(k * T, (k + 1) * T);
  const sum = row.reduce((s, x) => s + x, 0);
  return Array.from(row.keys()).sort((a, b) => row[b]! - row[a]! || a - b).slice(0, n).map((t) => ({ term: terms[t]!, share: row[t]! / sum }));
}

/** Topic shares of every document, γ over its sum; a document without terms has none and stays zero. [D, K] */
export function topicShares({ gamma, counts, model: { topics: K } }: FittedLda): Float64Array {
  const out = new Float64Array(gamma.length);
  for (let d = 0; d < counts.rows; d++) {
    if (counts.start[d] === counts.start[d + 1]) continue;
    let sum = 0;
    for (let k = 0; k < K; k++) sum += gamma[d * K + k]!;
    for (let k = 0; k < K; k++) out[d * K + k] = gamma[d * K + k]! / sum;
  }
  return out;
}

/** Rows of texts the topics were not learned from: their topics are inferred, the topics stay as they are. [texts, K] */
export function unseenTopics(fitted: FittedLda, texts: readonly string[], settings: Pick<LdaSettings, 'stopWords'>): Float32Array {
  const counts = countKnownTerms(texts, fitted.terms, { ngrams: [1, 1], stopWords: stopWordsOf(settings.stopWords) });
  return Float32Array.from(topicShares({ ...fitted, counts, gamma: inferAll(fitted.model, counts) }), Math.sqrt);
}

export function createLda(settings: LdaSettings = LDA_DEFAULTS): Encoder & { fitted(): FittedLda | null } {
  let fitted: FittedLda | null = null;
  const encoder = {
    encoder: 'lda@1',
    dim: settings.topics,
    fitted: () => fitted,
    async embed(texts: readonly string[], onProgress?: Parameters<Encoder['embed']>[1], signal?: AbortSignal) {
      const total = texts.filter((t) => t.trim() !== '').length;
      let last = performance.now();
      fitted = await fitLda(texts, settings, (done, all) => {
        if (performance.now() - last < 60) return undefined;
        last = performance.now();
        onProgress?.({ done: Math.floor((done / all) * total), total, share: Math.min(0.99, done / all) });
        return new Promise<void>((resolve) => setTimeout(resolve)).then(() => signal?.throwIfAborted());
      });
      signal?.throwIfAborted();
      encoder.encoder = corpusName('lda@1', settings, texts);
      const vectors = Float32Array.from(topicShares(fitted), Math.sqrt);
      onProgress?.({ done: total, total, share: 1 });
      let missing = 0;
      for (let d = 0; d < texts.length; d++) if (fitted.counts.start[d] === fitted.counts.start[d + 1]) missing++;
      return { vectors, missing };
    },
  };
  return encoder;
}
