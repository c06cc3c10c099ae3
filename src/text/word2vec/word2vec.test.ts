import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mix32 } from '../../core/random';
import { createWord2Vec, fitWord2Vec, nearestWords, WORD2VEC_DEFAULTS, type FittedWord2Vec } from './encode';
import { aliasTable, keepChances, noiseShares, skipGramRoom, takeSteps } from './skip-gram';

const FILE = '../shared/reference/word2vec.json';
interface Reference {
  one_pass: {
    inputs: { input_matrix: number[][]; output_matrix: number[][]; learning_rate: number; pairs: { input: number; output: number; negatives: number[] }[] };
    expected: { sequential: { input_matrix: number[][]; output_matrix: number[][] } };
  };
  sampling_tables: { counts: Record<string, number>; 'noise_distribution_power_0.75': Record<string, number>; keep_probability: { sample: number; values: Record<string, number> } };
  planted_groups: { cases: { groups: number; words_per_group: number; sentences: number; length: number; noise: number; first_sentence: string[]; epochs_5: { mean: number; sd: number } }[] };
}
const read = (): Reference => JSON.parse(readFileSync(FILE, 'utf8')) as Reference;

const unit = (x: number): number => mix32(x) / 4294967296;
function planted({ groups, words_per_group: per, sentences, length, noise }: Reference['planted_groups']['cases'][number]): string[] {
  return Array.from({ length: sentences }, (_, s) =>
    Array.from({ length }, (_, p) => {
      const k = 500000 + (s * length + p) * 3;
      return `w${unit(k) < noise ? mix32(k + 1) % (groups * per) : (s % groups) * per + (mix32(k + 2) % per)}`;
    }).join(' '),
  );
}
function purity(fitted: FittedWord2Vec, per: number): number {
  const group = fitted.words.map((w) => Math.floor(Number(w.slice(1)) / per));
  const shares = fitted.words.map((_, w) => nearestWords(fitted, [w], [], 5).filter(({ word }) => group[word] === group[w]).length / 5);
  return shares.reduce((s, x) => s + x, 0) / shares.length;
}

describe.skipIf(!existsSync(FILE))('Word2Vec against the reference (../shared/reference/word2vec.json)', () => {
  it('pair by pair the matrices agree to 1e-12', () => {
    const { inputs, expected } = read().one_pass;
    const input = Float64Array.from(inputs.input_matrix.flat());
    const output = Float64Array.from(inputs.output_matrix.flat());
    const list = Int32Array.from(inputs.pairs.flatMap((p) => [p.input, p.output, ...p.negatives]));
    takeSteps(input, output, 4, list, inputs.pairs.length, 3, inputs.learning_rate);
    expected.sequential.input_matrix.flat().forEach((x, n) => expect(input[n]!).toBeCloseTo(x, 12));
    expected.sequential.output_matrix.flat().forEach((x, n) => expect(output[n]!).toBeCloseTo(x, 12));
  });
  it('noise shares and chances of being kept agree to 1e-12', () => {
    const t = read().sampling_tables;
    const counts = Object.values(t.counts);
    Object.values(t['noise_distribution_power_0.75']).forEach((x, w) => expect(noiseShares(counts)[w]!).toBeCloseTo(x, 11));
    Object.values(t.keep_probability.values).forEach((x, w) => expect(keepChances(counts, t.keep_probability.sample)[w]!).toBeCloseTo(x, 11));
  });
  it.each([0, 1, 2])('planted groups, case %i: purity within 3 sd (at least .05) of gensim', async (n) => {
    const world = read().planted_groups.cases[n]!;
    const texts = planted(world);
    expect(texts[0]!.split(' ')).toEqual(world.first_sentence);
    const settings = { ...WORD2VEC_DEFAULTS, dim: 20, minCount: 1, sample: 0 };
    const seeds = [1, 2, 3];
    let sum = 0;
    for (const seed of seeds) sum += purity(await fitWord2Vec(texts, { ...settings, seed }), world.words_per_group);
    expect(Math.abs(sum / seeds.length - world.epochs_5.mean)).toBeLessThan(Math.max(0.05, 3 * world.epochs_5.sd));
  });
});

describe('the SIMD steps', () => {
  it('equal the plain ones to float32 rounding, for any width and number of negatives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 37 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 20 }), fc.integer(), async (dim, negatives, pairs, salt) => {
        const V = 7;
        const fast = await skipGramRoom(V, dim, negatives);
        expect(fast.simd).toBe(true);
        const slow = await skipGramRoom(V, dim, negatives, false);
        for (let w = 0; w < V; w++) {
          for (let d = 0; d < dim; d++) {
            const at = w * fast.width + d;
            fast.input[at] = slow.input[at] = 4 * unit(salt + at) - 2;
            fast.output[at] = slow.output[at] = 4 * unit(salt + at + 9999) - 2;
          }
        }
        for (let k = 0; k < pairs * (2 + negatives); k++) fast.list[k] = slow.list[k] = mix32(salt + k) % V;
        fast.take(pairs, 0.05);
        slow.take(pairs, 0.05);
        for (let k = 0; k < V * fast.width; k++) {
          expect(Math.abs(fast.input[k]! - slow.input[k]!)).toBeLessThan(2e-5);
          expect(Math.abs(fast.output[k]! - slow.output[k]!)).toBeLessThan(2e-5);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('binary.ts is what skipgram.as gives', () => {
    expect(execFileSync(process.execPath, ['src/text/word2vec/simd/build.mjs', '--check'], { encoding: 'utf8' })).toContain('is what skipgram.as gives');
  });
});

describe('the alias table', () => {
  it('draws every index with its share', () => {
    const shares = noiseShares([500, 90, 40, 6, 1]);
    const draw = aliasTable(shares);
    const n = 20000;
    const seen = new Float64Array(shares.length);
    for (let k = 0; k < n; k++) seen[draw((k + 0.5) / n)]!++;
    shares.forEach((s, k) => expect(Math.abs(seen[k]! / n - s)).toBeLessThan(5e-4));
  });
});

describe('the Word2Vec encoder', () => {
  const texts = ['rain on the sea tonight', 'the sea and the rain', '', '…'];
  const settings = { ...WORD2VEC_DEFAULTS, dim: 8, minCount: 1 };
  it('gives rows of length 1, zeros for texts without words, and the same for one seed', async () => {
    const { vectors, missing } = await createWord2Vec(settings).embed(texts);
    expect(missing).toBe(2);
    for (const d of [0, 1]) expect(Math.hypot(...vectors.subarray(8 * d, 8 * d + 8))).toBeCloseTo(1, 5);
    expect(vectors.slice(16).every((x) => x === 0)).toBe(true);
    expect((await createWord2Vec(settings).embed(texts)).vectors).toEqual(vectors);
  });
  it('a column with one repeated word is refused, with the reason', async () => {
    await expect(fitWord2Vec(['la la la', 'la'], settings)).rejects.toThrow(/1 occur at least 1 times; two are needed/);
  });
});
