import { describe, expect, it } from 'vitest';
import { rankedRun } from '../../../analysis/ranked-run';
import { entriesOf, leaderboard } from '../../../analysis/leaderboard';
import type { PlanEntry, RunState } from '../../../app/queue';
import type { RunRecord } from '../../../core/run';
import { catalogue } from '../../../models/catalogue';
import { boardReading } from './board-words';
import { exportBoard } from './exports';
import { chosenSource, sourcesOf } from './sources';

const run = (id: string, patch: Partial<RunRecord> = {}): RunRecord => ({ ...rankedRun([1, 2, 50]), id, ...patch });
const entry = (ids: string[]): PlanEntry => ({
  plan: { id: 'p', kind: 'leaderboard', title: 'My board', dataHash: 'data-a', createdAt: '2026-01-01', runs: [] },
  states: Object.fromEntries(ids.map((id): [string, RunState] => [id, { status: 'done', fraction: 1, label: '', recordId: id }])), running: false, secondsLeft: null,
});
const otherSplit = { split: { ...run('x').split, hash: 'split-b' } };

describe('which boards there are', () => {
  it('one a plan and one a ground; sampled, other splits and other data are never mixed, and each board says what it left out', () => {
    const runs = [run('a'), run('b'), run('c', otherSplit), run('d', { sampled: { origin: 'listed', negatives: 99 } }), run('e', { data: { ...run('x').data, hash: 'data-b', name: 'Other' } })];
    const sources = sourcesOf([entry(['a'])], runs, catalogue, 'data-a');
    expect(sources.map((s) => s.runs.map((r) => r.id))).toEqual([['a'], ['a', 'b'], ['c'], ['d'], ['e']]);
    expect(sources[1]!.apart.map((a) => a.reason).join(' ')).toMatch(/other data \(Other\).*among 99 listed|among 99 listed.*other data/s);
    expect(sources[3]!.label).toContain('sampled');
  });
  it('failed, stopped, archived and rating runs stand on no board', () => {
    const rated = run('r', { test: { ...run('x').test, all: { n: 3, metrics: { RMSE: { value: 0.9, low: 0.8, high: 1 } } } } });
    expect(sourcesOf([], [run('a', { status: 'stopped' }), run('b', { archived: true }), rated], catalogue, null)).toEqual([]);
  });
  it('a run of the plan that was deleted is counted, one on another ground is named', () => {
    const [board] = sourcesOf([entry(['a', 'b', 'gone', 't'])], [run('a'), run('b'), run('t', { selection: 'test' })], catalogue, 'data-a');
    expect(board).toMatchObject({ missing: 1 });
    expect(board!.apart[0]!.reason).toContain('chosen on the test set');
  });
  it('the one asked for is shown, else one of the data in use', () => {
    const sources = sourcesOf([], [run('a', { data: { ...run('x').data, hash: 'data-b' } }), run('b'), run('c', { data: { ...run('x').data, hash: 'data-b' } })], catalogue, 'data-a');
    expect(chosenSource(sources, null, 'data-a')!.ground.data).toBe('data-a');
    expect(chosenSource(sources, sources[1]!.id, 'data-a')).toBe(sources[1]);
    expect(chosenSource([], 'x', null)).toBeNull();
  });
});

describe('what leaves the page', () => {
  const finding = (hits: number): number[] => Array.from({ length: 100 }, (_, u) => (u < hits ? 1 : 90));
  const runs = [rankedRun(finding(40), { id: '1', model: { id: '=cmd', params: {} } }), rankedRun(finding(4), { id: '2', model: { id: 'b', params: {} } })];
  const [source] = sourcesOf([], runs, catalogue, 'data-a');
  const entries = entriesOf(runs, (r) => r.model.id);
  const board = leaderboard(entries, { slice: 'all', metric: 'MRR', k: 10 });
  it('CSV: a name that starts like a formula stays text', () => expect(exportBoard('csv', entries, board, source!).text).toContain(",'=cmd,"));
  it('LaTeX: the chosen metric first, hit rate and NDCG beside it', () => expect(exportBoard('tex', entries, board, source!).text).toContain('Model & MRR@10 & HR@10 & NDCG@10 & Seconds'));
  it('JSON: every run, as a list that can be imported', () => expect((JSON.parse(exportBoard('json', entries, board, source!).text) as RunRecord[]).map((r) => r.id)).toEqual(['1', '2']));
  it('the reading names the best, its ties, and who does not beat popularity', () => {
    expect(boardReading(board)).toMatch(/^=cmd is highest with MRR@10 \.40/);
    expect(boardReading(board)).toContain('every other model can be told apart');
  });
});
