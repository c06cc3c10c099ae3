import { beforeEach, describe, expect, it } from 'vitest';
import { countsOf, type CleaningRule, type DataSet } from '../core/dataset';
import { Problem } from '../core/problem';
import { DEFAULT_SPLIT, type SplitSummary } from '../core/split';
import type { Inspection, LoadedData } from '../../workers/protocol';
import { makeDataFlow, type DataClient } from './data-flow';
import { adoptData, closeData, held, workspace } from './workspace';

const dataSet = (name: string, items = 3, time = true): DataSet => ({
  name,
  recipe: 'mapped',
  users: { ids: ['u'], columns: [], label: null },
  items: { ids: Array.from({ length: items }, (_, i) => `i${i}`), columns: [], label: null },
  interactions: {
    user: new Int32Array(items),
    item: Int32Array.from({ length: items }, (_, i) => i),
    time: time ? new Float64Array(items) : null,
    value: null,
    row: Int32Array.from({ length: items }, (_, i) => i),
  },
  sources: [],
  steps: [],
  hash: name,
  truth: null,
});
const loaded = (raw: DataSet): LoadedData => ({ raw, rejected: { total: 0, reasons: [] }, notes: [], seconds: 0 });
const summary = (items: number): SplitSummary & { hash: string } => ({ train: items, validation: 0, test: 1, testUsers: 1, items, coldItems: 0, newItems: 0, highestColdDegree: null, lowestWarmDegree: null, testWarm: 1, testCold: 0, testNew: 0, leakage: null, notes: [], hash: `${items}` });
const recognised = (name: string): Inspection => ({
  recipe: { id: 'known', name, reason: 'its files say so' },
  files: [{ key: name, name, bytes: 1, encoding: 'utf-8', encodingReason: '', delimiter: ',', header: true, columns: [], preview: [], previewLines: [], role: 'interactions', roleReason: '' }],
  skipped: [],
});

/** A data worker that knows files by name: "bad" cannot be read, "slow" never ends, everything else is a data set. */
function fakeClient(time = true): { client: DataClient; cleaned: CleaningRule[][] } {
  const cleaned: CleaningRule[][] = [];
  const answer = async (name: string, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    const { files = [] } = input as { files?: File[] };
    const file = files[0]?.name ?? '';
    if (name === 'inspect') {
      const { overrides = {} } = input as { overrides?: Record<string, { encoding?: string }> };
      if (overrides[file]?.encoding === 'utf-16le') throw new Problem('The text cannot be read as utf-16le.', { file }, 'Choose another encoding.');
      return file.startsWith('own') ? { ...recognised(file), recipe: null } : recognised(file);
    }
    if (name === 'load') {
      if (file === 'bad') throw new Problem('The file is broken.', { file, line: 7 }, 'Download it again.');
      if (file === 'slow') await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
      return loaded(dataSet(file, 3, time));
    }
    if (name === 'clean') {
      const { raw, rules } = input as { raw: DataSet; rules: CleaningRule[] };
      cleaned.push(rules);
      const core = rules.find((r) => r.kind === 'core');
      if (core && core.k > 10) throw new Problem('Nothing is left.', {}, 'Choose a smaller k.');
      const data = core ? { ...dataSet(raw.name, 2), hash: `${raw.hash} ${core.k}-core` } : raw;
      return { data, funnel: [], counts: countsOf(data) };
    }
    if (name === 'split') return summary((input as { data: DataSet }).data.items.ids.length);
    throw new Error(`unexpected call ${name}`);
  };
  return { client: { call: ((name: string, input: unknown, options?: { signal?: AbortSignal }) => answer(name, input, options?.signal)) as DataClient['call'] }, cleaned };
}
const drop = (name: string): File[] => [new File(['x'], name)];

beforeEach(() => closeData());

describe('opening files', () => {
  it('a recognised file is read, split and in use', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    expect(await flow.openFiles(drop('first'))).toBe(true);
    await flow.settled();
    expect(workspace.getState().data?.name).toBe('first');
    expect(workspace.getState().splitSummary?.items).toBe(3);
  });
  it('a broken file is reported with its place, and what was loaded stays loaded', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('first'));
    expect(await flow.openFiles(drop('bad'))).toBe(false);
    expect(flow.store.getState().error).toEqual({ what: 'The file is broken.', place: { file: 'bad', line: 7 }, remedy: 'Download it again.' });
    expect(workspace.getState().data?.name).toBe('first');
    expect(held.data?.name).toBe('first');
  });
  it('Stop ends the reading without an error', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    const reading = flow.openFiles(drop('slow'));
    await new Promise((r) => setTimeout(r, 5));
    flow.stopWork();
    expect(await reading).toBe(false);
    expect(flow.store.getState()).toMatchObject({ work: null, error: null });
  });
  it('newer files win over older ones that are still being read', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    const old = flow.openFiles(drop('slow'));
    await new Promise((r) => setTimeout(r, 5));
    expect(await flow.openFiles(drop('second'))).toBe(true);
    expect(await old).toBe(false);
    expect(workspace.getState().data?.name).toBe('second');
  });
});

describe('files that wait for their mapping', () => {
  it('an encoding that does not fit is told, and does not spoil the next choice', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('own'));
    await flow.setReadOptions('own', { encoding: 'utf-16le' });
    expect(flow.store.getState().error?.what).toMatch(/cannot be read as utf-16le/);
    await flow.setReadOptions('other', { delimiter: ';' });
    expect(flow.store.getState()).toMatchObject({ error: null, pending: { reinspecting: null } });
  });
  it('a look at older files that comes late leaves newer ones alone', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('own 1'));
    const late = flow.setReadOptions('own 1', { delimiter: ';' });
    const newer = flow.openFiles(drop('own 2'));
    await Promise.all([late, newer]);
    expect(flow.store.getState().pending?.inspection.files[0]?.name).toBe('own 2');
  });
  it('Cancel also ends the reading that was begun', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('first'));
    flow.mapByHand();
    const reading = flow.openFiles(drop('slow'));
    await new Promise((r) => setTimeout(r, 5));
    flow.cancelMapping();
    expect(await reading).toBe(false);
    expect(flow.store.getState()).toMatchObject({ work: null, pending: null, error: null });
  });
});

describe('closing while files are read', () => {
  it('keeps their progress and their Stop in reach', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('first'));
    const reading = flow.openFiles(drop('slow'));
    await new Promise((r) => setTimeout(r, 5));
    flow.closeDataSet();
    expect(flow.store.getState().work?.kind).toBe('load');
    flow.stopWork();
    expect(await reading).toBe(false);
    expect(flow.store.getState().work).toBeNull();
  });
});

describe('undo', () => {
  it('brings back the replaced data set, its arrays and its split', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('first'));
    await flow.settled();
    const before = { facts: workspace.getState(), data: held.data };
    await flow.openFiles(drop('second'));
    expect(flow.store.getState().previous).toEqual({ name: 'first', how: 'replaced' });
    flow.undoReplace();
    expect(workspace.getState()).toEqual(before.facts);
    expect(held.data).toBe(before.data);
    expect(flow.store.getState().previous).toBeNull();
  });
  it('another data set put in use by a workspace file is not given the demo\'s text vectors when it is cleaned anew, and the demo can be brought back', async () => {
    const { client } = fakeClient();
    const vectors = [{ column: 'title', encoder: 'e', dim: 1, vectors: Float32Array.of(1, 2, 3), missing: 0 }];
    const flow = makeDataFlow({ call: (async (name: string, input: never, options: never) => (name === 'demo' ? { ...loaded(dataSet('demo')), vectors } : client.call(name as 'clean', input, options))) as DataClient['call'] }, () => '', 0);
    await flow.openDemo();
    expect(held.vectors.size).toBe(1);
    const other = dataSet('from a file');
    flow.replaceBy(() => adoptData(other, other, { rules: [], rejected: { total: 0, reasons: [] }, notes: [] }));
    flow.setRules([{ kind: 'core', k: 2 }]);
    await flow.settled();
    expect([held.data?.name, held.data?.items.ids.length, held.vectors.size]).toEqual(['from a file', 2, 0]);
    flow.undoReplace();
    expect([held.data?.name, held.vectors.size]).toEqual(['demo', 1]);
  });
  it('brings back a closed data set', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('first'));
    flow.closeDataSet();
    expect(workspace.getState().data).toBeNull();
    expect(held.data).toBeNull();
    flow.undoReplace();
    expect(workspace.getState().data?.name).toBe('first');
    expect(held.data?.name).toBe('first');
  });
});

describe('cleaning', () => {
  it('quick changes end with the last one', async () => {
    const { client, cleaned } = fakeClient();
    const flow = makeDataFlow(client, () => '', 5);
    await flow.openFiles(drop('first'));
    cleaned.length = 0;
    for (const k of [2, 3, 4, 5]) flow.setRules([{ kind: 'core', k }]);
    await flow.settled();
    expect(cleaned).toEqual([[{ kind: 'core', k: 5 }]]);
    expect(workspace.getState().data?.rules).toEqual([{ kind: 'core', k: 5 }]);
    expect(flow.store.getState().draft).toBeNull();
  });
  it('rules that leave nothing are explained and not applied', async () => {
    const flow = makeDataFlow(fakeClient().client, () => '', 0);
    await flow.openFiles(drop('first'));
    flow.setRules([{ kind: 'core', k: 50 }]);
    await flow.settled();
    expect(flow.store.getState().draft?.fault?.what).toBe('Nothing is left.');
    expect(workspace.getState().data?.counts.items).toBe(3);
  });
});

it('rows sorted by value are split by the portable hash, and the next data set by the default again', async () => {
  const base = fakeClient(false).client;
  const falling = dataSet('plays', 4, false);
  falling.interactions = { ...falling.interactions, item: Int32Array.from([2, 0, 3, 1]), value: Float32Array.from([9, 5, 2, 1]) };
  const client: DataClient = {
    call: (async (name: string, input: { files?: File[]; raw?: DataSet }) => {
      if (name === 'load' && input.files?.[0]?.name === 'plays') return loaded(falling);
      return base.call(name as 'clean', input as never);
    }) as DataClient['call'],
  };
  const flow = makeDataFlow(client, () => '', 0);
  await flow.openFiles(drop('plays'));
  expect(workspace.getState().split.protocol).toBe('hash');
  await flow.openFiles(drop('second'));
  expect(workspace.getState().split.protocol).toBe('last');
});

it('a split by date falls back to the default when the new data has no time', async () => {
  const timed = makeDataFlow(fakeClient().client, () => '', 0);
  await timed.openFiles(drop('first'));
  timed.setSplitSpec({ protocol: 'temporal' });
  const flow = makeDataFlow(fakeClient(false).client, () => '', 0);
  await flow.openFiles(drop('second'));
  expect(workspace.getState().split.protocol).toBe(DEFAULT_SPLIT.protocol);
});

it('a test that came with the data is the default for it, and does not stay for data without one', async () => {
  const brings = { ...dataSet('ncf'), listed: { user: Int32Array.of(0), item: Int32Array.of(0), start: Int32Array.of(0, 1), negatives: Int32Array.of(1) } };
  const base = fakeClient().client;
  const client: DataClient = {
    call: (async (name: string, input: { files?: File[]; raw?: DataSet }) => {
      if (name === 'load' && input.files?.[0]?.name === 'ncf') return loaded(brings);
      return base.call(name as 'clean', input as never);
    }) as DataClient['call'],
  };
  const flow = makeDataFlow(client, () => '', 0);
  await flow.openFiles(drop('ncf'));
  expect(workspace.getState().split.protocol).toBe('listed');
  expect(workspace.getState().data?.hasListed).toBe(true);
  await flow.openFiles(drop('second'));
  expect(workspace.getState().split.protocol).toBe('last');
});
