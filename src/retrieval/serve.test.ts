import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { exactIndex } from './exact';
import { buildIndex, type IndexPlan } from './plan';
import { searchFull, searchMeasured } from './serve';

const random = createRandom(7, 'serve');
const [n, dim] = [240, 6];
const items = Float32Array.from({ length: n * dim }, () => random.normal());
const ask = Float32Array.from({ length: dim }, () => random.normal());
const PLANS: [IndexPlan, number][] = [[{ kind: 'ivf', nlist: 12 }, 1], [{ kind: 'sign', bits: 32 }, 3], [{ kind: 'bucket', tables: 3, width: 0.05 }, 1]];
const exact = await exactIndex(items, dim);

describe('a list served through an index', () => {
  it.each(PLANS)('%j: k candidates come whoever is excluded, none twice, none excluded, best first', async (plan, setting) => {
    const index = await buildIndex(items, dim, 'dot', plan);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: n + 5 }), fc.uniqueArray(fc.integer({ min: 0, max: n - 1 }), { maxLength: n }), (k, excluded) => {
        const skip = new Uint8Array(n);
        for (const r of excluded) skip[r] = 1;
        const { rows, scores } = searchFull(index, exact, ask, k, setting, skip).found;
        expect(rows).toHaveLength(Math.min(k, n - excluded.length));
        expect(new Set(rows).size).toBe(rows.length);
        expect(rows.every((r) => skip[r] === 0)).toBe(true);
        expect([...scores].sort((a, b) => b - a)).toEqual([...scores]);
      }),
      { numRuns: 40 },
    );
  });
  it('with the dial turned all the way IVF and sign LSH serve the exact list', async () => {
    const skip = new Uint8Array(n);
    exact.search(ask, 20).rows.forEach((r, k) => (skip[r] = k % 2)); // some of the best are had already
    for (const [plan, setting] of [[{ kind: 'ivf', nlist: 12 }, 12], [{ kind: 'sign', bits: 32 }, n]] as const) {
      const { rows, report } = searchMeasured(await buildIndex(items, dim, 'dot', plan), exact, ask, 10, setting, skip);
      expect(rows).toEqual(exact.search(ask, 10, skip).rows);
      expect(report).toMatchObject({ recall: 1, used: setting, completed: false, n });
    }
  });
  it('says how far the dial had to be turned, and when buckets had to be completed', async () => {
    const [ivf, bucket] = await Promise.all([buildIndex(items, dim, 'dot', PLANS[0]![0]), buildIndex(items, dim, 'dot', PLANS[2]![0])]);
    const skip = new Uint8Array(n);
    ivf.ask(ask, n, 1).rows.forEach((r) => (skip[r] = 1)); // the nearest list holds nothing new
    expect(searchMeasured(ivf, exact, ask, 5, 1, skip).report.used).toBe(2);
    expect(searchMeasured(bucket, exact, ask, n, 1, null).report).toMatchObject({ used: 3, completed: true, recall: 1, scanned: n });
  });
  it('refuses a dial out of range, with the range', async () => {
    const index = await buildIndex(items, dim, 'dot', { kind: 'ivf', nlist: 12 });
    expect(() => searchFull(index, exact, ask, 5, 13, null)).toThrow('nprobe must be a whole number from 1 to 12, the number of lists; received 13');
    await expect(buildIndex(items, dim, 'dot', { kind: 'ivf', nlist: 241 })).rejects.toThrow('from 1 to 240');
  });
  it.each(PLANS)('%j: building says how far it is and ends when told', async (plan) => {
    let steps = 0;
    await buildIndex(items, dim, 'dot', plan, 42, (share) => {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      steps++;
      return undefined;
    });
    expect(steps).toBeGreaterThan(0);
    await expect(buildIndex(items, dim, 'dot', plan, 42, () => Promise.reject(new DOMException('Stopped.', 'AbortError')))).rejects.toThrow('Stopped.');
  });
});
