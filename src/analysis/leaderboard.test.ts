import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../core/run';
import { entriesOf, leaderboard, userValues, type BoardView } from './leaderboard';
import { apartFrom, groundOf, leftOut } from './leaderboard-ground';
import { rankedRun } from './ranked-run';

const view: BoardView = { slice: 'all', metric: 'HR', k: 10 };
const label = (r: RunRecord): string => r.model.id;
const model = (id: string): Partial<RunRecord> => ({ model: { id, params: {} } });
/** n users, the first `hits` of whom find their item in place 1. */
const finding = (hits: number, n = 100): number[] => Array.from({ length: n }, (_, u) => (u < hits ? 1 : 50));

describe('entries', () => {
  it('runs that differ by seed only are one entry; another parameter is another', () => {
    const runs = [
      rankedRun([1, 2], { seed: 2 }), rankedRun([1, 2], { seed: 1 }),
      rankedRun([1, 2], { model: { id: 'ease', params: { lambda: 100 } } }),
    ];
    expect(entriesOf(runs, label).map((e) => e.runs.map((r) => r.seed))).toEqual([[1, 2], [1]]);
  });
  it('the order in which parameters were written does not matter, and of two runs with one seed the newer counts', () => {
    const a = rankedRun([1], { id: 'old', model: { id: 'm', params: { a: 1, b: 2 } }, createdAt: '2026-01-01' });
    const b = rankedRun([2], { id: 'new', model: { id: 'm', params: { b: 2, a: 1 } }, createdAt: '2026-02-01' });
    expect(entriesOf([a, b], label).map((e) => e.runs.map((r) => r.id))).toEqual([['new']]);
  });
});

describe('the board', () => {
  it('one hit of four at one seed and two at the other: mean .375, sd .1768, and users are averaged over seeds', () => {
    const runs = [rankedRun([1, 50, 50, 50], { seed: 1 }), rankedRun([1, 1, 50, 50], { seed: 2 })];
    const row = leaderboard(entriesOf(runs, label), view).rows[0]!;
    expect(row).toMatchObject({ label: 'ease', value: 0.375, n: 4, seeds: [1, 2], rank: 1, seconds: 6 });
    expect(row.sd).toBeCloseTo(Math.sqrt(2 * 0.125 ** 2), 12);
    expect([...userValues(runs, view)!]).toEqual([1, 0.5, 0, 0]);
    // Mean .375 of 1, .5, 0, 0; s² = (.390625 + .015625 + 2·.140625)/3; the lower limit is clipped to 0.
    expect(row.low).toBe(0);
    expect(row.high).toBeCloseTo(0.375 + 1.959964 * Math.sqrt(0.6875 / 3 / 4), 5);
  });
  it('one seed keeps the interval of its run', () => {
    const run = rankedRun(finding(30));
    expect(leaderboard(entriesOf([run], label), view).rows[0]).toMatchObject({ sd: null, low: run.test.all.metrics['HR@10']!.low, high: run.test.all.metrics['HR@10']!.high });
  });
  it('popularity and chance are always there, chance without an interval or a letter', () => {
    const board = leaderboard(entriesOf([rankedRun(finding(30))], label), view);
    expect(board.rows.map((r) => r.kind)).toEqual(['model', 'popularity', 'chance']);
    expect(board.rows[2]).toMatchObject({ label: 'Random (expected)', low: null, letters: '', tiedWithBest: null });
  });
  it('a popularity run with the figures of the baseline is that baseline, once', () => {
    const popularity = rankedRun(Array.from({ length: 100 }, () => 100), model('popularity'));
    const board = leaderboard(entriesOf([rankedRun(finding(30)), popularity], label), view);
    expect(board.rows.filter((r) => r.kind === 'popularity').map((r) => r.runs.length)).toEqual([1]);
  });
  it('two near each other share a letter and a mark with the best; one far below shares neither', () => {
    const board = leaderboard(entriesOf([rankedRun(finding(40), model('a')), rankedRun(finding(39), model('b')), rankedRun(finding(5), model('c'))], label), view);
    const by = Object.fromEntries(board.rows.map((r) => [r.label, r]));
    expect([by['a']!.letters, by['b']!.letters, by['c']!.letters]).toEqual(['a', 'a', 'b']);
    expect([by['a']!.tiedWithBest, by['b']!.tiedWithBest, by['c']!.tiedWithBest]).toEqual([true, true, false]);
    expect(by['c']!.againstBest!.difference).toBeCloseTo(0.35, 12);
    expect(board.tested).toEqual({ users: 100, resamples: 2000, comparisons: 3 });
  });
  it('equal values share a rank', () => {
    const board = leaderboard(entriesOf([rankedRun(finding(20), model('a')), rankedRun(finding(20), model('b')), rankedRun(finding(5), model('c'))], label), view);
    expect(board.rows.slice(0, 3).map((r) => r.rank)).toEqual([1, 1, 3]);
  });
  it('a slice is tested over its own users', () => {
    const slices = 'w'.repeat(60) + 'c'.repeat(30) + 'n'.repeat(10);
    const board = leaderboard(entriesOf([rankedRun(finding(70), model('a'), slices), rankedRun(finding(65), model('b'), slices)], label), { ...view, slice: 'cold' });
    expect(board.rows[0]).toMatchObject({ label: 'a', n: 40, value: 0.25 });
    expect(board.tested!.users).toBe(40);
  });
  it('runs that do not say who is in a slice show it untested, in words', () => {
    const old = (id: string): RunRecord => {
      const run = rankedRun(finding(30), model(id));
      return { ...run, perUser: { users: 100, ranks: run.perUser!.ranks } };
    };
    const board = leaderboard(entriesOf([old('a'), old('b')], label), { ...view, slice: 'warm' });
    expect(board.tested).toBeNull();
    expect(board.untested).toContain('run them again');
    expect(board.rows[0]!.tiedWithBest).toBeNull();
  });
  it('an empty slice says why and ranks nobody', () => {
    const board = leaderboard(entriesOf([rankedRun(finding(3), model('a')), rankedRun(finding(2), model('b'))], label), { ...view, slice: 'cold' });
    expect(board.empty).toContain('No test items here');
    expect(board.rows.every((r) => r.rank === null && r.value === null)).toBe(true);
  });
});

describe('what may stand on one board', () => {
  const run = rankedRun([1, 2]);
  const ground = groundOf(run);
  it.each<[string, Partial<RunRecord>, string | null]>([
    ['the same split', {}, null],
    ['other data', { data: { ...run.data, hash: 'data-b', name: 'Other' } }, 'other data (Other)'],
    ['another split', { split: { ...run.split, hash: 'split-b' } }, 'another split'],
    ['listed negatives', { sampled: { origin: 'listed', negatives: 99 } }, 'among 99 listed items'],
    ['chosen on the test set', { selection: 'test' }, 'chosen on the test set'],
    ['validation items as distractors', { measured: { patience: 5, maskValidation: false } }, 'its list is longer'],
  ])('%s', (_, patch, says) => {
    const reason = apartFrom({ ...run, ...patch }, ground);
    if (says === null) expect(reason).toBeNull();
    else expect(reason).toContain(says);
  });
  it('left-out runs are counted by reason', () => {
    const other = { ...run, id: 'x', split: { ...run.split, hash: 'split-b' } };
    expect(leftOut([run, other, { ...other, id: 'y' }], ground).map((l) => l.runs.length)).toEqual([2]);
  });
});
