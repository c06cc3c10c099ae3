import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainData } from '../core/model';
import { defaultsOf, type ParamsOf } from '../core/params';
import { neighbourModule, type Around } from './neighbour-ratings';
import { neighbourParams, type NeighbourParams } from './neighbour-ratings-params';
import { alternatingBaselines } from './rating-baselines';
import { ratingMatrix } from './rating-matrix';
import { largestValue } from './select-largest';
import { contextFor, scoreRows, smallWorld } from './small-matrices';

const mean = (xs: readonly number[]): number => xs.reduce((s, x) => s + x, 0) / xs.length;

/** Word for word from the definitions, over a table of ratings with gaps. Rows are users, or items when those are compared. */
async function twin(train: TrainData, around: Around, p: ParamsOf<NeighbourParams>): Promise<number[][]> {
  const m = ratingMatrix(train);
  const table: (number | null)[][] = Array.from({ length: m.U }, () => Array.from({ length: m.I }, () => null));
  for (let u = 0; u < m.U; u++) for (let e = m.users.start[u]!; e < m.users.start[u + 1]!; e++) table[u]![m.users.other[e]!] = m.users.value[e]!;
  const { bu, bi } = await alternatingBaselines(m, { epochs: 10, regUsers: 15, regItems: 10 });
  const byUser = p.compare === 'users';
  const [X, Y] = byUser ? [m.U, m.I] : [m.I, m.U];
  const at = (x: number, y: number): number | null => (byUser ? table[x]![y]! : table[y]![x]!);
  const base = (x: number, y: number): number => m.mean + (byUser ? bu[x]! + bi[y]! : bi[x]! + bu[y]!);
  const all = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
  const rated = (x: number): number[] => all(Y).filter((y) => at(x, y) !== null);
  const similarity = (a: number, b: number): number => {
    const both = rated(a).filter((y) => at(b, y) !== null);
    if (both.length < Math.max(p.similarity === 'pearson-baseline' ? 2 : 1, p.minSupport)) return 0;
    const [r, s] = [both.map((y) => at(a, y)!), both.map((y) => at(b, y)!)];
    if (p.similarity === 'msd') return 1 / (1 + mean(r.map((v, k) => (v - s[k]!) ** 2)));
    const [ca, cb] = p.similarity === 'pearson' ? [both.map(() => mean(r)), both.map(() => mean(s))] : p.similarity === 'cosine' ? [both.map(() => 0), both.map(() => 0)] : [both.map((y) => base(a, y)), both.map((y) => base(b, y))];
    const [x, z] = [r.map((v, k) => v - ca[k]!), s.map((v, k) => v - cb[k]!)];
    const below = Math.sqrt(x.reduce((t, v) => t + v * v, 0) * z.reduce((t, v) => t + v * v, 0));
    const cosine = below > 1e-9 ? x.reduce((t, v, k) => t + v * z[k]!, 0) / below : 0;
    return p.similarity === 'pearson-baseline' ? (cosine * (both.length - 1)) / (both.length - 1 + p.shrinkage) : cosine;
  };
  const predict = (x: number, y: number): number => {
    const known = rated(x).length > 0 && all(X).some((v) => at(v, y) !== null);
    const near = all(X).filter((v) => at(v, y) !== null).map((v) => ({ v, s: Math.fround(v === x ? 1 : similarity(x, v)) })).sort((a, b) => b.s - a.s || a.v - b.v).slice(0, p.k).filter((n) => n.s > 0);
    const enough = near.length >= p.minK && near.length > 0;
    const weight = near.reduce((t, n) => t + n.s, 0);
    const over = (centre: (v: number) => number): number => (enough ? near.reduce((t, n) => t + n.s * (at(n.v, y)! - centre(n.v)), 0) / weight : 0);
    const ownMean = (v: number): number => mean(rated(v).map((z) => at(v, z)!));
    if (around === 'baseline') return base(x, y) + (known ? over((v) => base(v, y)) : 0);
    if (!known) return m.mean;
    return around === 'means' ? ownMean(x) + over(ownMean) : enough ? over(() => 0) : m.mean;
  };
  const clip = (r: number): number => Math.max(m.low, Math.min(m.high, r));
  return all(m.U).map((u) => all(m.I).map((i) => clip(byUser ? predict(u, i) : predict(i, u))));
}

describe('neighbour models of ratings', () => {
  const settings = fc.record({
    k: fc.integer({ min: 1, max: 4 }), minK: fc.integer({ min: 1, max: 2 }), minSupport: fc.integer({ min: 1, max: 2 }), shrinkage: fc.constantFrom(0, 10),
    similarity: fc.constantFrom('msd' as const, 'pearson-baseline' as const), compare: fc.constantFrom('users' as const, 'items' as const),
  });
  it.each(['basic', 'means', 'baseline'] as const)('%s equals the definition on random small worlds, ties included', async (around) => {
    await fc.assert(fc.asyncProperty(smallWorld, settings, async (train, p) => {
      const ours = await scoreRows(await neighbourModule(around, 'test').fit(contextFor(train, p)), train);
      const theirs = await twin(train, around, p);
      ours.forEach((row, u) => row.forEach((r, i) => expect(r).toBeCloseTo(theirs[u]![i]!, 5)));
    }), { numRuns: 60 });
  });
  it.each(['cosine', 'pearson'] as const)('%s as similarity, with room for all neighbours, equals the definition', async (similarity) => {
    const p = { ...defaultsOf(neighbourParams), similarity };
    await fc.assert(fc.asyncProperty(smallWorld, async (train) => {
      const ours = await scoreRows(await neighbourModule('basic', 'test').fit(contextFor(train, p)), train);
      const theirs = await twin(train, 'basic', p);
      ours.forEach((row, u) => row.forEach((r, i) => expect(r).toBeCloseTo(theirs[u]![i]!, 4)));
    }), { numRuns: 40 });
  });
});

describe('the k-th largest', () => {
  it('is what sorting gives', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), fc.nat(), (list, n) => {
      const k = 1 + (n % list.length);
      expect(largestValue(Float64Array.from(list), list.length, k)).toBe([...list].sort((a, b) => b - a)[k - 1]);
    }));
  });
});
