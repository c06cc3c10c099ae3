import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, outcomes, parseMetric, testAgainst, userValues, usersOfSlice } from './compare';
import { configDiff } from './compare-config';
import { frontier, jaccard, rankBins } from './compare-lists';
import { rankedRun } from './ranked-run';

describe('runs against each other', () => {
  it('rank 3 has NDCG@10 .5 and rank 0 none', () => {
    expect([...userValues(rankedRun([3, 0, 1]), 'NDCG@10')!]).toEqual([0.5, 0, 1]);
  });
  it('refuses a metric that does not exist and names those that do', () => {
    expect(() => parseMetric('NDCG@7')).toThrow(/1, 5, 10, 20, 50, 100/);
    expect(() => parseMetric('<b>@10')).toThrow(/HR, NDCG/);
  });
  it('strictly new items are cold too', () => {
    const run = rankedRun([1, 2, 3, 4], {}, 'wcnw');
    expect([...usersOfSlice(run, 'cold')!]).toEqual([1, 2]);
    expect([...usersOfSlice(run, 'new')!]).toEqual([2]);
  });
  it('1, 0, 1 against 0, 0, 0 over users 0 and 2 is 1', () => {
    expect(difference([1, 0, 1], [0, 0, 0], [0, 2])).toMatchObject({ n: 2, mean: 1 });
    expect(difference([1], [0], [])).toBeNull();
  });
  it('a difference changes its sign, and nothing else, when the runs change places', () => {
    const values = fc.integer({ min: 1, max: 40 }).chain((n) => fc.tuple(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: n, maxLength: n }), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: n, maxLength: n })));
    fc.assert(
      fc.property(values, ([a, b]) => {
        const users = a.map((_, u) => u);
        const there = difference(a, b, users)!;
        const back = difference(b, a, users)!;
        expect(back.mean).toBeCloseTo(-there.mean, 12);
        expect(back.low).toBeCloseTo(-there.high, 9);
        expect(back.high).toBeCloseTo(-there.low, 9);
      }),
      { numRuns: 40 },
    );
  });
  it('1 vs 3, 4 vs 4, 0 vs 9: one won, one tied, one lost; swapped, won and lost change places', () => {
    expect(outcomes([1, 4, 0], [3, 4, 9])).toMatchObject({ won: 1, tied: 1, lost: 1 });
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9))), (pairs) => {
      const [a, b] = [pairs.map((p) => p[0]), pairs.map((p) => p[1])];
      const [x, y] = [outcomes(a, b), outcomes(b, a)];
      expect([x.won, x.lost, x.tied]).toEqual([y.lost, y.won, y.tied]);
    }), { numRuns: 50 });
  });
  it('the same run again cannot be told apart; one that always hits first can', () => {
    const poor = rankedRun(Array.from({ length: 60 }, (_, u) => 20 + u), { id: 'poor' });
    const same = { ...poor, id: 'same' };
    const good = rankedRun(Array.from({ length: 60 }, () => 1), { id: 'good' });
    const [s, g] = testAgainst(poor, [same, good], 'NDCG@10', ['all']);
    expect(s).toMatchObject({ run: 'same', mean: 0, p: 1, apart: false });
    expect(g).toMatchObject({ run: 'good', low: 1, high: 1, apart: true });
  });
  it('a sure difference stays sure among a hundred tests', () => {
    const poor = rankedRun(Array.from({ length: 60 }, (_, u) => 20 + u), { id: 'poor' });
    const many = Array.from({ length: 100 }, (_, k) => rankedRun(Array.from({ length: 60 }, (_, u) => 1 + ((u + k) % 2)), { id: `good ${k}` }));
    expect(testAgainst(poor, many, 'NDCG@10', ['all']).every((t) => t.apart)).toBe(true);
  });
  it('a run of another split is not tested', () => {
    const a = rankedRun([1, 2]);
    expect(testAgainst(a, [rankedRun([2, 2], { split: { ...a.split, hash: 'split-b' } })], 'HR@10', ['all'])).toEqual([]);
  });
  it('runs that differ only in seed give one row', () => {
    const a = rankedRun([1, 2]);
    expect(configDiff([a, { ...a, id: 'b', seed: 2 }])).toEqual([{ part: 'run', name: 'seed', values: ['1', '2'] }]);
    expect(configDiff([a])).toEqual([]);
  });
  it('a setting only one of two models has is blank for the other', () => {
    const a = rankedRun([1, 2]);
    const b = { ...a, model: { id: 'als', params: { factors: 32 } } };
    expect(configDiff([a, b]).find((r) => r.name === 'factors')?.values).toEqual([null, '32']);
  });
});

describe('lists, ranks and cost', () => {
  it('rank bins double and hold every rank once', () => {
    const { bins, counts, missing } = rankBins([[1, 2, 3, 4, 5, 9, 0]]);
    expect(bins.map((b) => b.label)).toEqual(['1', '2', '3–4', '5–8', '9–16']);
    expect(counts).toEqual([[1, 1, 2, 1, 1]]);
    expect(missing).toEqual([1]);
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), (ranks) => {
      const r = rankBins([ranks]);
      expect(r.counts[0]!.reduce((a, b) => a + b, 0)).toBe(ranks.length);
      for (const x of ranks) expect(r.bins.filter((b) => b.from <= x && x <= b.to)).toHaveLength(1);
    }), { numRuns: 50 });
  });
  it('1 2 3 and 2 3 4 share half; two empty lists are alike', () => {
    expect(jaccard([1, 2, 3], [2, 3, 4])).toBe(0.5);
    expect(jaccard([], [])).toBe(1);
  });
  it('dearer and no better is off the frontier', () => {
    expect(frontier([{ cost: 1, quality: 0.1 }, { cost: 2, quality: 0.3 }, { cost: 3, quality: 0.2 }])).toEqual([true, true, false]);
  });
});
