import { describe, expect, it } from 'vitest';
import { rankedRun } from '../../../analysis/ranked-run';
import { groupsOf, matches, viewOf } from './view';

describe('the Runs tab', () => {
  it('reads its address and refuses what does not exist, naming what does', () => {
    expect(viewOf(new URLSearchParams('runs=a,b,a&metric=HR@10&slice=cold'))).toMatchObject({ ids: ['a', 'b'], metric: 'HR@10', slice: 'cold', problem: null });
    expect(viewOf(new URLSearchParams('metric=HR@7')).problem).toMatch(/one of 1, 5, 10, 20, 50, 100/);
    expect(viewOf(new URLSearchParams('slice=tepid')).problem).toMatch(/One of all, warm, cold, new/);
  });
  it('runs of another split or other data stand in a table of their own; the best and the pinned lead', () => {
    const poor = rankedRun([9, 9], { id: 'poor' });
    const good = rankedRun([1, 1], { id: 'good' });
    const pinned = rankedRun([20, 20], { id: 'pinned', pinned: true });
    const other = rankedRun([1, 1], { id: 'other', split: { ...poor.split, hash: 'split-b' }, createdAt: '2020-01-01T00:00:00Z' });
    const strange = rankedRun([1, 1], { id: 'strange', data: { ...poor.data, hash: 'data-b' }, createdAt: '2019-01-01T00:00:00Z' });
    expect(groupsOf([strange, other, poor, good, pinned], 'NDCG@10', 'all').map((g) => g.runs.map((r) => r.id))).toEqual([['pinned', 'good', 'poor'], ['other'], ['strange']]);
  });
  it('finds by name, data, model, plan, tag and note, every word of it', () => {
    const run = rankedRun([1], { name: 'Late EASE', tags: ['Paper'], notes: 'too slow', plan: { id: 'p', kind: 'ablation', title: 'Text or none' } });
    for (const find of ['ease paper', 'small', 'SLOW', 'ablation none']) expect(matches(run, find)).toBe(true);
    expect(matches(run, 'ease fast')).toBe(false);
  });
});
