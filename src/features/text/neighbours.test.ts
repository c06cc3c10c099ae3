import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextVectors } from '../../core/dataset';
import { cosine, nearest } from './neighbours';
import { audienceOf, readVectors, sharedAudience, verdict } from './text-reading';

const vectors = (rows: number[][]): TextVectors => ({ column: 'title', encoder: 'test@1', dim: rows[0]!.length, vectors: Float32Array.from(rows.flat()), missing: 0 });

describe('nearest neighbours', () => {
  const v = vectors([[1, 0], [0, 1], [2, 0.1], [0, 0], [1, 1]]);
  it('by cosine whatever the length; itself and empty texts are never neighbours', () => {
    expect(nearest(v, 0, 10).map((n) => n.item)).toEqual([2, 4, 1]);
    expect(nearest(v, 3, 10)).toEqual([]);
  });
  it('skips what it is told to, without losing a place', () => {
    expect(nearest(v, 0, 2, (i) => i === 2).map((n) => n.item)).toEqual([4, 1]);
  });
  it('equals sorting every cosine, ties to the lower index', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), { minLength: 2, maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (rows, k) => {
        const w = vectors(rows);
        const slow = rows
          .map((_, item) => ({ item, cosine: cosine(w, 0, item) }))
          .filter(({ item }) => item !== 0 && Math.hypot(...rows[item]!) > 0)
          .sort((a, b) => b.cosine - a.cosine || a.item - b.item)
          .slice(0, k);
        expect(nearest(w, 0, k)).toEqual(Math.hypot(...rows[0]!) > 0 ? slow : []);
      }),
    );
  });
});

describe('what the texts know', () => {
  it('shared audience: {1,2} and {2,3} -> 1/2; a user who came twice counts once', () => {
    const a = audienceOf({ user: Int32Array.of(1, 1, 2, 2, 3), item: Int32Array.of(0, 0, 0, 1, 1) }, 2);
    expect(sharedAudience(a, 0, 1)).toBeCloseTo(0.5, 12);
  });
  it('on a world of two themes with two publics, near texts share users and the sentence says so', async () => {
    const I = 40;
    const rows = Array.from({ length: I }, (_, i) => (i < 20 ? [1, 0, i / 100] : [0, 1, i / 100]));
    const user: number[] = [];
    const item: number[] = [];
    for (let u = 0; u < 10; u++)
      for (let i = 0; i < I; i++)
        if (i < 20 === u < 5) {
          user.push(u);
          item.push(i);
        }
    const interactions = { user: Int32Array.from(user), item: Int32Array.from(item), time: null, value: null, row: Int32Array.from(user.keys()) };
    const r = await readVectors(vectors(rows), null, interactions, new AbortController().signal);
    expect(r!.nearestShared).toBe(1);
    expect(r!.randomShared).toBeGreaterThan(0.35);
    expect(r!.randomShared).toBeLessThan(0.6);
    expect(r!.nearestCosine).toBeGreaterThan(r!.randomCosine);
    expect(verdict(r!)).toContain('carry taste');
  });
  it('claims no more than the interval allows', () => {
    const r = { items: 150, pairs: 2000, nearestCosine: 0.5, randomCosine: 0.1, nearestShared: 0.04, randomShared: 0.02, nearestSharedError: 0.01 };
    expect(verdict(r)).toContain('carry taste: items with the nearest texts share 2.0 times as many users as random pairs (95 % interval 1.5 to 2.5)');
    expect(verdict({ ...r, nearestSharedError: 0.018 })).toContain('a little taste');
    expect(verdict({ ...r, nearestSharedError: 0.03 })).toContain('too uncertain');
    expect(verdict({ ...r, nearestShared: 0.02, nearestSharedError: 0.003 })).toContain('expect little');
  });
  it('does not call identical texts neighbours', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [Math.cos(i >> 1), Math.sin(i >> 1)]);
    const texts = rows.map((_, i) => `text ${i >> 1}`);
    const none = { user: new Int32Array(), item: new Int32Array(), time: null, value: null, row: new Int32Array() };
    const r = await readVectors(vectors(rows), texts, none, new AbortController().signal);
    expect(r!.nearestCosine).toBeLessThan(0.9999);
    expect(verdict(r!)).toContain('Too few');
  });
});
