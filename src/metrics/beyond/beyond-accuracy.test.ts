import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePopularity } from './average-popularity';
import { beyondAccuracy } from './beyond-accuracy';
import { catalogueCoverage } from './catalogue-coverage';
import { gini } from './gini';
import { intraListDiversity } from './intra-list-diversity';
import { timesRecommended } from './list-items';
import { novelty } from './novelty';

const vectors = (rows: number[][]) => ({ dim: rows[0]!.length, data: Float64Array.from(rows.flat()) });

describe('worked examples', () => {
  it('lists {0, 1}, {0, 2} among 8 items cover 3/8', () => expect(catalogueCoverage([[0, 1], [0, 2]], 8)).toBe(0.375));
  it('one of four items takes every place: Gini 3/4; all alike: 0', () => expect([gini([0, 4, 0, 0]), gini([1, 1, 1, 1])]).toEqual([0.75, 0]));
  it('items that 8 and 2 of 8 users have carry (0 + 2)/2 = 1 bit', () => expect(novelty([[0, 1]], [8, 2], 8)).toBe(1));
  it('an item nobody has carries as much as one that a single user has', () => expect([novelty([[0]], [0], 8), novelty([[0]], [1], 8)]).toEqual([3, 3]));
  it('items that 5, 4 and 3 users have: 4', () => expect(averagePopularity([[0, 1, 2]], [5, 4, 3])).toBe(4));
  it('cosines .8, 0, .6 -> diversity 1.6/3', () => expect(intraListDiversity([[0, 1, 2]], vectors([[1, 0], [0.8, 0.6], [0, 1]]))).toBeCloseTo(1.6 / 3, 15));
});

describe('awkward cases', () => {
  it('empty lists are in no mean', () => {
    expect(novelty([[], [0]], [2], 4)).toBe(1);
    expect(averagePopularity([[], [0]], [2])).toBe(2);
  });
  it('a list of one has no diversity', () => {
    const v = vectors([[1, 0], [0, 1]]);
    expect(intraListDiversity([[0]], v)).toBeNaN();
    expect(intraListDiversity([[0], [0, 1]], v)).toBe(1);
  });
  it('nothing shown: coverage 0, the rest null rather than NaN', () =>
    expect(beyondAccuracy([], [3, 1], 4, null)).toEqual({ coverage: 0, gini: null, novelty: null, averagePopularity: null, diversity: null }));
});

const world = fc.integer({ min: 2, max: 12 }).chain((I) =>
  fc.record({
    I: fc.constant(I),
    lists: fc.array(fc.uniqueArray(fc.nat(I - 1), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
    trainUsers: fc.array(fc.nat(20), { minLength: I, maxLength: I }),
    data: fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 3, maxLength: 3 }), { minLength: I, maxLength: I }),
    turn: fc.nat(I),
  }),
);

describe('laws', () => {
  it('each lies within its bounds', () =>
    fc.assert(fc.property(world, ({ I, lists, trainUsers, data }) => {
      const b = beyondAccuracy(lists, trainUsers, 20, vectors(data));
      expect(b.coverage).toBeGreaterThan(0);
      expect(b.coverage).toBeLessThanOrEqual(Math.min(1, lists.flat().length / I));
      expect(b.gini).toBeGreaterThanOrEqual(-1e-12);
      expect(b.gini).toBeLessThanOrEqual((I - 1) / I + 1e-12);
      expect(b.novelty).toBeGreaterThanOrEqual(0);
      expect(b.novelty).toBeLessThanOrEqual(Math.log2(20) + 1e-12);
      expect(b.averagePopularity).toBeGreaterThanOrEqual(0);
      expect(b.averagePopularity).toBeLessThanOrEqual(20);
      expect(b.diversity).toBeGreaterThanOrEqual(-1e-12);
      expect(b.diversity).toBeLessThanOrEqual(2 + 1e-12);
    })));

  it('the order of lists, the order within them and the names of items change nothing', () =>
    fc.assert(fc.property(world, ({ I, lists, trainUsers, data, turn }) => {
      const name = (i: number): number => (i + turn) % I;
      const renamed = <T>(rows: T[]): T[] => rows.map((_, k) => rows[(k - turn + I) % I]!);
      const a = beyondAccuracy(lists, trainUsers, 20, vectors(data));
      const b = beyondAccuracy(lists.map((l) => l.map(name).reverse()).reverse(), renamed(trainUsers), 20, vectors(renamed(data)));
      for (const key of ['coverage', 'gini', 'novelty', 'averagePopularity', 'diversity'] as const) expect(b[key], key).toBeCloseTo(a[key]!, 12);
    })));

  it('longer vectors of the same directions change no diversity', () =>
    fc.assert(fc.property(world, ({ lists, data }) => {
      const longer = data.map((row, i) => row.map((x) => x * (i + 2)));
      expect(intraListDiversity(lists, vectors(longer))).toBeCloseTo(intraListDiversity(lists, vectors(data)), 12);
    })));

  it('a Gini knows shares, not sizes: c times as many showings give the same', () =>
    fc.assert(fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }), fc.integer({ min: 2, max: 7 }), (x, c) => {
      const a = gini(x);
      if (Number.isNaN(a)) expect(gini(x.map((v) => v * c))).toBeNaN();
      else expect(gini(x.map((v) => v * c))).toBeCloseTo(a, 12);
    })));
});

interface Reference {
  inputs: { lists_top3: number[][]; items: number; users: number; train_users_per_item: number[]; item_vectors: number[][] };
  times_recommended: number[];
  gini: { value: number };
  gini_more: { x: number[]; value: number }[];
  catalogue_coverage: { value: number };
  novelty: { per_user: number[]; mean: number };
  average_popularity: { value: number };
  intra_list_diversity: { per_user: number[]; mean: number; with_zero_vector: { list: number[]; value: number } };
}
const file = '../shared/reference/metrics.json';
/** The reference gives twelve digits; all of them are asked for. */
const digits = (x: number): number => Number(x.toPrecision(12));

describe.skipIf(!existsSync(file))('equals the independent figures (skipped where ../shared is absent)', () => {
  const r = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { beyond_accuracy: Reference }).beyond_accuracy : null;
  it('coverage, Gini, novelty, popularity, diversity of five lists, and per user where given', () => {
    const { inputs: { lists_top3: lists, items, users, train_users_per_item: trainUsers, item_vectors } } = r!;
    const v = vectors(item_vectors);
    expect([...timesRecommended(lists, items)]).toEqual(r!.times_recommended);
    expect(Object.entries(beyondAccuracy(lists, trainUsers, users, v)).map(([k, x]) => [k, digits(x!)])).toEqual([
      ['coverage', r!.catalogue_coverage.value], ['gini', r!.gini.value], ['novelty', r!.novelty.mean],
      ['averagePopularity', r!.average_popularity.value], ['diversity', r!.intra_list_diversity.mean],
    ]);
    expect(lists.map((l) => digits(novelty([l], trainUsers, users)))).toEqual(r!.novelty.per_user);
    expect(lists.map((l) => digits(intraListDiversity([l], v)))).toEqual(r!.intra_list_diversity.per_user);
    expect(intraListDiversity([r!.intra_list_diversity.with_zero_vector.list], v)).toBe(r!.intra_list_diversity.with_zero_vector.value);
  });
  it('Gini of four more counts', () => {
    for (const { x, value } of r!.gini_more) expect(digits(gini(x)), x.join()).toBe(value);
  });
});
