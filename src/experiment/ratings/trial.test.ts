import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import { DEFAULT_SPLIT } from '../../core/split';
import { cardOf } from '../../models/catalogue';
import { ratingWorld } from '../../models/small-world';
import { runSearch } from '../search';
import { searchOptions } from '../search-options';
import { runTrial, type TrialRequest } from '../trial';
import { foldsOf, validationFolds } from './folds';

const { data } = ratingWorld();
const folds = { kind: 'kfold', k: 4, seed: 3 } as const;
const request = (change: Partial<TrialRequest> = {}): TrialRequest => ({ data, split: DEFAULT_SPLIT, card: cardOf('svd'), params: { epochs: 3, factors: 4 }, text: null, seed: 1, patience: 0, folds, ...change });

describe('a trial of a model of ratings', () => {
  it('its folds are the train ratings of fold 1 in three parts; what fold 1 tests is in none', () => {
    const outer = foldsOf(data, folds);
    const inner = validationFolds(data, outer);
    const sizes = [0, 1, 2].map((f) => inner.of.filter((x) => x === f).length);
    expect([...inner.of].every((f, n) => (outer.of[n] === 0) === (f === -2))).toBe(true);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(outer.of.filter((f) => f !== 0).length);
  });
  it.each(['svd', 'knn-means'])('%s: other test ratings in fold 1 give the same score; other train ratings do not', async (model) => {
    const outer = foldsOf(data, folds);
    const changed = (tests: boolean): DataSet => ({ ...data, interactions: { ...data.interactions, value: data.interactions.value!.map((r, n) => ((outer.of[n] === 0) === tests ? 6 - r : r)) } });
    const ask = { card: cardOf(model), params: model === 'svd' ? { epochs: 3, factors: 4 } : {} };
    const [here, blind, other] = [await runTrial(request(ask)), await runTrial(request({ ...ask, data: changed(true) })), await runTrial(request({ ...ask, data: changed(false) }))];
    expect(blind.score).toEqual(here.score);
    expect(other.score).not.toEqual(here.score);
    expect(here).toMatchObject({ score: { metric: 'RMSE' }, beside: { metric: 'MAE' }, bestEpoch: null });
    expect(here.score.low).toBeLessThan(here.score.value);
  });
  it('a search keeps the settings of the least RMSE', async () => {
    const { trials, best, tuned } = await runSearch(request(), searchOptions({ search: 'random', trials: '6', range: ['learningRate=0.0001..0.1', 'factors=1..8'] })!);
    expect(best.score.value).toBe(Math.min(...trials.map((t) => (t instanceof Error ? Infinity : t.score.value))));
    expect(tuned).toEqual({ trials: 6, strategy: 'Random', metric: 'RMSE' });
  });
  it('halving gives more epochs to the lower errors', async () => {
    const { trials } = await runSearch(request({ params: { epochs: 9, factors: 4 } }), searchOptions({ search: 'halving', trials: '6', range: ['learningRate=0.00001..0.05'] })!);
    const done = trials.flatMap((t) => (t instanceof Error ? [] : [t]));
    expect(done.map((t) => t.epochs)).toEqual([1, 1, 1, 1, 3, 9]);
    const first = done.slice(0, 4).toSorted((a, b) => a.score.value - b.score.value)[0]!;
    expect(done[4]!.params['learningRate']).toBe(first.params['learningRate']);
  });
  it('refuses what cannot be: no values, settings out of range; ends when cancelled', async () => {
    await expect(runTrial(request({ data: { ...data, interactions: { ...data.interactions, value: null } } }))).rejects.toThrow('no ratings to predict');
    await expect(runTrial(request({ params: { factors: 0 } }))).rejects.toThrow(/factors must be a whole number from/);
    const controller = new AbortController();
    await expect(runTrial(request({ params: { epochs: 500 } }), { signal: controller.signal, progress: () => controller.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
