import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { fitPca, projectPca } from './pca';

describe('principal components', () => {
  it('of four points on a line through (1, 1): all variance along (.6, .8), places −3, −1, 1, 3', async () => {
    const data = Float32Array.from([-3, -1, 1, 3].flatMap((t) => [1 + 0.6 * t, 1 + 0.8 * t]));
    const pca = await fitPca(data, 4, 2, 2);
    [0.6, 0.8].forEach((x, d) => expect(pca.axes[d]).toBeCloseTo(x, 6));
    expect(pca.explained[0]).toBeCloseTo(1, 6);
    expect(pca.explained[1]).toBeCloseTo(0, 6);
    const places = projectPca(pca, data, 4);
    [-3, -1, 1, 3].forEach((t, r) => expect(places[2 * r]).toBeCloseTo(t, 5));
  });
  it('axes are orthonormal, variances descend, and turning the data leaves the explained shares as they are', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 4, maxLength: 20 }), async (points) => {
      const data = Float32Array.from(points.flat());
      const turned = Float32Array.from(points.flatMap(([x, y, z]) => [-y, x, z]));
      const [a, b] = [await fitPca(data, points.length, 3, 3), await fitPca(turned, points.length, 3, 3)];
      for (let p = 0; p < 3; p++) {
        expect(a.explained[p]).toBeCloseTo(b.explained[p]!, 6);
        if (p > 0) expect(a.explained[p]).toBeLessThanOrEqual(a.explained[p - 1]! + 1e-12);
        for (let q = 0; q < 3; q++) expect([0, 1, 2].reduce((s, d) => s + a.axes[p * 3 + d]! * a.axes[q * 3 + d]!, 0)).toBeCloseTo(p === q ? 1 : 0, 8);
      }
    }), { numRuns: 40 });
  });
  it('rows that are all the same have no direction: everything lies at 0', async () => {
    const data = Float32Array.from({ length: 12 }, () => 0.25);
    const pca = await fitPca(data, 4, 3, 2);
    expect([...pca.explained]).toEqual([0, 0]);
    expect([...projectPca(pca, data, 4)].every((x) => x === 0)).toBe(true);
  });
  it('from a sample the places of all rows come out nearly the same', async () => {
    const data = Float32Array.from({ length: 4000 }, (_, n) => (n % 2 ? 0.3 : 2) * Math.sin(n * 1.7));
    const [whole, part] = [await fitPca(data, 2000, 2, 1), await fitPca(data, 2000, 2, 1, 500)];
    expect(part.sampled).toBe(500);
    expect(Math.abs(whole.axes[0]! * part.axes[0]! + whole.axes[1]! * part.axes[1]!)).toBeGreaterThan(0.99);
  });
  it('takes fewer rows than columns, as ten documents of 384 numbers are, and rows that are all alike', async () => {
    const [rows, D] = [10, 384];
    const random = createRandom(4, 'pca');
    const data = Float32Array.from({ length: rows * D }, (_, k) => random.normal() * (1 + Math.floor(k / D)));
    const found = await fitPca(data, rows, D, 16);
    expect(found.explained.reduce((s, x) => s + x, 0)).toBeCloseTo(1, 6);
    expect(found.explained.slice(9).every((x) => x < 1e-9)).toBe(true);
    expect(projectPca(found, data, rows).every(Number.isFinite)).toBe(true);
    // The same rows written down forty times have the same directions, by way of the columns.
    const many = await fitPca(Float32Array.from({ length: 40 * rows * D }, (_, k) => data[k % (rows * D)]!), 40 * rows, D, 9);
    for (let c = 0; c < 9; c++) expect(Math.abs(many.axes.subarray(c * D, (c + 1) * D).reduce((s, x, d) => s + x * found.axes[c * D + d]!, 0))).toBeCloseTo(1, 6);
    const alike = await fitPca(Float32Array.from({ length: rows * D }, (_, k) => Math.cos(k % D)), rows, D, 2);
    expect([...alike.explained, ...alike.axes].every(Number.isFinite)).toBe(true);
  });
});
