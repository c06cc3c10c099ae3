import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../app/train-sample';
import type { RunRecord } from '../../core/run';
import { comparisonOf } from './comparison';
import { fromRecord } from './shown';

const USERS = 200;
/** Half of the users find their item at this rank, the others nowhere. */
const at = (rank: number): number[] => Array.from({ length: USERS }, (_, u) => (u % 2 ? 99 : rank));
const shown = (name: string, ranks: number[] | null, patch: Partial<RunRecord> = {}) =>
  fromRecord(sampleRun({ id: name, name, measured: { patience: 0, maskValidation: true }, ...(ranks ? { perUser: { users: ranks.length, ranks } } : {}), ...patch }));

describe('comparison', () => {
  it('rank 1 against rank 3 for half of the users: half of one half, and apart', () => {
    const text = comparisonOf([shown('A', at(1)), shown('B', at(3))]).join(' ');
    expect(text).toMatch(/^NDCG@10 of A is \.2500 higher than that of B \(95 % interval of the difference \.2\d+ to \.2\d+, paired bootstrap\): the two can be told apart \(paired t p < \.001, Wilcoxon p < \.001\)\./);
    expect(text).toContain('the same 200 users');
    expect(text).not.toContain('Holm');
  });
  it('the other way round it is lower', () => expect(comparisonOf([shown('B', at(3)), shown('A', at(1))])[0]).toContain('NDCG@10 of B is .2500 lower than that of A'));
  it('one user more found at rank 10 cannot be told from luck', () => {
    const ranks = at(3);
    const better = ranks.map((r, u) => (u === 1 ? 10 : r));
    expect(comparisonOf([shown('A', better), shown('B', ranks)])[0]).toContain('the two cannot be told apart (paired t p = .319');
  });
  it('a run against itself', () => expect(comparisonOf([shown('A', at(3)), shown('B', at(3))])[0]).toContain('is the same as that of B (95 % interval of the difference .0000 to .0000, paired bootstrap): the two cannot be told apart (paired t p = 1.000'));
  it('of three runs the first is set against each, with Holm’s correction', () => {
    const ranks = at(3);
    // Four users better by the same: p = .045 alone, .090 as one of two.
    const better = ranks.map((r, u) => (u < 8 && u % 2 ? 2 : r));
    expect(comparisonOf([shown('A', better), shown('B', ranks)])[0]).toContain('the two can be told apart (paired t p = .045');
    const three = comparisonOf([shown('A', better), shown('B', ranks), shown('C', ranks)]);
    expect(three).toHaveLength(3);
    expect(three[0]).toContain('the two cannot be told apart (paired t p = .090');
    expect(three[2]).toContain('corrected for 2 comparisons (Holm)');
  });
  it('nothing is said of other splits, other candidates or runs without ranks', () => {
    const a = shown('A', at(1));
    const other = { ...sampleRun().split, hash: 'split-b' };
    expect(comparisonOf([a, shown('B', at(3), { split: other })])).toEqual([]);
    expect(comparisonOf([a, shown('B', at(3), { measured: { patience: 0, maskValidation: false } })])).toEqual([]);
    expect(comparisonOf([a, shown('B', null)])).toEqual([]);
    expect(comparisonOf([shown('B', null), a])).toEqual([]);
    expect(comparisonOf([a])).toEqual([]);
  });
});
