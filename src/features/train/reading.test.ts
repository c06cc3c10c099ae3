import { describe, expect, it } from 'vitest';
import { sampleEpoch, sampleEvaluation, sampleRun } from '../../app/train-sample';
import type { RunRecord } from '../../core/run';
import { readingOf } from './reading';
import { fromRecord } from './shown';

const read = (patch: Partial<RunRecord> = {}, metric = 'HR'): string => readingOf(fromRecord(sampleRun(patch)), metric, 10).sentences.join(' ');
const baseline = (id: 'popularity' | 'random' | 'oracle', all: number, cold: number, half = 0): RunRecord['baselines'][number] => {
  const e = sampleEvaluation({ all, warm: all, cold }, half);
  return { id, validation: e, test: e };
};

describe('reading', () => {
  it('a hit rate is said as one user in so many, beside popularity', () => {
    expect(read()).toMatch(/^1 user in 8 finds the held-out item in a list of 10, 2.4 times as much as popularity \(.050\)\./);
  });
  it('many users are spoken of as many', () => {
    expect(read({ test: sampleEvaluation({ all: 0.58, warm: 0.6, cold: 0.5 }) })).toMatch(/^58 % of users find the/);
    expect(read({ test: sampleEvaluation({ all: 1, warm: 1, cold: 1 }) })).toMatch(/^every user finds the/i);
  });
  it('overlapping intervals are not called better', () => {
    const text = read({ test: sampleEvaluation({ all: 0.055, warm: 0.06, cold: 0.05 }, 0.02) });
    expect(text).toMatch(/not clearly better than counting plays \(popularity .050, the intervals overlap\)/);
    expect(text).toMatch(/warm and cold items do about alike/);
  });
  it('a model that a count beats is told so', () => {
    expect(read({ test: sampleEvaluation({ all: 0.01, warm: 0.02, cold: 0 }, 0.002), baselines: [baseline('popularity', 0.2, 0)] })).toMatch(/less than popularity alone.*Cold items are never found, by popularity neither/);
  });
  it('cold items that text lifts from nothing are named, with how far warm ones are ahead', () => {
    expect(read()).toContain('Cold items reach .040, where popularity gives nothing; warm items do 5 times as well.');
  });
  it('cold items at chance are said to be at chance', () => {
    expect(read({ test: sampleEvaluation({ all: 0.1, warm: 0.2, cold: 0.008 }), baselines: [baseline('random', 0.005, 0.005), baseline('popularity', 0.05, 0)] })).toContain('no better than chance, .005');
  });
  it('an empty cold slice gives its own sentence, never a number', () => {
    const text = read({ test: sampleEvaluation({ all: 0.1, warm: 0.1, cold: null }) });
    expect(text).toContain('Warm and cold cannot be compared: No cold test items (0 of 100): lower the warm threshold.');
    expect(text).not.toMatch(/NaN|undefined/);
  });
  it('a share of the oracle is said where the truth is known', () => {
    expect(read({ baselines: [baseline('oracle', 0.48, 0.4)] })).toContain('25 % of what the oracle');
  });
  it('the best epoch before the last is named; a best last epoch means that more may help', () => {
    const epochs = [1, 2, 3, 4, 5].map((e) => sampleEpoch(e, 0.1 * e));
    expect(read({ epochs, bestEpoch: 2 })).toContain('No better epoch since 2.');
    expect(read({ epochs, bestEpoch: 5 })).toContain('still improving at the last epoch');
    expect(read({ epochs, bestEpoch: 4 })).not.toMatch(/epoch/); // one epoch without a better one is noise
    expect(read({ epochs: [sampleEpoch(1, 0.1), sampleEpoch(2, 0.2)] })).not.toMatch(/epoch/);
  });
  it('other metrics are said as their value', () => {
    expect(read({}, 'NDCG')).toMatch(/^NDCG@10 is .1200, 2.4 times as much as popularity/);
    expect(read({}, 'MAP')).toBe('This run has no MAP@10.');
  });
  it('popularity is not compared with itself', () => {
    const count = sampleEvaluation({ all: 0.05, warm: 0.1, cold: 0 });
    expect(read({ model: { id: 'popularity', params: {} }, test: count })).not.toContain('popularity');
  });
  it('popularity with other settings is compared with the plain count', () => {
    expect(read({ model: { id: 'popularity', params: { count: 'recent' } } })).toContain('2.4 times as much as popularity');
  });
});
