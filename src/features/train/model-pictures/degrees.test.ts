import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionOfTenths, playCounts, shareOfTenths, sharesByPlays, tenths } from './degrees';

describe('counts behind a model’s picture', () => {
  it('counts plays of items and orders users by their history, leaving out who has none', () => {
    const c = playCounts({ user: Int32Array.of(0, 0, 2), item: Int32Array.of(1, 2, 1) }, 3, 4);
    expect([...c.items]).toEqual([0, 2, 1, 0]);
    expect([...c.users]).toEqual([2, 0]);
    expect([...c.start]).toEqual([0, 2, 2, 3]);
  });
  it('the probabilities of a history add up to 1, and a rarer item is never less likely', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 }), fc.double({ min: 0.001, max: 100, noNaN: true }), (plays, T) => {
      const found = sharesByPlays([...plays.keys(), 0], plays, T);
      expect(found.reduce((s, x) => s + x.probability * x.items, 0)).toBeCloseTo(1, 9);
      found.slice(1).forEach((x, k) => expect(x.probability).toBeLessThanOrEqual(found[k]!.probability + 1e-12));
    }));
  });
  it('tenths hold equally many items, the most played in the last', () => {
    const tenth = tenths(Int32Array.from({ length: 50 }, (_, i) => (i * 7) % 50));
    expect(shareOfTenths(Array.from({ length: 50 }, (_, i) => i), tenth)).toEqual(Array.from({ length: 10 }, () => 0.1));
    expect(tenth[43]).toBe(Math.floor(((43 * 7) % 50) / 5));
    expect(shareOfTenths([], tenth)).toEqual(Array.from({ length: 10 }, () => 0));
  });
  it('the correction falls with popularity and skips items nobody played', () => {
    const plays = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256];
    const c = correctionOfTenths(plays, tenths(plays));
    expect(c[0]).toBeNull();
    expect(c[9]).toBeCloseTo(Math.log(511 / 256), 12);
    for (let k = 2; k < 10; k++) expect(c[k]!).toBeLessThan(c[k - 1]!);
  });
});
