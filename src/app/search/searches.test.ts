import { describe, expect, it } from 'vitest';
import type { TrialInput, TrialRecord, TrainerCalls } from '../../../workers/protocol';
import { Problem } from '../../core/problem';
import { DEFAULT_SPLIT } from '../../core/split';
import { checkerboard } from '../../models/small-world';
import type { Pool } from '../queue/pool';
import { createSearches } from './searches';
import { doneCount, statusOf, winnerOf, type StoredStudy, type StudySpec } from './study';
import type { StudyStorage } from './study-store';

const { data } = checkerboard();
const settle = async (): Promise<void> => { for (let k = 0; k < 20; k++) await Promise.resolve(); };

const spec = (change: Partial<StudySpec> = {}, strategy: Partial<StudySpec['strategy']> = {}): StudySpec => ({
  id: 's1', title: 'EASE', createdAt: '2026-11-21T08:00:00.000Z', model: 'ease', fixed: { other: 1 }, minutes: null, patience: 0, textKey: null, dataHash: data.hash, dataName: 'd', split: DEFAULT_SPLIT, ...change,
  strategy: { id: 'tpe', space: [{ name: 'lambda', kind: 'number', min: 1, max: 1000, scale: 'log', steps: 4 }], seed: 7, trials: 12, workers: 2, ...strategy },
});
const scoreOf = (input: TrialInput): number => 1 / (1 + Math.abs(Math.log10(Number(input.params['lambda'])) - 2));
const record = (input: TrialInput): TrialRecord => ({ params: input.params, seed: input.seed, splitHash: 'x', n: 10, score: { metric: 'NDCG@10', value: scoreOf(input), low: 0, high: 1 }, beside: { metric: 'HR@10', value: 0.5, low: 0, high: 1 }, epochs: 0, bestEpoch: null, seconds: 2 });

/** Calls that end when the test says so; a stored memory that outlives a "reload". */
function bench(kept = new Map<string, StoredStudy>()) {
  const calls: { input: TrialInput; end(): void; fail(e: Error): void }[] = [];
  let now = 0;
  const pool: Pool<TrainerCalls> = {
    size: 2,
    resize: () => {},
    run: ((_: string, input: TrialInput, o: { signal?: AbortSignal; onStart?: () => void }) =>
      new Promise((resolve, reject) => {
        o.onStart?.();
        const call = { input, end: () => { calls.splice(calls.indexOf(call), 1); resolve(record(input)); }, fail: (e: Error) => { calls.splice(calls.indexOf(call), 1); reject(e); } };
        calls.push(call);
        o.signal?.addEventListener('abort', () => call.fail(o.signal!.reason as Error));
      })) as Pool<TrainerCalls>['run'],
  };
  const storage: StudyStorage = { list: async () => structuredClone([...kept.values()]), save: async (s) => void kept.set(s.id, structuredClone(s)), remove: async (id) => void kept.delete(id) };
  const heldNow = { data: data as typeof data | null, vectors: new Map() };
  const s = createSearches({ pool, storage, now: () => now, held: () => heldNow, backend: () => 'auto', alone: () => false });
  const end = async (n = 1): Promise<void> => { for (let k = 0; k < n && calls.length > 0; k++) { calls[0]!.end(); await settle(); } };
  return { ...s, calls, kept, held: heldNow, end, pass: (ms: number) => { now += ms; }, study: () => s.store.getState().studies[0]! };
}
const lambdas = (trials: StoredStudy['trials']): unknown[] => trials.map((t) => t?.record?.params['lambda']);

describe('searches', () => {
  it('run as many trials at a time as they were given, to the end of the budget, and name the best', async () => {
    const b = bench();
    b.startStudy(spec());
    await settle();
    expect(b.calls).toHaveLength(2);
    expect(b.calls[0]!.input).toMatchObject({ model: 'ease', seed: 7, params: { other: 1 } });
    await b.end(40);
    expect(statusOf(b.study())).toBe('done');
    expect(doneCount(b.study())).toBe(12);
    const scores = b.study().trials.map((t) => t!.record!.score.value);
    expect(scores[winnerOf(b.study())!]).toBe(Math.max(...scores));
  });
  it('stopped, reloaded and resumed, a search makes exactly the trials it would have made', async () => {
    const whole = bench();
    whole.startStudy(spec());
    await settle();
    await whole.end(40);
    for (const cut of [0, 1, 5, 9]) {
      const first = bench();
      first.startStudy(spec());
      await settle();
      await first.end(cut);
      first.stopStudy('s1');
      expect(first.study().running).toBe(false);
      await settle();
      expect(first.calls).toEqual([]);
      const after = bench(first.kept);
      await after.restoreStudies();
      expect([statusOf(after.study()), doneCount(after.study())]).toEqual(['stopped', cut]);
      after.resumeStudy('s1');
      await settle();
      await after.end(40);
      expect(lambdas(after.study().trials)).toEqual(lambdas(whole.study().trials));
    }
  });
  it('a failed trial is kept with its reason and the search goes on; when all fail, it ends and says why', async () => {
    const b = bench();
    b.startStudy(spec({}, { workers: 1 }));
    await settle();
    b.calls[0]!.fail(new Problem('Scores are no numbers.', {}, 'Narrow the range.'));
    await settle();
    expect(b.study().trials[0]).toMatchObject({ record: null, problem: { what: 'Scores are no numbers.' } });
    for (let k = 0; k < 2; k++) { b.calls[0]!.fail(new Error('bad')); await settle(); }
    expect(b.study()).toMatchObject({ running: false, halted: 'The first 3 trials failed: Scores are no numbers.' });
  });
  it('time left follows from the trials made, and minutes end a search', async () => {
    const b = bench();
    b.startStudy(spec({ minutes: 1 }));
    await settle();
    expect(b.study().secondsLeft).toBe(60);
    b.pass(3000);
    await b.end(2);
    expect(b.study().secondsLeft).toBe(10); // 10 trials of 2 s, two at a time
    b.pass(60_000);
    b.stopStudy('s1');
    expect(statusOf(b.study())).toBe('time');
    expect(() => b.resumeStudy('s1')).toThrow('minutes are used up');
  });
  it('several are kept; deleting one can be undone', async () => {
    const b = bench();
    b.startStudy(spec());
    b.startStudy(spec({ id: 's2', createdAt: '2026-11-21T09:00:00.000Z' }));
    await settle();
    await b.end(1);
    await b.removeStudy('s1');
    expect([b.store.getState().studies.map((s) => s.id), [...b.kept.keys()]]).toEqual([['s2'], ['s2']]);
    await b.undoRemove();
    expect(b.store.getState().studies.map((s) => s.id)).toEqual(['s2', 's1']);
    expect(doneCount(b.store.getState().studies[1]!)).toBe(1);
  });
  it('other data: it neither starts nor goes on, and says what to load', async () => {
    const b = bench();
    b.held.data = { ...data, hash: 'other' };
    expect(() => b.startStudy(spec())).toThrow('It belongs to other data');
    b.held.data = null;
    expect(() => b.startStudy(spec())).toThrow('Its data are not loaded');
  });
  it('data changed under a search: it ends and says so, and no trial counts as failed', async () => {
    const b = bench();
    b.startStudy(spec({}, { workers: 1 }));
    await settle();
    b.held.data = { ...data, hash: 'other' };
    await b.end(2);
    expect(b.study()).toMatchObject({ running: false, halted: expect.stringMatching(/data were changed/) as string });
    expect(b.study().trials.filter((t) => t?.problem)).toEqual([]);
  });
});
