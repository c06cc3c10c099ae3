import { describe, expect, it } from 'vitest';
import type { DataSet, TextVectors } from '../core/dataset';
import { Problem } from '../core/problem';
import type { RunRecord } from '../core/run';
import { DEFAULT_SPLIT, type SplitSummary } from '../core/split';
import type { TrainCheckpoint, TrainInput, TrainProgress } from '../../workers/protocol';
import { addLosses, advance, MAX_LOSS_POINTS, phaseLeft, shareDone, timing, type LiveRun } from './train-live';
import { createTrainer, type StartOptions, type StoredCheckpoint, type StoredInput } from './trainer';
import { sampleEpoch, sampleRun } from './train-sample';

const dataSet = (hash: string): DataSet => ({ name: 'Demo', hash } as DataSet);
const vectors: TextVectors = { column: 'lyrics', encoder: 'm', dim: 1, vectors: new Float32Array(1), missing: 0 };
const summary = { hash: 'split-a' } as SplitSummary & { hash: string };
const ready: TrainProgress = { kind: 'ready', epochs: 4, split: summary, backend: 'cpu', baselines: [], secondsUntilHere: 0.1 };
const batch = (epoch: number, done: number, loss = 0.5): TrainProgress => ({ kind: 'batch', epoch, epochs: 4, done, total: 10, loss });
const checkpointOf = (runId: string, epoch: number): TrainCheckpoint => ({ runId, epoch, state: { version: 1, arrays: {}, meta: {} }, best: null, epochs: [sampleEpoch(1, 0.1)] });
const epochEnd = (epoch: number, checkpoint: TrainCheckpoint | null = null): TrainProgress => ({ kind: 'epoch', record: sampleEpoch(epoch, 0.1 * epoch), bestEpoch: epoch, checkpoint });
const options: StartOptions = { name: 'Net', model: 'net', params: { epochs: 4 }, textKey: null, seed: 1, patience: 5, selection: 'validation', maskValidation: true };
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A worker that does what the test tells it to, and a clock that only the test moves. */
function bench(stored: StoredCheckpoint[] = []) {
  let clock = 0;
  const trains: { input: TrainInput; say(p: TrainProgress): void; end(r: RunRecord): void; fail(e: Error): void; signal?: AbortSignal }[] = [];
  const controls: string[] = [];
  const kept: RunRecord[] = [];
  const checkpoints = new Map(stored.map((c) => [c.input.runId, c]));
  const world = { accepts: true, data: dataSet('data-a') as DataSet | null, testFile: null as File | null, split: DEFAULT_SPLIT };
  const call = ((name: string, input: never, o: { onProgress?: (p: TrainProgress) => void; signal?: AbortSignal } = {}) => {
    if (name === 'control') {
      controls.push((input as { action: string }).action);
      return Promise.resolve({ accepted: world.accepts });
    }
    return new Promise((resolve, reject) => {
      o.signal?.addEventListener('abort', () => reject(o.signal!.reason as Error));
      trains.push({ input, say: (p) => o.onProgress?.(p), end: resolve, fail: reject, signal: o.signal });
    });
  }) as never;
  const trainer = createTrainer({
    client: { call },
    now: () => clock,
    newId: () => `run-${trains.length + 1}`,
    held: () => ({ data: world.data, vectors: new Map([['lyrics · m', vectors]]), testFile: world.testFile }),
    split: () => world.split,
    backend: () => 'auto',
    build: 'test',
    storage: {
      saveCheckpoint: (input, checkpoint) => Promise.resolve(void checkpoints.set(input.runId, { input, checkpoint })),
      loadCheckpoints: () => Promise.resolve([...checkpoints.values()]),
      deleteCheckpoint: (id) => Promise.resolve(void checkpoints.delete(id)),
    },
    finished: (r) => Promise.resolve(void kept.push(r)),
  });
  return { trainer, trains, controls, kept, checkpoints, world, wait: (ms: number) => (clock += ms), live: () => trainer.store.getState().live };
}

describe('the run in progress', () => {
  it('goes from preparing over running to nothing, and the finished record is kept', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    expect(b.live()).toMatchObject({ status: 'preparing', name: 'Net' });
    b.trains[0]!.say(ready);
    expect(b.live()).toMatchObject({ status: 'running', epochsPlanned: 4, backend: 'cpu' });
    b.trains[0]!.say(batch(1, 5));
    b.trains[0]!.say(epochEnd(1));
    expect(b.live()).toMatchObject({ bestEpoch: 1, batch: null });
    b.trains[0]!.end(sampleRun({ id: 'run-1' }));
    expect(await ended).toMatchObject({ id: 'run-1' });
    expect(b.live()).toBeNull();
    expect(b.kept.map((r) => r.id)).toEqual(['run-1']);
    expect(b.trainer.store.getState().traces['run-1']).toEqual([{ x: 0.4, y: 0.5 }]);
  });

  it('a lost graphics card ends nothing: it goes on with the processor from the last checkpoint, and says so', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    b.trains[0]!.say({ ...ready, backend: 'webgpu, some card' } as TrainProgress);
    b.trains[0]!.say(epochEnd(1, checkpointOf('run-1', 1)));
    b.trains[0]!.say(batch(2, 5));
    b.trains[0]!.fail(new Error('Failed to execute mapAsync: Device is lost.'));
    await tick();
    expect(b.trains[1]!.input).toMatchObject({ runId: 'run-1', backend: 'wasm', resume: { epoch: 1 } });
    expect(b.live()).toMatchObject({ status: 'preparing', epochs: [{ epoch: 1 }], notices: [expect.stringContaining('from the state after epoch 1')] });
    b.trains[1]!.end(sampleRun({ id: 'run-1' }));
    expect((await ended)?.warnings).toEqual([expect.stringContaining('graphics card was lost (WebGPU)')]);
    expect(b.trainer.store.getState().failure).toBeNull();
  });

  it('a second loss is a failure, and so is any other error', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    b.trains[0]!.say({ ...ready, backend: 'webgl' } as TrainProgress);
    b.trains[0]!.fail(new Error('WebGL context lost'));
    await tick();
    b.trains[1]!.fail(new Error('WebGL context lost'));
    expect(await ended).toBeNull();
    expect(b.trains).toHaveLength(2);
    expect(b.trainer.store.getState().failure?.what).toContain('lost');
  });

  it('a test file goes along only where the split takes it', async () => {
    const b = bench();
    b.world.testFile = new File(['u,i'], 'test.csv');
    const first = b.trainer.startRun(options);
    expect(b.trains[0]!.input.testFile).toBeUndefined();
    b.trains[0]!.end(sampleRun({ id: 'run-1' }));
    await first;
    b.world.split = { ...DEFAULT_SPLIT, protocol: 'file' };
    void b.trainer.startRun(options);
    expect(b.trains[1]!.input.testFile?.name).toBe('test.csv');
  });

  it('one run goes at a time: a second start says so and leaves the first alone', async () => {
    const b = bench();
    void b.trainer.startRun(options);
    await expect(b.trainer.startRun({ ...options, name: 'Other' })).rejects.toThrow(/"Net" is still training, and one run goes at a time/);
    expect(b.trains).toHaveLength(1);
    expect(b.live()?.name).toBe('Net');
  });

  it('without data, or without the vectors it names, it refuses with the remedy', async () => {
    const b = bench();
    await expect(b.trainer.startRun({ ...options, textKey: 'plot · m' })).rejects.toThrow(/"plot · m" are not in the workspace/);
    b.world.data = null;
    await expect(b.trainer.startRun(options)).rejects.toThrow(/Open the Data screen/);
  });

  it('pause waits for the trainer to say so; resume and step go on from there', async () => {
    const b = bench();
    void b.trainer.startRun({ ...options, textKey: 'lyrics · m' });
    expect(b.trains[0]!.input.text).toBe(vectors);
    b.trains[0]!.say(ready);
    await b.trainer.pause();
    expect(b.live()).toMatchObject({ status: 'running', asked: 'pause' });
    b.trains[0]!.say({ kind: 'paused', epoch: 0 });
    expect(b.live()).toMatchObject({ status: 'paused', asked: null });
    await b.trainer.resume();
    expect(b.live()).toMatchObject({ status: 'running', asked: null });
    b.trains[0]!.say({ kind: 'paused', epoch: 1 });
    await b.trainer.step();
    expect(b.live()).toMatchObject({ status: 'running', asked: 'step' });
    expect(b.controls).toEqual(['pause', 'resume', 'step']);
  });

  it('a refused pause is taken back', async () => {
    const b = bench();
    void b.trainer.startRun(options);
    b.trains[0]!.say(ready);
    b.world.accepts = false;
    await b.trainer.pause();
    expect(b.live()).toMatchObject({ status: 'running', asked: null });
  });

  it('started by Step, it asks for one epoch as soon as it is ready', async () => {
    const b = bench();
    void b.trainer.startRun({ ...options, step: true });
    b.trains[0]!.say(ready);
    await tick();
    expect(b.controls).toEqual(['step']);
  });

  it('a model computed at once that is stopped has nothing to keep: an answer, not a fault', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    b.trains[0]!.say(ready);
    await b.trainer.stop();
    b.trains[0]!.fail(new Problem('EASE was stopped before it was whole.', {}, 'Press Train to start it again.'));
    expect(await ended).toBeNull();
    expect(b.trainer.store.getState()).toMatchObject({ live: null, failure: { what: 'EASE was stopped before it was whole.', stopped: true } });
    expect(b.kept).toEqual([]);
  });

  it('stop keeps what there is; a second stop ends it at once without an error', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    b.trains[0]!.say(ready);
    await b.trainer.stop();
    expect(b.live()?.status).toBe('stopping');
    b.trains[0]!.say(batch(1, 3)); // a last batch on its way does not look like running again
    expect(b.live()?.status).toBe('stopping');
    await b.trainer.stop();
    expect(await ended).toBeNull();
    expect(b.live()).toBeNull();
    expect(b.trainer.store.getState().failure).toBeNull();
  });

  it('when the worker dies, the message stays and the run can be resumed from its checkpoint', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    b.trains[0]!.say(ready);
    b.trains[0]!.say(epochEnd(1, checkpointOf('run-1', 1)));
    b.trains[0]!.fail(new Error('The background worker stopped: out of memory'));
    expect(await ended).toBeNull();
    const state = b.trainer.store.getState();
    expect(state.failure?.what).toMatch(/out of memory/);
    expect(state.failure?.remedy).toMatch(/Resume it/);
    expect(state.cutOff).toEqual([{ runId: 'run-1', name: 'Net', epoch: 1, epochsPlanned: 4, obstacle: null }]);
    const again = b.trainer.resumeCheckpoint('run-1');
    await tick();
    expect(b.trains[1]!.input).toMatchObject({ runId: 'run-1', seed: 1, resume: { epoch: 1 } });
    expect(b.live()?.epochs.map((e) => e.epoch)).toEqual([1]);
    expect(b.trainer.store.getState()).toMatchObject({ failure: null, cutOff: [] });
    b.trains[1]!.end(sampleRun({ id: 'run-1' }));
    await again;
    expect(b.checkpoints.size).toBe(0);
  });

  it('a problem of the trainer keeps its remedy', async () => {
    const b = bench();
    const ended = b.trainer.startRun(options);
    b.trains[0]!.fail(new Problem('The loss is not a number.', {}, 'Lower the learning rate.'));
    await ended;
    expect(b.trainer.store.getState().failure).toMatchObject({ what: 'The loss is not a number.', remedy: 'Lower the learning rate.' });
  });

  it('a checkpoint of other data is offered with the reason why not, and refuses to resume', async () => {
    const input = { ...options, runId: 'old', split: DEFAULT_SPLIT, backend: 'auto', build: 'test', dataHash: 'data-b' } as unknown as StoredInput;
    const b = bench([{ input, checkpoint: checkpointOf('old', 2) }]);
    await b.trainer.refreshCutOff();
    expect(b.trainer.store.getState().cutOff[0]).toMatchObject({ epoch: 2, obstacle: expect.stringMatching(/other data/) });
    await expect(b.trainer.resumeCheckpoint('old')).rejects.toThrow(/other data/);
    await b.trainer.discardCheckpoint('old');
    expect(b.trainer.store.getState().cutOff).toEqual([]);
  });
});

describe('live facts', () => {
  const run = (patch: Partial<LiveRun> = {}): LiveRun => ({
    runId: 'r', name: '', model: 'net', params: {}, text: null, seed: 1, selection: 'validation', dataHash: '', status: 'running', asked: null, phase: null, batch: null,
    epochsPlanned: 4, epochs: [], bestEpoch: null, losses: [], baselines: [], split: null, backend: null, startedAt: 0, batchesSince: null, lastBatchAt: 0, notices: [], ...patch,
  });

  it('progress counts batches within the epoch: one of four epochs and half the next is .375', () => {
    expect(shareDone(run({ epochs: [sampleEpoch(1, 0.1)], batch: { epoch: 2, done: 5, total: 10, loss: 1 } }))).toBe(0.375);
    expect(shareDone(run({ epochsPlanned: null }))).toBeNull();
    expect(shareDone(run({ epochsPlanned: 0, phase: { label: 'Counting', done: 1, total: 4 } }))).toBe(0.25);
  });

  it('within the first epoch the time left follows from the batches so far', () => {
    let r = advance(run(), batch(1, 1), 1000);
    r = advance(r, batch(1, 5), 3000); // 4 batches in 2 s: 5 s an epoch, 3.5 epochs left
    expect(timing(r)).toEqual({ perEpoch: 5, left: 17.5 });
  });

  it('within a phase the time left follows from its own pace: 40 of 100 in 4 s leave 6 s', () => {
    const phase = (done: number): TrainProgress => ({ kind: 'phase', label: 'Inverting', done, total: 100 });
    const first = advance(run({ epochsPlanned: 0 }), phase(0), 0);
    expect(phaseLeft(first)).toBeNull();
    expect(phaseLeft(advance(advance(first, phase(20), 2000), phase(40), 4000))).toBe(6);
    // Another phase has a pace of its own.
    expect(phaseLeft(advance(first, { kind: 'phase', label: 'Reading', done: 5, total: 10 }, 9000))).toBeNull();
  });

  it('measured epochs give the pace: 2 s training and .5 s measuring', () => {
    expect(timing(run({ epochs: [sampleEpoch(1, 0.1), sampleEpoch(2, 0.1)] }))).toEqual({ perEpoch: 2.5, left: 5 });
  });

  it('the loss curve stays light and keeps its ends, however many batches come', () => {
    let points: { x: number; y: number }[] = [];
    for (let k = 1; k <= 5000; k++) points = addLosses(points, [{ x: k / 100, y: 1 }]);
    expect(points.length).toBeLessThanOrEqual(MAX_LOSS_POINTS);
    expect(points.at(-1)!.x).toBe(50);
    expect(points.every((p) => p.y === 1)).toBe(true);
    expect(points.every((p, k) => k === 0 || p.x > points[k - 1]!.x)).toBe(true);
  });
});
