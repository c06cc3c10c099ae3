import { MessageChannel } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../src/core/run';
import type { ModelState } from '../src/core/model';
import { DEFAULT_SPLIT } from '../src/core/split';
import { runExperiment } from '../src/experiment/experiment';
import { cardOf } from '../src/models/catalogue';
import { checkerboard } from '../src/models/small-world';
import type { ServeCalls } from './protocol';
import { connect, serve, type Endpoint, type WorkerLike } from './rpc';
import { handlers } from './serve';

const world = checkerboard();
const runs: { record: RunRecord; state: ModelState }[] = [];

beforeAll(async () => {
  for (const [n, id] of ['item-knn', 'ease', 'pure-svd', 'popularity'].entries()) {
    const { record, recommender } = await runExperiment({
      runId: `run-${n}`, name: id, data: world.data, split: DEFAULT_SPLIT, card: cardOf(id), params: {}, text: null, seed: 1, patience: 0,
      selection: 'validation', maskValidation: true, backend: 'typescript', build: '0',
    });
    runs.push({ record, state: await recommender.save() });
  }
});

/** The handlers behind a real message port, so that everything passes through structured clone. */
function worker() {
  const { port1, port2 } = new MessageChannel();
  serve(handlers, port2 as unknown as Endpoint);
  const page = Object.assign(port1, { terminate: () => port1.close() });
  const client = connect<ServeCalls>(() => page as unknown as WorkerLike);
  port1.start();
  port2.start();
  const open = (n: number, withState = true) =>
    client.call('open', { run: runs[n]!.record, dataHash: world.data.hash, textKey: null, ...(withState ? { state: runs[n]!.state } : {}) });
  return { client, open, close: () => { port1.close(); port2.close(); } };
}

const options = { k: 4, seen: 'measured', discovery: 0, diversity: 0, without: [], only: [] } as const;

describe('the serve worker', () => {
  it('asks for data it does not have, then opens, says what the model can do, and serves', async () => {
    const { client, open, close } = worker();
    expect(await open(0)).toEqual({ status: 'needs', data: true, text: false });
    expect(await client.call('data', { data: world.data })).toEqual({ hash: world.data.hash });
    const answer = await open(0);
    expect(answer).toMatchObject({ status: 'open', opened: { can: { foldIn: true, explain: true, vectors: false, newItem: false }, likeness: 'listeners' } });
    const [list] = await client.call('recommend', { runId: 'run-0', people: [{ user: 2 }], options: { ...options, without: [], only: [] } });
    expect(list!.items).toHaveLength(4);
    const { ranks } = await client.call('scores', { runId: 'run-0', people: [{ user: 2 }], items: [...list!.items], seen: 'measured' });
    expect(ranks[0]).toBeGreaterThan(0);
    expect((await client.call('history', { runId: 'run-0', user: 2 })).test).toHaveLength(1);
    expect((await client.call('why', { runId: 'run-0', person: { user: 2 }, item: list!.items[0]! })).historyLength).toBeGreaterThan(2);
    await expect(client.call('vectors', { runId: 'run-0' })).rejects.toThrow('has no vectors');
    close();
  });
  it('keeps three models open and lets go of the one used longest ago', async () => {
    const { client, open, close } = worker();
    await client.call('data', { data: world.data });
    for (const n of [0, 1, 2]) await open(n);
    await client.call('similarItems', { runId: 'run-0', item: 1, k: 2 });
    await open(3);
    await expect(client.call('history', { runId: 'run-1', user: 0 })).rejects.toThrow('not open any more');
    expect((await client.call('close', { runId: 'run-3' })).open.sort()).toEqual(['run-0', 'run-2']);
    close();
  });
  it('without stored weights says so; other data are refused by name; new data close what was open', async () => {
    const { client, open, close } = worker();
    await client.call('data', { data: world.data });
    expect(await open(1, false)).toEqual({ status: 'absent' });
    const other = { ...runs[1]!.record, data: { ...runs[1]!.record.data, hash: 'x', name: 'Films' } };
    await expect(client.call('open', { run: other, dataHash: world.data.hash, textKey: null, state: runs[1]!.state })).rejects.toThrow('other data (Films');
    await open(0);
    await client.call('data', { data: world.data });
    await expect(client.call('history', { runId: 'run-0', user: 0 })).rejects.toThrow('not open');
    close();
  });
});
