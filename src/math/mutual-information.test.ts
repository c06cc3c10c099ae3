import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedMutualInformation as ami } from './mutual-information';

describe('adjusted mutual information', () => {
  it('is 1 for the same labelling under other names, whatever the labels', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 40 }).filter((a) => new Set(a).size > 1), (a) => {
        expect(ami(a, a.map((x) => 3 - x))).toBeCloseTo(1, 9);
      }),
    );
  });
  it('is symmetric', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(pairs, (p) => {
        const [x, y] = [p.map(([a]) => a), p.map(([, b]) => b)];
        expect(ami(x, y)).toBeCloseTo(ami(y, x), 9);
      }),
    );
  });
  it('is 0 where one side puts every thing apart and the other all together', () => {
    expect(ami([0, 0, 0, 0], [0, 1, 2, 3])).toBe(0);
  });
  it('worked example: [0,0,1,1] against [0,0,1,2] has MI ln 2, expected MI and norm by hand', () => {
    // MI = ln 2; H(a) = ln 2, H(b) = 1.5 ln 2; of the 4!/(2!1!1!) = 12 labellings like b, 2·2 … MI is ln 2 for 4 and ½·ln 2 for 8: mean ⅔ ln 2.
    expect(ami([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo((1 - 2 / 3) / (1.25 - 2 / 3), 9);
  });
});
