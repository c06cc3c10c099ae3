import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { holm } from '../math/significance/holm';
import { pairedBootstrap } from '../math/significance/paired-bootstrap';
import { groupLetters, pairTests } from './leaderboard-pairs';

const users = (n: number, f: (u: number) => number): Float64Array => Float64Array.from({ length: n }, (_, u) => f(u));

describe('every pair of models', () => {
  it('one model far above two that are alike: apart from both, and they not from each other', () => {
    const high = users(200, (u) => 0.6 + (u % 3) / 10);
    const low = users(200, (u) => 0.1 + (u % 3) / 10);
    const alike = users(200, (u) => 0.1 + ((u + 1) % 3) / 10);
    const pairs = pairTests([high, low, alike], createRandom(0, 'test'), 500);
    expect(pairs.map((p) => [p.a, p.b, p.apart])).toEqual([[0, 1, true], [0, 2, true], [1, 2, false]]);
    expect(pairs[0]!.difference).toBeCloseTo(0.5, 12);
    expect(pairs[0]!.bootstrap).toBeLessThan(0.05);
  });
  it('the very same values: p 1 by both tests', () => {
    const v = users(30, (u) => u / 30);
    expect(pairTests([v, v], createRandom(1), 100)[0]).toMatchObject({ difference: 0, low: 0, high: 0, bootstrap: 1, wilcoxon: 1, apart: false });
  });
  it('equals the paired bootstrap on the same draws', () => {
    const a = users(40, (u) => ((u * 7) % 11) / 11);
    const b = users(40, (u) => ((u * 5) % 13) / 13);
    const [pair] = pairTests([a, b], createRandom(3, 'same'), 300);
    const alone = pairedBootstrap(a.map((v, u) => v - b[u]!), { count: 300, random: createRandom(3, 'same') })!;
    expect(pair!.low).toBeCloseTo(alone.low, 12);
    expect(pair!.high).toBeCloseTo(alone.high, 12);
    expect(pair!.bootstrap).toBeCloseTo(Math.max(1 / 300, alone.p), 12);
  });
  it('the more models stand on a board, the more evidence a pair needs: Holm over all pairs, for each of the two tests', () => {
    const rows = [0, 0.02, 0.04].map((lead, r) => users(60, (u) => (u % 10) / 10 + (u % 7 === r ? -0.1 : lead)));
    const among = pairTests(rows, createRandom(5), 400);
    // A pair alone is not corrected, and its resamples are the same.
    const alone = among.map((p) => pairTests([rows[p.a]!, rows[p.b]!], createRandom(5), 400)[0]!);
    for (const test of ['bootstrap', 'wilcoxon'] as const) {
      const corrected = holm(alone.map((p) => p[test]));
      expect(among.map((p) => p[test])).toEqual(corrected);
      expect(corrected).not.toEqual(alone.map((p) => p[test]));
    }
  });
  it('one model, or no users, make no pairs', () => {
    expect(pairTests([users(5, () => 1)], createRandom(0))).toEqual([]);
    expect(pairTests([users(0, () => 1), users(0, () => 1)], createRandom(0))).toEqual([]);
  });
});

describe('groups by letters', () => {
  const apart = (...pairs: [number, number][]) => (a: number, b: number): boolean => pairs.some(([x, y]) => x === a && y === b);
  it('0 and 2 apart, 1 from neither: a, ab, b', () => expect(groupLetters(3, apart([0, 2]))).toEqual(['a', 'ab', 'b']));
  it('nobody apart: all a; everybody apart: a, b, c', () => {
    expect(groupLetters(3, () => false)).toEqual(['a', 'a', 'a']);
    expect(groupLetters(3, () => true)).toEqual(['a', 'b', 'c']);
  });
  it('two rows share a letter exactly when they are not apart', () =>
    fc.assert(fc.property(fc.integer({ min: 1, max: 7 }), fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }), (rows, bits) => {
      const at = (a: number, b: number): boolean => bits[(b * (b - 1)) / 2 + a]!;
      const letters = groupLetters(rows, at);
      for (let b = 0; b < rows; b++) {
        expect(letters[b]).not.toBe('');
        for (let a = 0; a < b; a++) expect([...letters[a]!].some((c) => letters[b]!.includes(c))).toBe(!at(a, b));
      }
    })));
});
