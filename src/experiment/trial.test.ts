import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../core/split';
import { splitData, trainData } from '../data/split/split';
import { cardOf } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { runExperiment } from './experiment';
import { runTrial, scoreOnValidation, type TrialRequest } from './trial';

const { data } = checkerboard();
const request = (change: Partial<TrialRequest> = {}): TrialRequest => ({ data, split: DEFAULT_SPLIT, card: cardOf('item-knn'), params: {}, text: null, seed: 1, patience: 0, ...change });

describe('a trial', () => {
  it.each(['item-knn', 'als'])('%s: never reads the test set: a split whose test throws when touched gives the same record', async (model) => {
    const split = splitData(data, DEFAULT_SPLIT);
    const train = trainData(data, split);
    const poisoned = { ...split };
    for (const part of ['test', 'summary'] as const) {
      Object.defineProperty(poisoned, part, { enumerable: true, get: () => { throw new Error('The test set was read.'); } });
    }
    const params = model === 'als' ? { epochs: 2, factors: 4 } : {};
    const { seconds: _a, ...blind } = await scoreOnValidation({ card: cardOf(model), params, text: null, seed: 1, patience: 0, split: poisoned, train });
    const { seconds: _b, ...whole } = await runTrial(request({ card: cardOf(model), params }));
    expect(blind).toEqual(whole);
    expect(() => ({ ...poisoned })).toThrow('The test set was read.');
  });
  it('scores an iterative model as the run of the same settings does at its best epoch', async () => {
    const card = cardOf('als');
    const params = { epochs: 4, factors: 4 };
    const trial = await runTrial(request({ card, params, seed: 5 }));
    const { record, recommender } = await runExperiment({ runId: 'r', name: 'r', data, split: DEFAULT_SPLIT, card, params, text: null, seed: 5, patience: 0, selection: 'validation', maskValidation: true, backend: 'typescript', build: '' }, { checkpoints: false });
    recommender.dispose?.();
    expect(trial.epochs).toBe(4);
    expect(trial.bestEpoch).toBe(record.bestEpoch);
    expect(trial.score).toEqual({ metric: 'NDCG@10', ...record.epochs.find((e) => e.epoch === record.bestEpoch)?.validation?.all.metrics['NDCG@10'] });
    expect(trial.splitHash).toBe(record.split.hash);
  });
  it('fits the members of a blend first', async () => {
    const trial = await runTrial(request({ card: cardOf('hybrid'), params: { members: 'item-knn:0.5,popularity:0.5', tune: false } }));
    expect(trial.score.value).toBeGreaterThan(0);
  });
  it('ends when patience has run out', async () => {
    // On the checkerboard the first epochs rank everything right already, so nothing gets better.
    const trial = await runTrial(request({ card: cardOf('als'), params: { epochs: 50, factors: 4 }, patience: 2 }));
    expect(trial.epochs).toBe(trial.bestEpoch! + 2);
  });
  it('refuses what cannot be searched: no validation, settings out of range, missing text', async () => {
    await expect(runTrial(request({ split: { ...DEFAULT_SPLIT, validation: false } }))).rejects.toThrow('holds out no validation items');
    await expect(runTrial(request({ params: { k: 0 } }))).rejects.toThrow(/k must be a whole number from/);
  });
  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const trial = runTrial(request({ card: cardOf('als'), params: { epochs: 500, factors: 4 } }), { signal: controller.signal, progress: () => controller.abort(new Error('enough')) });
    await expect(trial).rejects.toThrow('enough');
  });
});
