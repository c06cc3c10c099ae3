import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mix32 } from '../core/random';
import { kMeans } from '../math/k-means';
import { BestRows } from './best-rows';
import { exactIndex, fillRoom } from './exact';
import { ivfFromCentroids, ivfIndex } from './ivf';
import { bucketIndex, randomDirections, signIndex } from './lsh';
import { recallOf } from './search-index';
import { vectorRoom } from './vector-room';

interface Reference {
  inputs: { vectors: number[][]; queries: number[][] };
  sign_random_projection: { inputs: { planes: number[][] }; expected: { codes_as_integers_bit0_lowest: number[]; shortlist10_by_hamming: number[][]; top5_by_cosine: number[][]; recall_at_5_of_shortlist10: number } };
  bucketed_random_projection: { inputs: { directions: number[][]; width: number }; expected: { codes: number[][]; query_codes: number[][]; candidates: number[][]; top5_by_euclidean: number[][]; recall_at_5: number } };
  k_means: { inputs: { initial_centroids: number[][] }; expected: { iterations: { assignment: number[]; inertia_before_update: number }[]; final_centroids: number[][] } };
  ivf: { inputs: { centroids: number[][] }; expected: { list_of_vector: number[]; exact_top5: number[][]; by_nprobe: { nprobe: number; top5: number[][]; scanned: number[]; recall_at_5: number }[] } };
}
const FILE = '../shared/reference/text.json';
const read = (): Reference => (JSON.parse(readFileSync(FILE, 'utf8')) as { vectors: Reference }).vectors;
const flat = (rows: number[][]): Float32Array => Float32Array.from(rows.flat());
const unit = (x: number): number => mix32(x) / 4294967296;
/** Points around `centres` centres. */
const cloud = (n: number, dim: number, centres: number, spread: number, salt = 1): Float32Array =>
  Float32Array.from({ length: n * dim }, (_, p) => unit(salt + 7919 * ((Math.floor(p / dim) % centres) * dim + (p % dim))) + spread * (unit(salt + 31 * p + 5) - 0.5));

describe.skipIf(!existsSync(FILE))('indexes against the reference (../shared/reference/text.json)', () => {
  it('k-means: every assignment, every inertia, the final centroids', () => {
    const { inputs, k_means } = read();
    const centroids = Float64Array.from(k_means.inputs.initial_centroids.flat());
    const rounds = kMeans(inputs.vectors.flat(), centroids, 8);
    expect(rounds.map(({ assignment }) => Array.from(assignment))).toEqual(k_means.expected.iterations.map(({ assignment }) => assignment));
    rounds.forEach(({ inertia }, n) => expect(inertia).toBeCloseTo(k_means.expected.iterations[n]!.inertia_before_update, 8));
    k_means.expected.final_centroids.flat().forEach((x, n) => expect(centroids[n]!).toBeCloseTo(x, 9));
  });
  it.each([true, false])('inverted lists: the lists, and the five found at every nprobe (SIMD %s)', async (simd) => {
    const { inputs, ivf } = read();
    const index = await ivfFromCentroids(flat(inputs.vectors), 8, flat(ivf.inputs.centroids), 'euclidean', simd);
    expect(Array.from(index.list)).toEqual(ivf.expected.list_of_vector);
    for (const { nprobe, top5, scanned, recall_at_5 } of ivf.expected.by_nprobe) {
      const found = inputs.queries.map((q) => index.probe(Float32Array.from(q), 5, nprobe));
      expect(found.map(({ rows }) => Array.from(rows))).toEqual(top5);
      expect(found.map((f) => f.scanned)).toEqual(scanned);
      const recall = found.reduce((s, { rows }, k) => s + recallOf(rows, ivf.expected.exact_top5[k]!), 0) / found.length;
      expect(recall).toBeCloseTo(recall_at_5, 10);
    }
  });
  it('sign codes, short lists by Hamming distance, the best by cosine', async () => {
    const { inputs, sign_random_projection: { inputs: { planes }, expected } } = read();
    const index = signIndex(flat(inputs.vectors), 8, flat(planes));
    expect(Array.from(index.codes)).toEqual(expected.codes_as_integers_bit0_lowest);
    const lists = inputs.queries.map((q) => Array.from(index.shortlist(Float32Array.from(q), 10)));
    expect(lists).toEqual(expected.shortlist10_by_hamming);
    const recall = lists.reduce((s, list, k) => s + expected.top5_by_cosine[k]!.filter((r) => list.includes(r)).length / 5, 0) / lists.length;
    expect(recall).toBeCloseTo(expected.recall_at_5_of_shortlist10, 10);
  });
  it('bucket codes and candidates', () => {
    const { inputs, bucketed_random_projection: { inputs: { directions, width }, expected } } = read();
    const index = bucketIndex(flat(inputs.vectors), 8, flat(directions), width);
    expect(inputs.vectors.map((x) => Array.from(index.code(Float32Array.from(x))))).toEqual(expected.codes);
    expect(inputs.queries.map((x) => Array.from(index.code(Float32Array.from(x))))).toEqual(expected.query_codes);
    expect(inputs.queries.map((q) => Array.from(index.candidates(Float32Array.from(q))))).toEqual(expected.candidates);
    const recall = inputs.queries.reduce((s, q, k) => s + recallOf(index.search(Float32Array.from(q), 5).rows, expected.top5_by_euclidean[k]!), 0) / 6;
    expect(recall).toBeCloseTo(expected.recall_at_5, 10);
  });
});

describe('exact search', () => {
  it('finds what sorting all scores finds, whatever the sizes, with and without SIMD', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 50 }), fc.constantFrom('dot' as const, 'euclidean' as const), fc.boolean(), fc.integer(), async (n, dim, k, measure, simd, salt) => {
        const vectors = Float32Array.from({ length: n * dim }, (_, p) => Math.round(8 * unit(salt + p)) - 4); // whole numbers: scores are exact, ties are common
        const query = Float32Array.from({ length: dim }, (_, d) => Math.round(8 * unit(salt - d)) - 4);
        const score = (r: number): number => {
          let sum = 0;
          for (let d = 0; d < dim; d++) sum += measure === 'dot' ? vectors[r * dim + d]! * query[d]! : -((vectors[r * dim + d]! - query[d]!) ** 2);
          return sum;
        };
        const order = Array.from({ length: n }, (_, r) => r).sort((a, b) => score(b) - score(a) || a - b).slice(0, k);
        const found = (await exactIndex(vectors, dim, measure, simd)).search(query, k);
        expect(Array.from(found.rows)).toEqual(order);
        expect(Array.from(found.scores)).toEqual(order.map(score).map((s) => s + 0));
      }),
      { numRuns: 60 },
    );
  });
  it('says so when the query has another length', async () => {
    const index = await exactIndex(new Float32Array(8), 4);
    expect(() => index.search(new Float32Array(3), 1)).toThrow('The query has 3 numbers and the vectors 4.');
  });
});

describe('nearest centroids', () => {
  it('are the same with and without SIMD, for any number of rows, centroids and dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 21 }), fc.integer({ min: 1, max: 13 }), fc.integer(), async (n, k, dim, salt) => {
        const vectors = Float32Array.from({ length: n * dim }, (_, p) => Math.round(8 * unit(salt + p)) - 4);
        const [fast, slow] = await Promise.all([vectorRoom(n, dim, k), vectorRoom(n, dim, k, false)]);
        fillRoom(fast, vectors);
        fillRoom(slow, vectors);
        const centroids = new Float32Array(k * fast.width);
        for (let c = 0; c < k; c++) for (let d = 0; d < dim; d++) centroids[c * fast.width + d] = Math.round(8 * unit(salt - 1 - c * dim - d)) - 4;
        expect(Array.from(fast.nearest(centroids, 0, n))).toEqual(Array.from(slow.nearest(centroids, 0, n)));
      }),
      { numRuns: 60 },
    );
  });
  it('binary.ts is what search.as gives', () => {
    expect(execFileSync(process.execPath, ['src/retrieval/simd/build.mjs', '--check'], { encoding: 'utf8' })).toContain('is what search.as gives');
  });
});

describe('inverted lists', () => {
  const vectors = cloud(600, 6, 20, 0.3);
  it.each(['dot', 'euclidean'] as const)('nprobe = nlist finds exactly what brute force finds (%s)', async (measure) => {
    const [index, exact] = [await ivfIndex(vectors, 6, { nlist: 12, measure }), await exactIndex(vectors, 6, measure)];
    for (let q = 0; q < 20; q++) {
      const query = vectors.slice(6 * q, 6 * q + 6);
      expect(index.probe(query, 10, 12)).toEqual(exact.search(query, 10));
    }
  });
  it('more lists never find less of the truth', async () => {
    const index = await ivfIndex(vectors, 6, { nlist: 12, measure: 'euclidean' });
    const exact = await exactIndex(vectors, 6, 'euclidean');
    const recall = [1, 2, 4, 8, 12].map((nprobe) => {
      let sum = 0;
      for (let q = 0; q < 30; q++) sum += recallOf(index.probe(vectors.slice(6 * q, 6 * q + 6), 10, nprobe).rows, exact.search(vectors.slice(6 * q, 6 * q + 6), 10).rows);
      return sum / 30;
    });
    expect(recall).toEqual([...recall].sort((a, b) => a - b));
    expect(recall[0]).toBeGreaterThan(0.5);
    expect(recall.at(-1)).toBe(1);
  });
  it('nlist or nprobe out of range are refused with the range', async () => {
    await expect(ivfIndex(vectors, 6, { nlist: 601, measure: 'dot' })).rejects.toThrow(/from 1 to 600.*received 601/);
    const index = await ivfIndex(vectors, 6, { nlist: 12, measure: 'dot' });
    expect(() => index.probe(vectors.slice(0, 6), 5, 13)).toThrow(/from 1 to 12.*received 13/);
  });
});

describe('hashing', () => {
  it('by sign, with a short list of everything, finds exactly what brute force finds', async () => {
    const vectors = cloud(200, 5, 7, 0.6);
    const exact = await exactIndex(vectors, 5);
    const index = signIndex(vectors, 5, randomDirections(40, 5, 3));
    for (let q = 0; q < 10; q++) expect(Array.from(index.searchShort(vectors.slice(5 * q, 5 * q + 5), 8, 200).rows)).toEqual(Array.from(exact.search(vectors.slice(5 * q, 5 * q + 5), 8).rows));
  });
  it('by bucket, more tables never lose a candidate', () => {
    const vectors = cloud(200, 5, 7, 0.6);
    const index = bucketIndex(vectors, 5, randomDirections(6, 5, 3), 0.3);
    const query = vectors.slice(0, 5);
    let before = new Set<number>();
    for (let tables = 1; tables <= 6; tables++) {
      const now = new Set(index.candidates(query, tables));
      expect([...before].every((r) => now.has(r))).toBe(true);
      expect(now.has(0)).toBe(true);
      before = now;
    }
  });
});

describe('the k best', () => {
  it('are those a full sort gives, ties by row, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), fc.integer(), (values, k, salt) => {
        const rows = values.map((_, r) => r).sort((a, b) => unit(salt + a) - unit(salt + b));
        const best = new BestRows(k);
        best.offer(Float32Array.from(rows, (r) => values[r]!), Int32Array.from(rows));
        expect(Array.from(best.result().rows)).toEqual(values.map((_, r) => r).sort((a, b) => values[b]! - values[a]! || a - b).slice(0, k));
      }),
    );
  });
});
