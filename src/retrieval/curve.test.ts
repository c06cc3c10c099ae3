import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { checkPlan, doublings, fastestAt, measureIndex, planBytes, type IndexPlan } from './curve';

const random = createRandom(5, 'curve');
const dim = 8;
const items = Float32Array.from({ length: 300 * dim }, () => random.normal());
const queries = Float32Array.from({ length: 12 * dim }, () => random.normal());
const silent = { build: () => undefined, point: () => undefined };
const curve = (plan: IndexPlan, more = {}) => measureIndex({ items, dim, queries, self: null, k: 10, measure: 'dot', plan, ...more }, silent);

describe('recall against latency', () => {
  it('IVF: recall grows to exactly 1 where every list is read, and only that point is called exact', async () => {
    const { points, n, k } = await curve({ kind: 'ivf', nlist: 17 });
    expect([n, k]).toEqual([300, 10]);
    expect(points.map((p) => p.setting)).toEqual([1, 2, 4, 8, 16, 17]);
    expect(points.map((p) => p.exact)).toEqual([false, false, false, false, false, true]);
    for (let p = 1; p < points.length; p++) expect(points[p]!.recall).toBeGreaterThanOrEqual(points[p - 1]!.recall - 1e-12);
    expect(points[0]!.recall).toBeLessThan(1);
    expect(points.at(-1)).toMatchObject({ recall: 1, scanned: 1 });
  });
  it('sign LSH: a shortlist of all vectors is exact search', async () => {
    const { points } = await curve({ kind: 'sign', bits: 40 });
    expect(points.at(-1)).toMatchObject({ setting: 300, recall: 1, exact: true });
    expect(points[0]!.scanned).toBeCloseTo(10 / 300, 12);
  });
  it('bucketed LSH: more tables read more and find no less; wide buckets hold everything', async () => {
    const narrow = (await curve({ kind: 'bucket', tables: 8, width: 0.3 })).points;
    expect(narrow.at(-1)!.recall).toBeGreaterThan(narrow[0]!.recall);
    expect(narrow.at(-1)!.scanned).toBeGreaterThan(narrow[0]!.scanned);
    expect((await curve({ kind: 'bucket', tables: 8, width: 100 })).points.at(-1)!.recall).toBe(1);
  });
  it('items as queries are not their own neighbours', async () => {
    const self = Int32Array.of(3, 77);
    const own = Float32Array.from([...self].flatMap((r) => [...items.subarray(r * dim, (r + 1) * dim)]));
    // One list of one vector each: nprobe 1 finds the vector itself and nothing that counts.
    const { points } = await curve({ kind: 'ivf', nlist: 300 }, { queries: own, self, k: 1, measure: 'euclidean' });
    expect(points[0]!.recall).toBe(0);
    expect(points.at(-1)!.recall).toBe(1);
  });
  it('refuses what cannot be, with the range', async () => {
    await expect(curve({ kind: 'ivf', nlist: 301 })).rejects.toThrow('nlist must be a whole number from 1 to 300');
    expect(() => checkPlan({ kind: 'ivf', nlist: 2.5 }, 300)).toThrow('received 2.5');
    expect(() => checkPlan({ kind: 'sign', bits: 0 }, 300)).toThrow('from 1 to 512');
    expect(() => checkPlan({ kind: 'bucket', tables: 65, width: 1 }, 300)).toThrow('from 1 to 64');
    expect(() => checkPlan({ kind: 'bucket', tables: 4, width: NaN }, 300)).toThrow('from 0.01 to 100');
    await expect(curve({ kind: 'sign', bits: 8 }, { queries: new Float32Array(0) })).rejects.toThrow('300 vectors and 0');
  });
  it('says beforehand what the index will hold', async () => {
    for (const plan of [{ kind: 'sign', bits: 40 }, { kind: 'bucket', tables: 8, width: 1 }] as const) expect((await curve(plan)).bytes).toBe(planBytes(plan, 300, dim).index);
    const ivf = { kind: 'ivf', nlist: 17 } as const;
    const stated = planBytes(ivf, 300, dim).index;
    expect(Math.abs((await curve(ivf)).bytes - stated) / stated).toBeLessThan(0.1);
  });
  it('the dial doubles up to its end; the fastest setting that is good enough is found', () => {
    expect(doublings(1, 1)).toEqual([1]);
    expect(doublings(10, 45)).toEqual([10, 20, 40, 45]);
    const p = (recall: number, ms: number) => ({ setting: ms, recall, ms, scanned: 1, exact: false });
    expect(fastestAt([p(0.9, 1), p(0.96, 3), p(0.99, 2)], 0.95)?.ms).toBe(2);
    expect(fastestAt([p(0.9, 1)], 0.95)).toBeNull();
  });
});
