import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../core/split';
import { cardOf } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { runSearch } from './search';
import { searchOptions, searchSpace } from './search-options';
import type { TrialRequest } from './trial';

const request = (model: string, params: Record<string, unknown> = {}): TrialRequest => ({ data: checkerboard().data, split: DEFAULT_SPLIT, card: cardOf(model), params, text: null, seed: 1, patience: 0 });
const options = (strategy: string, trials: number, ...range: string[]) => searchOptions({ search: strategy, trials: String(trials), ...(range.length ? { range } : {}) })!;

describe('a search without a page', () => {
  it('tries so many settings within the range and gives back the best of them', async () => {
    const { trials, best, tuned } = await runSearch(request('ease'), options('random', 5, 'lambda=1..1000'));
    const scores = trials.map((t) => (t instanceof Error ? -1 : t.score.value));
    expect(scores).toHaveLength(5);
    expect(best.score.value).toBe(Math.max(...scores));
    expect(tuned).toEqual({ trials: 5, strategy: 'Random', metric: 'NDCG@10' });
    for (const t of trials) expect(t instanceof Error ? 0 : t.params['lambda']).toSatisfy((l: number) => l >= 1 && l <= 1000);
  });
  it('halving trains many briefly and few in full', async () => {
    const { trials } = await runSearch(request('als', { epochs: 9, factors: 4 }), options('halving', 6, 'alpha=1..40'));
    expect(trials.map((t) => (t instanceof Error ? 0 : t.epochs))).toEqual([1, 1, 1, 1, 3, 9]);
  });
  it('a stop keeps what there is; a budget in minutes ends it too', async () => {
    expect((await runSearch(request('ease'), options('random', 50), { stopping: () => true })).trials).toHaveLength(1);
    expect((await runSearch(request('ease'), { ...options('random', 50), minutes: 1e-9 })).trials).toHaveLength(1);
  });
  it.each([
    [{ search: 'luck' }, /--search takes random, grid, tpe, halving; received "luck"/],
    [{ search: 'random', trials: '0' }, /--trials takes a whole number from 1 to 1000; received "0"/],
    [{ search: 'random', minutes: '-1' }, /--minutes takes a number above 0/],
    [{ search: 'random', range: ['lambda'] }, /--range takes param=MIN..MAX/],
    [{ trials: '5' }, /--trials belongs to --search/],
  ])('%j is refused', (values, message) => {
    expect(() => searchOptions(values)).toThrow(message);
  });
  it('ranges that the model does not take are refused with the range allowed', () => {
    expect(() => searchSpace(cardOf('item-knn'), options('random', 5, 'k=0..50'))).toThrow(/least k to try must be a whole number from 1 to/);
    expect(() => searchSpace(cardOf('ease'), options('random', 5, 'lambda=-1..50'))).toThrow(/from 0.01 to 1000000; received "-1"/);
    expect(() => searchSpace(cardOf('ease'), options('halving', 5))).toThrow('EASE has no epochs');
  });
});
