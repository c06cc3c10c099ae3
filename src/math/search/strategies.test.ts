import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParamSpecs } from '../../core/params';
import { gridSize } from './grid';
import { halvingRounds } from './halving';
import { checkedSpace, gridValues, isRange, placeOf, usualDimension, valueAt, type Dimension, type RangeDimension, type Space } from './space';
import { createStrategy } from './strategies';
import { nextTrial, type Outcome, type StrategyId, type StrategySpec } from './strategy';

const specs: ParamSpecs = {
  lambda: { kind: 'number', label: '', help: '', min: 0.01, max: 1e6, default: 500, scale: 'log' },
  k: { kind: 'int', label: '', help: '', min: 1, max: 1000, default: 50 },
  weighting: { kind: 'choice', label: '', help: '', options: [{ value: 'none', label: '' }, { value: 'bm25', label: '' }], default: 'none' },
  centred: { kind: 'toggle', label: '', help: '', default: true },
};
const space = checkedSpace(specs, [{ name: 'lambda', min: 1, max: 1000 }, { name: 'k', min: 5, max: 50 }, { name: 'weighting' }, { name: 'centred' }]);
const spec = (id: StrategyId, change: Partial<StrategySpec> = {}): StrategySpec => ({ id, space, seed: 3, trials: 20, workers: 1, epochs: { min: 1, max: 9, eta: 3 }, ...change });

const range = fc.record({ kind: fc.constantFrom('int' as const, 'number' as const), low: fc.integer({ min: 1, max: 400 }), span: fc.integer({ min: 0, max: 600 }), scale: fc.constantFrom('linear' as const, 'log' as const), steps: fc.integer({ min: 1, max: 6 }) });
const spaces = fc.array(fc.oneof(range.map((r) => ({ ...r, list: null })), fc.integer({ min: 1, max: 4 }).map((list) => ({ list }))), { minLength: 1, maxLength: 3 }).map((list): Space =>
  list.map((d, n): Dimension => (d.list === null ? { name: `p${n}`, kind: d.kind, min: d.low, max: d.low + d.span, scale: d.scale, steps: d.steps } : { name: `p${n}`, kind: 'choice', values: Array.from({ length: d.list }, (_, v) => `v${v}`) })),
);
/** A made-up score of any settings, the same every time. */
const scoreOf = (params: Outcome['params']): number => Object.values(params).reduce<number>((s, v) => s + (typeof v === 'number' ? Math.sin(v) : String(v).length), 0);

/** Runs a whole search with so many trials side by side, which end in the order `pick` says. */
function play(s: StrategySpec, pick: (running: number[]) => number = (r) => r[0]!, score = scoreOf): { params: Outcome['params'][]; epochs: number[]; outcomes: Outcome[] } {
  const strategy = createStrategy(s);
  const outcomes: (Outcome | undefined)[] = Array.from({ length: strategy.trials });
  const epochs: number[] = [];
  const running = new Map<number, Outcome['params']>();
  for (;;) {
    while (running.size < s.workers) {
      const next = nextTrial(strategy, outcomes, new Set(running.keys()));
      if (!next) break;
      running.set(next.n, next.proposal.params);
      epochs[next.n] = next.proposal.epochs ?? 0;
    }
    if (running.size === 0) break;
    const n = pick([...running.keys()].sort((a, b) => a - b));
    outcomes[n] = { params: running.get(n)!, score: score(running.get(n)!) };
    running.delete(n);
  }
  expect(outcomes.filter((o) => o === undefined)).toEqual([]);
  return { params: outcomes.map((o) => o!.params), epochs, outcomes: outcomes as Outcome[] };
}

const within = (d: Dimension, v: unknown): boolean => (isRange(d) ? typeof v === 'number' && v >= d.min && v <= d.max && (d.kind === 'number' || Number.isInteger(v)) : d.values.includes(v as string));

describe('strategies of search', () => {
  it.each(['random', 'grid', 'tpe', 'halving'] as const)('%s: every setting of every trial lies within its range', (id) => {
    fc.assert(fc.property(spaces, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (s, seed) => {
      for (const params of play(spec(id, { space: s, seed, trials: 14 })).params) for (const d of s) expect(within(d, params[d.name])).toBe(true);
    }), { numRuns: 40 });
  });
  it.each(['random', 'grid', 'tpe', 'halving'] as const)('%s: one seed gives the same trials, whatever order trials end in', (id) => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat(1000)), (seed, workers, picks) => {
      const s = spec(id, { seed, workers });
      expect(play(s, (r) => r[picks.next().value! % r.length]!)).toEqual(play(s));
    }), { numRuns: 25 });
    expect(play(spec(id, { seed: 4 })).params).not.toEqual(play(spec(id)).params);
  });
  it('a search cut off anywhere goes on with exactly the trials it would have made', () => {
    const s = spec('tpe', { workers: 2 });
    const whole = play(s);
    const strategy = createStrategy(s);
    for (const cut of [0, 3, 9, 15]) {
      const kept = whole.outcomes.map((o, n) => (n < cut ? o : undefined));
      expect(nextTrial(strategy, kept, new Set())).toEqual({ n: cut, proposal: { params: whole.params[cut] } });
    }
  });
  it('a grid covers every combination exactly once', () => {
    fc.assert(fc.property(spaces, (s) => {
      const seen = play(spec('grid', { space: s, trials: 1000 })).params.map((p) => JSON.stringify(s.map((d) => p[d.name])));
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(Math.min(1000, s.reduce((n, d) => n * gridValues(d).length, 1)));
    }), { numRuns: 50 });
    expect(gridValues({ name: 'x', kind: 'number', min: 1, max: 1000, scale: 'log', steps: 4 })).toEqual([1, 10, 100, 1000]);
    expect(gridValues({ name: 'x', kind: 'int', min: 1, max: 3, scale: 'linear', steps: 6 })).toEqual([1, 2, 3]);
    expect(gridSize(space)).toBe(4 * 4 * 2 * 2);
  });
  it('halving never exceeds its budget of trials, and its last round trains in full', () => {
    fc.assert(fc.property(fc.integer({ min: 8, max: 300 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 4, max: 100 }), fc.integer({ min: 2, max: 4 }), (trials, min, max, eta) => {
      const rounds = halvingRounds(trials, { min, max, eta });
      expect(rounds.reduce((n, r) => n + r.count, 0)).toBeLessThanOrEqual(trials);
      expect(rounds.at(-1)!.epochs).toBe(max);
      rounds.forEach((r, k) => {
        expect(r.epochs).toBeGreaterThanOrEqual(min);
        if (k > 0) expect(r.count).toBeLessThanOrEqual(rounds[k - 1]!.count);
      });
    }));
    // 9 + 3 + 1 trials of 1, 3 and 9 epochs; ten to start with would make 14.
    expect(halvingRounds(13, { min: 1, max: 9, eta: 3 })).toEqual([{ count: 9, epochs: 1 }, { count: 3, epochs: 3 }, { count: 1, epochs: 9 }]);
    expect(() => halvingRounds(2, { min: 1, max: 9, eta: 3 })).toThrow('needs at least 3 trials; received 2');
  });
  it('halving sends on the best of each round', () => {
    const s = spec('halving', { trials: 13 });
    const { params, epochs, outcomes } = play(s);
    expect(epochs).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9]);
    const best = outcomes.slice(0, 9).sort((a, b) => b.score! - a.score!).slice(0, 3).map((o) => o.params);
    expect(params.slice(9, 12)).toEqual(best);
    expect(params[12]).toEqual(best[0]);
  });
  it('TPE finds a better place than random search on a bowl, over 30 seeds on average', () => {
    const bowl = (p: Outcome['params']): number => -((Math.log10(Number(p['lambda'])) - 1.7) ** 2) - ((Number(p['k']) - 20) / 45) ** 2 - (p['weighting'] === 'bm25' ? 0 : 0.3);
    const mean = (id: StrategyId): number => {
      let sum = 0;
      for (let seed = 0; seed < 30; seed++) sum += Math.max(...play(spec(id, { seed, trials: 40 }), undefined, bowl).outcomes.map((o) => o.score!));
      return sum / 30;
    };
    expect(mean('tpe')).toBeGreaterThan(mean('random') / 2); // scores are at most 0: at least half the distance is gained
  });
});

describe('the space of a search', () => {
  it('a place on the scale and its value belong together', () => {
    const d: RangeDimension = { name: 'x', kind: 'number', min: 0.001, max: 10, scale: 'log', steps: 4 };
    expect(valueAt(d, 0.25)).toBe(0.01);
    expect(placeOf(d, 0.01)).toBeCloseTo(0.25);
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
      expect(placeOf(d, valueAt(d, t))).toBeCloseTo(t, 2);
    }));
  });
  it.each([
    [[{ name: 'k', min: 0, max: 10 }], /least k to try must be a whole number from 1 to 1000; received 0/],
    [[{ name: 'k', min: 1, max: 2.5 }], /most k to try must be a whole number from 1 to 1000; received 2.5/],
    [[{ name: 'lambda', min: 'x', max: 10 }], /least lambda to try must be a number from 0.01 to 1000000; received "x"/],
    [[{ name: 'lambda', min: 10, max: NaN }], /most lambda/],
    [[{ name: 'k', min: 9, max: 3 }], /begins above its end \(9 > 3\); it must lie within 1 to 1000/],
    [[{ name: 'k', min: 1, max: 9, steps: 0 }], /from 1 to 50 values of k; received 0/],
    [[{ name: 'weighting', values: ['cosine'] }], /must be among none, bm25; received "cosine"/],
    [[{ name: 'depth', min: 1, max: 2 }], /no parameter "depth" to search. This model has: lambda, k/],
    [[{ name: 'k', min: 1, max: 2 }, { name: 'k', min: 1, max: 2 }], /given twice/],
    [[], /No parameter is to be searched/],
  ])('%j is refused with what is allowed', (wanted, message) => {
    expect(() => checkedSpace(specs, wanted)).toThrow(message);
  });
  it('a ratio scale cannot begin at zero', () => {
    expect(() => checkedSpace({ l: { kind: 'number', label: '', help: '', min: 0, max: 10, default: 0.1, scale: 'log' } }, [{ name: 'l', min: 0, max: 1 }])).toThrow('must begin above 0');
  });
  it('the usual range of every kind lies within what the card allows', () => {
    expect(usualDimension('lambda', specs['lambda']!)).toMatchObject({ min: 50, max: 5000, scale: 'log' });
    expect(usualDimension('k', specs['k']!)).toMatchObject({ min: 1, max: 150, scale: 'linear' });
    expect(usualDimension('x', { kind: 'int', label: '', help: '', min: 0, max: 100, default: 3, scale: 'log' })).toMatchObject({ min: 1, max: 30 });
  });
});
