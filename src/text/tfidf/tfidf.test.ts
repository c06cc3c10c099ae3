import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareCodePoints, countTerms, tokenise } from '../tokens';
import { stopWordsOf } from '../stop-words';
import { createTfidf, fitTfidf, TFIDF_DEFAULTS } from './encode';
import { sharedTerms, tfidfRows } from './tfidf';

interface Reference {
  inputs: { texts: string[] };
  expected: { vocabulary: string[]; document_frequency: number[]; idf: number[]; rows: [number, number][][]; top5: [number, number][][] };
  second_setting: { expected: { terms: string[]; idf: number[]; rows: [number, number][][] } };
}
const FILE = '../shared/reference/text.json';
const here = existsSync(FILE);
const read = (): Reference => (JSON.parse(readFileSync(FILE, 'utf8')) as { tfidf: Reference }).tfidf;
const all = { ngrams: [1, 1] as const, minDf: 1, maxDf: 1, maxTerms: 1e6, stopWords: new Set<string>() };

const agree = (weights: ReturnType<typeof tfidfRows>['weights'], rows: [number, number][][]): void => {
  rows.forEach((row, d) => {
    const [from, to] = [weights.start[d]!, weights.start[d + 1]!];
    expect(Array.from(weights.index.slice(from, to))).toEqual(row.map(([t]) => t));
    row.forEach(([, w], n) => expect(weights.value[from + n]!).toBeCloseTo(w, 12));
  });
};

describe.skipIf(!here)('TF-IDF against scikit-learn (../shared/reference/text.json)', () => {
  it('vocabulary, idf, every weight and the five neighbours agree to 1e-12', () => {
    const { inputs, expected } = read();
    const counted = countTerms(inputs.texts, all);
    expect(counted.terms).toEqual(expected.vocabulary);
    expect(Array.from(counted.df)).toEqual(expected.document_frequency);
    const { idf, weights } = tfidfRows(counted);
    expected.idf.forEach((x, t) => expect(idf[t]!).toBeCloseTo(x, 11));
    agree(weights, expected.rows);
    expected.top5.forEach((best, d) => {
      const sims = inputs.texts.map((_, e) => sharedTerms(weights, d, e).reduce((s, { part }) => s + part, 0));
      for (const [e, sim] of best) expect(sims[e]!).toBeCloseTo(sim, 12);
      const order = sims.map((s, e) => ({ s: Math.round(s * 1e12), e })).filter(({ e }) => e !== d).sort((a, b) => b.s - a.s || a.e - b.e);
      expect(order.slice(0, 5).map(({ e }) => e)).toEqual(best.map(([e]) => e));
    });
  });
  it('bigrams, document-frequency limits and ln(count) + 1 agree too', () => {
    const { inputs, second_setting: { expected } } = read();
    const counted = countTerms(inputs.texts, { ...all, ngrams: [1, 2], minDf: 2, maxDf: 0.5 });
    expect(counted.terms).toEqual(expected.terms);
    const { idf, weights } = tfidfRows(counted, true);
    expected.idf.forEach((x, t) => expect(idf[t]!).toBeCloseTo(x, 11));
    agree(weights, expected.rows);
  });
});

describe('words', () => {
  it('are runs of two or more letters, digits or marks, lower-cased, in any script', () => {
    expect(tokenise("It's a Café-Bar №42, Владимир, नमस्ते, a🎵b x")).toEqual(['it', 'café', 'bar', '42', 'владимир', 'नमस्ते']);
  });
  it('sort by code point where UTF-16 units would not', () => {
    expect(['\u{1F600}', '\uFF5E'].sort(compareCodePoints)).toEqual(['\uFF5E', '\u{1F600}']);
  });
  it('stop words never become terms', () => {
    const { terms } = countTerms(['the rain and the sea', 'the sea and I'], { ...all, stopWords: stopWordsOf('english') });
    expect(terms).toEqual(['rain', 'sea']);
  });
});

describe('the TF-IDF encoder', () => {
  const sentences = fc.array(fc.array(fc.constantFrom('rain', 'sea', 'night', 'city', 'love', 'gold'), { maxLength: 6 }).map((w) => w.join(' ')), { minLength: 3, maxLength: 12 });
  it('gives rows of length 1, or zeros where a text has no kept word; never NaN', async () => {
    await fc.assert(
      fc.asyncProperty(sentences.filter((s) => s.some((t) => t !== '')), async (texts) => {
        const encoder = createTfidf({ ...TFIDF_DEFAULTS, minDf: 1, maxDf: 1, dim: 4 });
        const { vectors, missing } = await encoder.embed(texts);
        let zero = 0;
        texts.forEach((_, d) => {
          const length = Math.hypot(...vectors.subarray(d * encoder.dim, (d + 1) * encoder.dim));
          if (length === 0) zero++;
          else expect(length).toBeCloseTo(1, 5);
        });
        expect(zero).toBe(missing);
      }),
      { numRuns: 25 },
    );
  });
  it('puts texts about one thing nearer than texts about another', async () => {
    const encoder = createTfidf({ ...TFIDF_DEFAULTS, minDf: 1, maxDf: 1, dim: 2 });
    const { vectors } = await encoder.embed(['rain on the sea', 'sea and rain', 'gold in the city', 'city of gold']);
    const cos = (a: number, b: number): number => vectors[2 * a]! * vectors[2 * b]! + vectors[2 * a + 1]! * vectors[2 * b + 1]!;
    expect(cos(0, 1)).toBeGreaterThan(0.9);
    expect(Math.abs(cos(0, 2))).toBeLessThan(0.1);
  });
  it('names the texts it learned from: other texts, another name', async () => {
    const name = async (texts: string[]): Promise<string> => {
      const encoder = createTfidf({ ...TFIDF_DEFAULTS, minDf: 1, maxDf: 1 });
      await encoder.embed(texts);
      return encoder.encoder;
    };
    expect(await name(['rain sea', 'gold'])).toBe(await name(['rain sea', 'gold']));
    expect(await name(['rain sea', 'gold'])).not.toBe(await name(['rain', 'sea gold']));
  });
  it('texts without words, or without any term often enough, are refused with what to change', () => {
    expect(() => fitTfidf(['…', '!'], TFIDF_DEFAULTS)).toThrow(/no words/);
    expect(() => fitTfidf(['rain sea', 'gold city'], TFIDF_DEFAULTS)).toThrow(/at least 2 and at most 1/);
  });
});
