import { describe, expect, it } from 'vitest';
import { ratingRun } from '../../../analysis/rated-run';
import { matchesRating, measureOf, ratingGroups } from './view';

describe('rating runs on the Runs tab', () => {
  it('reads the error from the address and refuses what does not exist, naming what does', () => {
    expect(measureOf(new URLSearchParams('error=mae'))).toEqual({ measure: 'mae', problem: null });
    expect(measureOf(new URLSearchParams('error=ndcg')).problem).toMatch(/One of rmse, mae, r\./);
  });
  it('least error first, the pinned on top, the stopped last; other folds in a table of their own', () => {
    const runs = [
      ratingRun('poor', [1, 1]), ratingRun('good', [0.8, 0.8]), ratingRun('pinned', [2, 2], undefined, { pinned: true }), ratingRun('stopped', [0.1], undefined, { status: 'stopped' }),
      ratingRun('other', [0.1, 0.1], undefined, { createdAt: '2020-01-01T00:00:00Z', split: { ...ratingRun('x', [1]).split, hash: 'elsewhere' } }),
    ];
    const ids = (measure: 'rmse' | 'r'): string[][] => ratingGroups(runs, measure).map((g) => g.runs.map((r) => r.id));
    expect(ids('rmse')).toEqual([['pinned', 'good', 'poor', 'stopped'], ['other']]);
    expect(ids('r')[0]).toEqual(['pinned', 'poor', 'good', 'stopped']);
  });
  it('finds by name, data, folds, model, tag and note, every word of it', () => {
    const run = ratingRun('Late SVD', [1], undefined, { tags: ['Paper'], notes: 'too slow' });
    for (const find of ['svd paper', 'RANDOM folds', 'slow', 'ratings']) expect(matchesRating(run, find)).toBe(true);
    expect(matchesRating(run, 'svd fast')).toBe(false);
  });
});
