import { describe, expect, it } from 'vitest';
import type { StoredStudy, TrialDone } from '../../../app/search/study';
import { byScore, influence, scoredTrials } from './trial-rows';

const done = (lambda: number, kind: string, score: number | null, epochs = 0): TrialDone => ({
  params: { lambda, kind }, epochs, problem: score === null ? { what: 'no', remedy: null } : null,
  record: score === null ? null : { params: {}, seed: 1, splitHash: 's', n: 9, score: { metric: 'NDCG@10', value: score, low: 0, high: 1 }, beside: { metric: 'HR@10', value: 0, low: 0, high: 1 }, epochs: 0, bestEpoch: null, seconds: 1 },
});
const study = (...trials: (TrialDone | null)[]): Pick<StoredStudy, 'trials'> => ({ trials });

describe('trials as charts take them', () => {
  it('failed and missing trials are left out, the numbers stay', () => {
    expect(scoredTrials(study(done(1, 'a', 0.1), null, done(2, 'a', null), done(3, 'b', 0.3))).map((t) => [t.n, t.best])).toEqual([[0, false], [3, true]]);
  });
  it('the best comes first, and of a halving only the longest trainings compete for it', () => {
    const list = byScore(scoredTrials(study(done(1, 'a', 0.9, 1), done(2, 'a', 0.5, 3), done(3, 'b', 0.7, 3))));
    expect(list.map((t) => t.n)).toEqual([2, 1, 0]);
  });
  it('influence: 1 where the score always grows with the setting, all variance where a list decides alone', () => {
    const trials = scoredTrials(study(...[1, 2, 3, 4, 5, 6].map((l) => done(l * l, l > 3 ? 'b' : 'a', l > 3 ? 0.5 + l / 1000 : 0.1 + l / 1000))));
    expect(influence({ name: 'lambda', kind: 'number', min: 1, max: 36, scale: 'linear', steps: 4 }, trials)).toBeCloseTo(1);
    expect(influence({ name: 'kind', kind: 'choice', values: ['a', 'b'] }, trials)).toBeCloseTo(27 / 35); // ranks 1-3 against 4-6: between 13.5 of 17.5
    expect(influence({ name: 'lambda', kind: 'number', min: 1, max: 36, scale: 'linear', steps: 4 }, trials.slice(0, 4))).toBeNull();
  });
});
