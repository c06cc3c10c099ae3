import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import type { RatingProgress } from '../../core/rating-run';
import { overFolds, parseRatingRun, unpackResiduals } from '../../core/rating-run';
import { cardOf } from '../../models/catalogue';
import { ratingWorld } from '../../models/small-world';
import { foldData } from './fold-data';
import { foldsOf } from './folds';
import { ratingOptions } from './options';
import { rate, type RatingInput } from './rate';
import { ratingSeedsTable, ratingTable } from './table';

const { data } = ratingWorld();
const COLD = { kind: 'share', share: 0.5 } as const;
const input = (change: Partial<RatingInput> = {}): RatingInput => ({ runId: 'r', name: 'a run', data, card: cardOf('baseline'), params: {}, folds: { kind: 'kfold', k: 4, seed: 1 }, cold: COLD, seed: 1, build: 'test', ...change });
const N = data.interactions.user.length;

describe('folds', () => {
  it('k parts that share nothing, are the whole, and differ in size by one at most; the seed decides', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 20 }), fc.nat(1000), (k, seed) => {
      const { of, hash } = foldsOf(data, { kind: 'kfold', k, seed });
      const sizes = Array.from({ length: k }, (_, f) => of.filter((x) => x === f).length);
      expect(sizes.reduce((s, x) => s + x, 0)).toBe(N);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(foldsOf(data, { kind: 'kfold', k, seed }).hash).toBe(hash);
      expect(foldsOf(data, { kind: 'kfold', k, seed: seed + 1 }).hash).not.toBe(hash);
    }), { numRuns: 20 });
  });
  it('a hold-out of a quarter is a quarter, once', () => {
    const { of, count } = foldsOf(data, { kind: 'holdout', share: 0.25, seed: 1 });
    expect([count, of.filter((f) => f === 0).length]).toEqual([1, Math.floor(N / 4)]);
  });
  it('published folds follow the source row; rows in no test are trained on by all', () => {
    const of = Uint8Array.from({ length: N }, (_, row) => row % 3); // fold 1, fold 2, or none
    const brought: DataSet = { ...data, folds: { name: 'two', count: 2, of } };
    const folds = foldsOf(brought, { kind: 'published' });
    data.interactions.row.forEach((row, n) => expect(folds.of[n]).toBe((row % 3) - 1));
    const first = foldData(brought, folds, 0, COLD);
    expect(first.train.user.length + first.truth.length).toBe(N);
  });
  it('no published folds, too many folds and impossible shares are refused with the range', () => {
    expect(() => foldsOf(data, { kind: 'published' })).toThrow('bring no published folds');
    expect(() => foldsOf(data, { kind: 'kfold', k: 1, seed: 1 })).toThrow('Folds: 2 to 20');
    expect(() => foldsOf(data, { kind: 'holdout', share: 2, seed: 1 })).toThrow('0.01 to 0.9');
  });
});

describe('a rating run', () => {
  it('no test rating is among those learned from, and residuals are true minus predicted in the stated order', async () => {
    const seen = new Set<string>();
    const folds = foldsOf(data, input().folds);
    for (let f = 0; f < folds.count; f++) {
      const { train, user, item } = foldData(data, folds, f, COLD);
      const learned = new Set(Array.from(train.user, (u, n) => `${u} ${train.item[n]}`));
      user.forEach((u, k) => {
        expect(learned.has(`${u} ${item[k]}`)).toBe(false);
        seen.add(`${u} ${item[k]}`);
      });
    }
    expect(seen.size).toBe(N);
    const run = await rate(input());
    const squares = unpackResiduals(run.residuals!).slice(0, run.folds[0]!.test).reduce((s, e) => s + e * e, 0);
    expect(Math.sqrt(squares / run.folds[0]!.test)).toBeCloseTo(run.folds[0]!.slices.all.rmse!, 6);
  });
  it('same seed, same record; slices add up; the table says mean and spread', async () => {
    const card = cardOf('svd');
    const [a, b] = [await rate(input({ card, params: { epochs: 2, factors: 3 } })), await rate(input({ card, params: { epochs: 2, factors: 3 } }))];
    expect(parseRatingRun(JSON.parse(JSON.stringify(a)))).toEqual(a);
    expect(b.residuals).toBe(a.residuals);
    for (const f of a.folds) expect(f.slices.warm.n + f.slices.cold.n).toBe(f.slices.all.n);
    expect(a.folds.map((f) => f.epochs.length)).toEqual([2, 2, 2, 2]);
    const { mean, sd } = overFolds(a.folds, 'all', 'rmse');
    expect(ratingTable(a)).toContain(`${mean!.toFixed(4).replace(/^0/, '')} ± ${sd!.toFixed(4).replace(/^0/, '')}`);
  });
  it('several seeds: a row each, then mean ± deviation of their means over folds; intervals hold the errors', async () => {
    const runs = await Promise.all([1, 2].map((seed) => rate(input({ card: cardOf('svd'), params: { epochs: 1, factors: 2 }, seed }))));
    const [a, b] = runs.map((run) => overFolds(run.folds, 'all', 'rmse').mean!);
    const table = ratingSeedsTable(runs);
    expect(table).toContain('2 seeds (1, 2)');
    expect(table).toContain(`${((a! + b!) / 2).toFixed(4).replace(/^0/, '')} ± ${(Math.abs(a! - b!) / Math.SQRT2).toFixed(4).replace(/^0/, '')}`);
    for (const { slices } of runs[0]!.folds) {
      const [low, high] = slices.all.intervals!.rmse;
      expect(low < slices.all.rmse! && slices.all.rmse! < high).toBe(true);
    }
  });
  it('the error after the last epoch is the error of the fold', async () => {
    const { folds } = await rate(input({ card: cardOf('svd'), params: { epochs: 3, factors: 3 } }));
    for (const f of folds) expect(f.epochs.at(-1)!.test).toBe(f.slices.all.rmse);
  });
  it('a cancel rejects with its reason; a stop keeps the folds that are done; a stop before any says so', async () => {
    const [cancel, stop, early] = [new AbortController(), new AbortController(), new AbortController()];
    const at = (c: AbortController, kind: RatingProgress['kind']) => (p: RatingProgress): void => void (p.kind === kind && c.abort(new Error('enough')));
    await expect(rate(input(), { signal: cancel.signal, progress: at(cancel, 'fold') })).rejects.toThrow('enough');
    const kept = await rate(input(), { stop: stop.signal, progress: at(stop, 'fold') });
    expect([kept.status, kept.folds.length]).toEqual(['stopped', 1]);
    await expect(rate(input(), { stop: early.signal, progress: at(early, 'ready') })).rejects.toThrow('before the first fold');
  });
  it('a learning rate that blows up is told as such, not as a number', async () => {
    const error = await rate(input({ card: cardOf('svd'), params: { learningRate: 0.5, epochs: 200, initSd: 1, regularisation: 0 } })).catch((e: unknown) => e);
    expect(String(error)).toMatch(/not finite.*smaller learning rate/);
  });
});

describe('the command line of rating prediction', () => {
  it('reads folds and hold-out, and refuses what cannot be with the range', () => {
    expect(ratingOptions({ folds: '10', 'folds-seed': '7' }).folds).toEqual({ kind: 'kfold', k: 10, seed: 7 });
    expect(ratingOptions({ 'holdout-share': '0.1' }).folds).toEqual({ kind: 'holdout', share: 0.1, seed: 42 });
    expect(ratingOptions({ folds: 'published' }).folds).toEqual({ kind: 'published' });
    expect(ratingOptions({}).folds).toBeNull();
    expect(() => ratingOptions({ folds: '1' })).toThrow('--folds takes a whole number from 2 to 20; received "1"');
    expect(() => ratingOptions({ folds: 'some' })).toThrow('published, holdout or a whole number');
    expect(() => ratingOptions({ 'holdout-share': 'NaN' })).toThrow('--holdout-share takes a number from 0.01 to 0.9');
    expect(() => ratingOptions({ folds: '5', 'holdout-share': '0.2' })).toThrow('belongs to --folds holdout');
    expect(() => ratingOptions({ task: 'guess' })).toThrow('--task takes rank, predict');
  });
});
