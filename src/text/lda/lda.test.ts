import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csrFromTriplets, type Csr } from '../../math/csr';
import { digamma, lnGamma } from '../../math/digamma';
import { countTerms } from '../tokens';
import { createLda, fitLda, inferAll, LDA_DEFAULTS, onlinePass, topTerms } from './encode';
import { bound, Documents, expectedTopics, learningRate, mStep, perplexity, type LdaModel } from './lda';

interface Reference {
  inputs: { vocabulary: string[]; counts: [number, number][][]; topics: number; doc_topic_prior: number; topic_word_start: number[][]; learning_offset: number; learning_decay: number };
  expected: {
    e_step: { gamma: number[][]; inner_iterations: number[] };
    sufficient_statistics: number[][]; bound: number; perplexity: number; m_step_batch: number[][]; m_step_online: { components: number[][]; rho: number };
    minibatch_run: { components_after: number[][]; perplexity_after_each_pass: number[] };
    batch_run: { perplexity: number[]; top_words: string[][] };
  };
}
const FILE = '../shared/reference/text.json';
const read = (): { lda: Reference; tfidf: { inputs: { texts: string[] } } } => JSON.parse(readFileSync(FILE, 'utf8'));

function world(): { r: Reference; counts: Csr; model: LdaModel; texts: string[] } {
  const { lda: r, tfidf } = read();
  const row: number[] = [];
  const col: number[] = [];
  const value: number[] = [];
  r.inputs.counts.forEach((doc, d) => doc.forEach(([t, n]) => (row.push(d), col.push(t), value.push(n))));
  const counts = csrFromTriplets(r.inputs.counts.length, r.inputs.vocabulary.length, row, col, value);
  const { topics, doc_topic_prior: alpha } = r.inputs;
  return { r, counts, texts: tfidf.inputs.texts, model: { topics, terms: counts.cols, alpha, beta: alpha, lambda: Float64Array.from(r.inputs.topic_word_start.flat()) } };
}
const near = (a: ArrayLike<number>, b: readonly number[], tolerance: number): void => {
  expect(a.length).toBe(b.length);
  for (let n = 0; n < b.length; n++) expect(Math.abs(a[n]! - b[n]!)).toBeLessThan(tolerance);
};

describe('ψ and ln Γ', () => {
  it('agree with known values', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 14);
    expect(digamma(0.25)).toBeCloseTo(-4.227453533376266, 13);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 14);
    expect(lnGamma(101)).toBeCloseTo(363.7393755555635, 10);
  });
});

describe.skipIf(!existsSync(FILE))('LDA against scikit-learn (../shared/reference/text.json)', () => {
  it('the corpus gives the same vocabulary and counts', () => {
    const { r, counts, texts } = world();
    const counted = countTerms(texts, { ngrams: [1, 1], minDf: 2, maxDf: 0.5, maxTerms: 1e6, stopWords: new Set() });
    expect(counted.terms).toEqual(r.inputs.vocabulary);
    expect(counted.counts).toEqual(counts);
  });
  it('E-step, statistics, bound and perplexity', () => {
    const { r, counts, model } = world();
    const { expected } = r;
    const K = model.topics;
    const documents = new Documents(counts, model.alpha, K);
    const B = expectedTopics(model);
    const gamma = new Float64Array(counts.rows * K);
    const statistics = new Float64Array(counts.cols * K);
    const updates: number[] = [];
    for (let d = 0; d < counts.rows; d++) {
      updates.push(documents.infer(d, B, gamma.subarray(d * K, (d + 1) * K)));
      documents.addTo(d, B, statistics);
    }
    expect(updates).toEqual(expected.e_step.inner_iterations);
    near(gamma, expected.e_step.gamma.flat(), 1e-6);
    expected.sufficient_statistics.forEach((row, k) => near(row.map((_, t) => statistics[t * K + k]!), row, 1e-6));
    expect(bound(model, counts, gamma)).toBeCloseTo(expected.bound, 5);
    expect(perplexity(model, counts, gamma) / expected.perplexity).toBeCloseTo(1, 8);
    const batch = { ...model, lambda: model.lambda.slice() };
    mStep(batch, statistics, 1, 1);
    near(batch.lambda, expected.m_step_batch.flat(), 1e-6);
    const rho = learningRate(1, r.inputs.learning_offset, r.inputs.learning_decay);
    expect(rho).toBeCloseTo(expected.m_step_online.rho, 12);
    const online = { ...model, lambda: model.lambda.slice() };
    mStep(online, statistics, rho, 1);
    near(online.lambda, expected.m_step_online.components.flat(), 1e-6);
  });
  it('three online passes over batches of ten', async () => {
    const { r, counts, model } = world();
    const order = Array.from({ length: counts.rows }, (_, d) => d);
    let updates = 0;
    for (const expected of r.expected.minibatch_run.perplexity_after_each_pass) {
      updates = await onlinePass(model, counts, order, { batch: 10, offset: r.inputs.learning_offset, decay: r.inputs.learning_decay }, updates);
      expect(perplexity(model, counts, inferAll(model, counts)) / expected).toBeCloseTo(1, 7);
    }
    near(model.lambda, r.expected.minibatch_run.components_after.flat(), 1e-5);
  });
  it('ten batch updates: perplexity before each, and the top words at the end', () => {
    const { r, counts, model } = world();
    for (const expected of r.expected.batch_run.perplexity) {
      const gamma = inferAll(model, counts);
      expect(perplexity(model, counts, gamma) / expected).toBeCloseTo(1, 7);
      const documents = new Documents(counts, model.alpha, model.topics);
      const B = expectedTopics(model);
      const statistics = new Float64Array(counts.cols * model.topics);
      for (let d = 0; d < counts.rows; d++) {
        documents.infer(d, B, gamma.subarray(0, model.topics));
        documents.addTo(d, B, statistics);
      }
      mStep(model, statistics, 1, 1);
    }
    r.expected.batch_run.top_words.forEach((words, k) => {
      const found = topTerms({ terms: r.inputs.vocabulary, counts, model, gamma: new Float64Array(), perplexity: 0 }, k, words.length);
      expect(found.map(({ term }) => term)).toEqual(words);
    });
  });
});

describe('topics of made-up texts', () => {
  const themes = [['rain', 'sea', 'storm', 'wave', 'harbour'], ['gold', 'money', 'bank', 'coin', 'silver'], ['love', 'kiss', 'heart', 'dance', 'lips']];
  const texts = Array.from({ length: 90 }, (_, d) => Array.from({ length: 12 }, (_, n) => themes[d % 3]![(d * 7 + n * 3) % 5]!).join(' '));
  it('find the three themes that were put in', async () => {
    const fitted = await fitLda(texts, { ...LDA_DEFAULTS, topics: 3, maxDf: 1, batch: 30 });
    const found = [0, 1, 2].map((k) => topTerms(fitted, k, 5).map(({ term }) => term).sort().join(' '));
    expect(found.sort()).toEqual(themes.map((t) => [...t].sort().join(' ')).sort());
  });
  it('vectors have length 1, an empty text is a zero row and counted, one seed gives one result', async () => {
    const settings = { ...LDA_DEFAULTS, topics: 4, passes: 2 };
    const { vectors, missing } = await createLda(settings).embed([...texts, '', '…']);
    expect(missing).toBe(2);
    for (let d = 0; d < texts.length; d++) expect(Math.hypot(...vectors.subarray(4 * d, 4 * d + 4))).toBeCloseTo(1, 5);
    expect(vectors.slice(4 * texts.length).every((x) => x === 0)).toBe(true);
    expect((await createLda(settings).embed([...texts, '', '…'])).vectors).toEqual(vectors);
  });
  it('more topics than texts are refused with the range', async () => {
    await expect(fitLda(['rain sea', 'sea'], { ...LDA_DEFAULTS, topics: 5 })).rejects.toThrow(/5 topics.*2 texts/);
  });
  it('refuses the perplexity of documents without a word', () => {
    const model: LdaModel = { topics: 2, terms: 3, alpha: 0.5, beta: 0.5, lambda: new Float64Array(6).fill(1) };
    const empty = { rows: 1, cols: 3, start: Int32Array.of(0, 0), index: new Int32Array(0), value: new Float64Array(0) };
    expect(() => perplexity(model, empty, new Float64Array(2).fill(0.5))).toThrow('a figure per word');
  });
});
