import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../src/core/split';
import { PROFILE_PHASES, type StepProfile } from '../src/core/profile';
import { parseRunRecord } from '../src/core/run';
import { checkerboard } from '../src/models/small-world';
import type { TrainerCalls, TrainInput, TrainProgress } from './protocol';
import { connect, serve, type Endpoint, type WorkerLike } from './rpc';
import { fittedModel, handlers } from './trainer';

const input = (change: Partial<TrainInput> = {}): TrainInput => ({
  runId: 'run-1', name: 'a run', data: checkerboard().data, split: DEFAULT_SPLIT, model: 'popularity', params: {}, text: null,
  seed: 1, patience: 0, selection: 'validation', maskValidation: true, backend: 'auto', build: '0', ...change,
});

/** The handlers behind a real message port, so that everything passes through structured clone. */
function worker() {
  const { port1, port2 } = new MessageChannel();
  serve(handlers, port2 as unknown as Endpoint);
  const page = Object.assign(port1, { terminate: () => port1.close() });
  const client = connect<TrainerCalls>(() => page as unknown as WorkerLike);
  port1.start();
  port2.start();
  return { client, close: () => { port1.close(); port2.close(); } };
}

describe('the trainer worker', () => {
  it('trains by card alone, answers with a readable record, and keeps the model by its run', async () => {
    const { client, close } = worker();
    const progress: TrainProgress[] = [];
    const record = await client.call('train', input(), { onProgress: (p) => progress.push(p) });
    expect(parseRunRecord(record).test.all.n).toBe(24);
    expect(record.backend).toBe('typescript');
    expect(progress.find((p) => p.kind === 'ready')).toMatchObject({ epochs: 0, split: { test: 24 } });
    expect(fittedModel('run-1')).not.toBeNull();
    expect(fittedModel('run-0')).toBeNull();
    await client.call('train', input({ runId: 'run-2', model: 'random' }));
    expect(fittedModel('run-1')).toBeNull();
    close();
  });
  it('refuses a second run beside the first, and is free again afterwards', async () => {
    // Asked directly: through a port, so small a run may end before the second is heard.
    const ctx = { signal: new AbortController().signal, progress: () => {}, transfer: () => {} };
    const first = handlers.train(input(), ctx);
    await expect(handlers.train(input({ runId: 'run-2' }), ctx)).rejects.toThrow('Another run is training');
    await expect(handlers.backend({ prefer: 'auto' }, ctx)).rejects.toThrow('cannot change under it');
    await first;
    expect((await handlers.train(input({ runId: 'run-3' }), ctx)).id).toBe('run-3');
  });
  it('a fault names itself and leaves the worker usable', async () => {
    const { client, close } = worker();
    await expect(client.call('train', input({ model: 'nothing' }))).rejects.toThrow('There are: random, popularity');
    await expect(client.call('train', input({ params: { count: 'nobody' } }))).rejects.toThrow('count must be one of users, value');
    expect((await client.call('train', input())).status).toBe('done');
    close();
  });
  it('reads an own test file', async () => {
    const { client, close } = worker();
    const testFile = new File(['user,item\n0,1\n1,2\n77,1\n'], 'test.csv');
    const record = await client.call('train', input({ split: { ...DEFAULT_SPLIT, protocol: 'file' }, testFile }));
    expect(record.test.all.n).toBe(2);
    close();
  });
  it('makes a trial of a search, keeps no model of it, and ends one that is cancelled', async () => {
    const { client, close } = worker();
    const { data, split, text, seed, patience, backend } = input();
    const trial = { data, split, text, seed, patience, backend, model: 'als', params: { factors: 4, epochs: 3 } };
    const record = await client.call('trial', trial);
    expect(record).toMatchObject({ n: 24, epochs: 3, seed: 1, params: { factors: 4, epochs: 3 } });
    expect(fittedModel('trial')).toBeNull();
    const controller = new AbortController();
    const cut = client.call('trial', { ...trial, params: { factors: 4, epochs: 500 } }, { signal: controller.signal, onProgress: () => controller.abort(new DOMException('Ended.', 'AbortError')) });
    await expect(cut).rejects.toThrow(/./);
    // Free again at once, with the same answer.
    const { seconds: _a, ...again } = await client.call('trial', trial);
    const { seconds: _b, ...first } = record;
    expect(again).toEqual(first);
    close();
  });
  it('profiles steps of the next run: every phase of a step, then its evaluation; and says null for a model without tensors', async () => {
    const { client, close } = worker();
    let early: StepProfile | null = null;
    const asked = client.call('profile', { steps: 2 }, { onProgress: (p) => (early = p) });
    const record = await client.call('train', input({ backend: 'wasm', model: 'two-tower', params: { embedding: 8, output: 16, negatives: 2, batch: 16, epochs: 2 } }));
    const table = (await asked)!;
    expect(early).toMatchObject({ runId: 'run-1', steps: 2, backend: 'wasm', timing: 'work' });
    expect([table.steps, table.evaluations]).toEqual([2, 1]);
    for (const phase of PROFILE_PHASES) expect(table.phases[phase], phase).toBeGreaterThan(0);
    expect(record.status).toBe('done');

    const none = client.call('profile', { steps: 2 });
    await client.call('train', input());
    expect(await none).toBeNull();
    await expect(client.call('profile', { steps: 51 })).rejects.toThrow('1 to 50 steps; received 51');
    close();
  });
  it('control of a run that is not there is not accepted; memory answers without an engine', async () => {
    const { client, close } = worker();
    expect(await client.call('control', { runId: 'none', action: 'stop' })).toEqual({ accepted: false });
    expect(await client.call('memory', {})).toMatchObject({ tensors: 0, bytes: 0 });
    close();
  });
});
