import { describe, expect, it } from 'vitest';
import type { DataSet, TextVectors } from '../../core/dataset';
import { Problem } from '../../core/problem';
import type { RunRecord } from '../../core/run';
import { DEFAULT_SPLIT } from '../../core/split';
import type { TrainerCalls, TrainInput, TrainProgress } from '../../../workers/protocol';
import type { Client } from '../../../workers/rpc';
import { sampleRun } from '../train-sample';
import { secondsLeft, WAITING, type Plan, type PlannedRun } from './plan';
import type { StoredPlan } from './plan-store';
import { createPool } from './pool';
import { createQueue } from './queue';

const settle = async (): Promise<void> => { for (let k = 0; k < 30; k++) await Promise.resolve(); };
const planned = (id: string, change: Partial<PlannedRun> = {}): PlannedRun => ({ id, name: `Run ${id}`, model: 'ease', params: {}, textKey: null, seed: 1, ...change });
const planOf = (...runs: PlannedRun[]): Plan => ({ id: 'p', kind: 'leaderboard', title: 'Board', dataHash: 'data-a', createdAt: '2026-01-01', runs });

/** Fake workers that end when told, storage in a map, a clock only the test moves. */
function bench(size = 1, stored = new Map<string, StoredPlan>()) {
  let clock = 0;
  let ids = 0;
  const trains: { input: TrainInput; say(p: TrainProgress): void; end(): void; fail(e: Error): void }[] = [];
  const kept: RunRecord[] = [];
  const world = { data: { hash: 'data-a' } as DataSet | null, vectors: new Map<string, TextVectors>() };
  const pool = createPool<TrainerCalls>(() => ({
    restart: () => undefined,
    call: ((_: string, input: TrainInput, o: { signal?: AbortSignal; onProgress?: (p: TrainProgress) => void }) =>
      new Promise((resolve, reject) => {
        o.signal?.addEventListener('abort', () => reject(o.signal!.reason as Error));
        trains.push({ input, say: (p) => o.onProgress?.(p), end: () => resolve(sampleRun({ id: input.runId, name: input.name })), fail: reject });
      })) as Client<TrainerCalls>['call'],
  }), size);
  const queue = createQueue({
    pool,
    storage: { list: () => Promise.resolve([...stored.values()]), save: (p) => Promise.resolve(void stored.set(p.id, structuredClone(p))), remove: (id) => Promise.resolve(void stored.delete(id)) },
    now: () => clock, newId: () => `record-${++ids}`,
    held: () => ({ ...world, testFile: null }), split: () => DEFAULT_SPLIT, backend: () => 'auto', alone: () => false, build: 'test', patience: 5,
    finished: (r) => Promise.resolve(void kept.push(r)),
  });
  const entry = () => queue.store.getState().plans[0]!;
  const statuses = () => Object.values(entry().states).map((s) => s.status);
  return { queue, trains, kept, stored, world, entry, statuses, wait: (ms: number) => (clock += ms) };
}

describe('a plan of runs', () => {
  it('goes through one after the other; every record is kept with the plan it belongs to', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a'), planned('b', { seed: 7 })));
    await settle();
    expect(b.statuses()).toEqual(['running', 'waiting']);
    expect(b.entry().running).toBe(true);
    b.wait(4000);
    b.trains[0]!.end();
    await settle();
    expect(b.statuses()).toEqual(['done', 'running']);
    expect(b.entry().states['a']).toMatchObject({ recordId: 'record-1', seconds: 4 });
    expect(b.entry().secondsLeft).toBe(4);
    expect(b.trains[1]!.input).toMatchObject({ seed: 7, patience: 5, selection: 'validation', maskValidation: true, split: DEFAULT_SPLIT });
    b.trains[1]!.end();
    await settle();
    expect(b.entry().running).toBe(false);
    expect(b.kept.map((r) => r.plan)).toEqual([{ id: 'p', kind: 'leaderboard', title: 'Board' }, { id: 'p', kind: 'leaderboard', title: 'Board' }]);
  });
  it('runs that an earlier one stands for are not trained again', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a'), planned('b')), { finished: { a: 'earlier' } });
    await settle();
    expect(b.entry().states['a']).toMatchObject({ status: 'done', recordId: 'earlier', reused: true });
    expect(b.trains.map((t) => t.input.name)).toEqual(['Run b']);
  });
  it('as many at a time as asked for', async () => {
    const b = bench(3);
    b.queue.startPlan(planOf(planned('a'), planned('b'), planned('c')), { workers: 2 });
    await settle();
    expect(b.statuses()).toEqual(['running', 'running', 'waiting']);
  });
  it('a failed run keeps its problem and does not end the plan; resuming tries it again', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a'), planned('b')));
    await settle();
    b.trains[0]!.fail(new Problem('Too large.', { file: 'x.csv' }, 'Take fewer items.'));
    await settle();
    expect(b.entry().states['a']).toMatchObject({ status: 'failed', problem: { what: 'Too large.', place: '(x.csv)', remedy: 'Take fewer items.' } });
    b.trains[1]!.end();
    await settle();
    expect(b.statuses()).toEqual(['failed', 'done']);
    b.queue.resumePlan('p');
    await settle();
    expect(b.trains.map((t) => t.input.name)).toEqual(['Run a', 'Run b', 'Run a']);
    b.trains[2]!.end();
    await settle();
    expect(b.statuses()).toEqual(['done', 'done']);
  });
  it('vectors that are gone fail the run that needs them, in words', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a', { textKey: 'lyrics · m' })));
    await settle();
    expect(b.entry().states['a']!.problem!.what).toContain('lyrics · m');
    expect(b.trains).toHaveLength(0);
  });
  it('Stop ends it at once; Resume runs only what is not done', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a'), planned('b'), planned('c')));
    await settle();
    b.trains[0]!.end();
    await settle();
    b.queue.stopPlan('p');
    expect(b.statuses()).toEqual(['done', 'stopped', 'stopped']);
    expect(b.entry().running).toBe(false);
    await settle();
    expect(b.trains).toHaveLength(2);
    b.queue.resumePlan('p');
    await settle();
    expect(b.trains.map((t) => t.input.name)).toEqual(['Run a', 'Run b', 'Run b']);
  });
  it('after a reload nothing runs by itself, finished runs are known, and the rest can be resumed with the split it had', async () => {
    const stored = new Map<string, StoredPlan>();
    const before = bench(1, stored);
    before.queue.startPlan(planOf(planned('a'), planned('b'), planned('c')));
    await settle();
    before.trains[0]!.end();
    await settle();
    const after = bench(1, stored);
    await after.queue.restorePlans();
    expect(after.statuses()).toEqual(['done', 'stopped', 'stopped']);
    expect(after.entry()).toMatchObject({ running: false, states: { a: { recordId: 'record-1' }, b: { label: 'Not run' } } });
    expect(after.trains).toHaveLength(0);
    after.world.data = { hash: 'data-b' } as DataSet;
    expect(() => after.queue.resumePlan('p')).toThrow('belong to other data');
    after.world.data = { hash: 'data-a' } as DataSet;
    after.queue.resumePlan('p');
    await settle();
    expect(after.trains.map((t) => [t.input.name, t.input.split])).toEqual([['Run b', DEFAULT_SPLIT]]);
  });
  it('progress: the epoch for models with epochs, the phase for the others', async () => {
    const b = bench(2);
    b.queue.startPlan(planOf(planned('net'), planned('closed')));
    await settle();
    b.trains[0]!.say({ kind: 'ready', epochs: 4, split: {} as never, backend: 'wasm', baselines: [], secondsUntilHere: 0 });
    b.wait(1000);
    b.trains[0]!.say({ kind: 'batch', epoch: 2, epochs: 4, done: 5, total: 10, loss: 1 });
    expect(b.entry().states['net']).toMatchObject({ fraction: 0.375, label: 'Epoch 2 of 4' });
    b.trains[1]!.say({ kind: 'phase', label: 'Inverting', done: 3, total: 4 });
    expect(b.entry().states['closed']).toMatchObject({ fraction: 0.75, label: 'Inverting' });
  });
  it('without data, or with a plan of other data, nothing starts and it says why', () => {
    const b = bench();
    b.world.data = null;
    expect(() => b.queue.startPlan(planOf(planned('a')))).toThrow('No data are loaded');
    expect(b.queue.store.getState().plans).toEqual([]);
  });
  it('a plan may drop what is not done and keep the rest', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a'), planned('b')));
    await settle();
    b.trains[0]!.end();
    await settle();
    b.queue.trimPlan('p');
    await settle();
    expect(b.entry().plan.runs.map((r) => r.id)).toEqual(['a']);
    expect(b.stored.get('p')!.plan.runs.map((r) => r.id)).toEqual(['a']);
    expect(b.entry().running).toBe(false);
  });
  it('a removed plan is gone from storage too', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a')));
    await settle();
    await b.queue.removePlan('p');
    expect(b.queue.store.getState().plans).toEqual([]);
    await settle();
    expect(b.stored.size).toBe(0);
  });
  it('that cannot be deleted from storage says that it will be back', async () => {
    const b = bench();
    b.queue.startPlan(planOf(planned('a')));
    await settle();
    b.stored.delete = () => {
      throw new Error('blocked');
    };
    await b.queue.removePlan('p');
    expect([b.queue.store.getState().plans, b.queue.store.getState().notice]).toEqual([[], '"Board" could not be deleted from this device (blocked): after a reload it is here again.']);
  });
});

describe('the time left', () => {
  const plan = planOf(planned('a'), planned('b'), planned('c', { model: 'als' }));
  it('is what finished runs of the same model took, minus the share done', () => {
    expect(secondsLeft(plan, { a: { ...WAITING, status: 'done', seconds: 10 }, b: { ...WAITING, status: 'running', fraction: 0.5 }, c: WAITING }, 1)).toBe(15);
  });
  it('two workers halve it, but no plan is shorter than its longest run', () => {
    const expected = { ...plan, runs: plan.runs.map((r, k) => ({ ...r, expectedSeconds: [10, 10, 100][k]! })) };
    const waiting = { a: WAITING, b: WAITING, c: WAITING };
    expect(secondsLeft(expected, waiting, 1)).toBe(120);
    expect(secondsLeft(expected, waiting, 2)).toBe(100);
  });
  it('is not known before anything has finished', () => {
    expect(secondsLeft(plan, { a: WAITING, b: WAITING, c: WAITING }, 1)).toBeNull();
  });
});
