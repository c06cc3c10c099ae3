import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../app/train-sample';
import { biggestLosers } from './losers';

const run = (ranks: number[], hash = 's') => sampleRun({ split: { ...sampleRun().split, hash }, perUser: { users: ranks.length, ranks } });

describe('biggest losers', () => {
  it('rank 1 to 3 costs more than rank 50 to 400, and winners are not listed', () => {
    expect(biggestLosers(run([1, 50, 9]), run([3, 400, 2]), 5)!.map((l) => [l.place, l.before, l.after])).toEqual([[0, 1, 3], [1, 50, 400]]);
  });
  it('an item that is no candidate any more is the whole loss', () => {
    expect(biggestLosers(run([1]), run([0]), 5)![0]!.loss).toBe(1);
  });
  it('runs of other splits, or without ranks by user, cannot be compared', () => {
    expect(biggestLosers(run([1]), run([2], 't'), 5)).toBeNull();
    expect(biggestLosers(run([1]), sampleRun({ split: run([1]).split }), 5)).toBeNull();
  });
});
