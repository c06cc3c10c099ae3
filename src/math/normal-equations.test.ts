import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { addWeightedOuter, factorize, gramian, mirrored, solveFactorized } from './normal-equations';

/** n vectors of length f. */
const vectors = (n: number, f: number, seed: number): Float64Array => {
  const r = createRandom(seed, 'vectors');
  return Float64Array.from({ length: n * f }, () => r.normal());
};
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void => {
  expect(a.length).toBe(b.length);
  for (let k = 0; k < a.length; k++) expect(Math.abs(a[k]! - b[k]!)).toBeLessThan(tolerance);
};
const sizes = fc.record({ f: fc.integer({ min: 1, max: 11 }), n: fc.integer({ min: 0, max: 13 }), seed: fc.nat(1e6) });

describe('normal equations', () => {
  it('one vector (1, 2) with weight 3: [[3, 6], [6, 12]]', () => {
    const A = new Float64Array(4);
    addWeightedOuter(A, 2, Float64Array.of(9, 9, 1, 2), Int32Array.of(1), Float64Array.of(3), 0, 1);
    expect([...mirrored(A, 2)]).toEqual([3, 6, 6, 12]);
  });

  it('weighted outer products and the Gramian equal sums written out entry by entry', () => {
    fc.assert(fc.property(sizes, ({ f, n, seed }) => {
      const r = createRandom(seed, 'pick');
      const Y = vectors(n + 2, f, seed);
      const index = Int32Array.from({ length: n }, () => r.int(n + 2));
      const w = Float64Array.from({ length: n }, () => r.normal());
      const plain = new Float64Array(f * f);
      const gram = new Float64Array(f * f);
      for (let a = 0; a < f; a++) {
        for (let b = 0; b < f; b++) {
          for (let k = 0; k < n; k++) plain[a * f + b]! += w[k]! * Y[index[k]! * f + a]! * Y[index[k]! * f + b]!;
          for (let k = 0; k < n + 2; k++) gram[a * f + b]! += 0.5 * Y[k * f + a]! * Y[k * f + b]!;
        }
      }
      const A = new Float64Array(f * f);
      addWeightedOuter(A, f, Y, index, w, 0, n);
      near(mirrored(A, f), plain, 1e-12);
      near(mirrored(gramian(Y, n + 2, f, 0.5), f), gram, 1e-12);
    }), { numRuns: 60 });
  });

  it('solving undoes multiplying', () => {
    fc.assert(fc.property(sizes, ({ f, n, seed }) => {
      const A = gramian(vectors(n, f, seed), n, f);
      for (let a = 0; a < f; a++) A[a * f + a]! += 1;
      const full = mirrored(A.slice(), f);
      const x = vectors(1, f, seed + 1);
      const b = new Float64Array(f);
      for (let p = 0; p < f; p++) for (let q = 0; q < f; q++) b[p]! += full[p * f + q]! * x[q]!;
      expect(factorize(A, f)).toBe(true);
      solveFactorized(A, f, b);
      near(b, x, 1e-9);
    }), { numRuns: 60 });
  });

  it('a singular matrix is refused, and so is one that holds NaN', () => {
    expect(factorize(Float64Array.of(1, 1, 1, 1), 2)).toBe(false);
    expect(factorize(Float64Array.of(1, 0, NaN, 1), 2)).toBe(false);
    expect(factorize(Float64Array.of(0), 1)).toBe(false);
  });
});
