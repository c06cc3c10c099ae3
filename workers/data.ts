/** What the data worker answers. Plain functions: they run in tests and in Node as they are. */
import type { DataSet } from '../src/core/dataset';
import { countsOf } from '../src/core/dataset';
import { messageOf, Problem } from '../src/core/problem';
import { clean } from '../src/data/clean/clean';
import { loadDemo } from '../src/data/demo/load-demo';
import { inspect } from '../src/data/inspect';
import { load } from '../src/data/load';
import { splitData } from '../src/data/split/split';
import { readTestFile } from '../src/data/test-file';
import type { DataCalls } from './protocol';
import type { Handlers } from './rpc';

/** Rejected rows of the last load that succeeded. */
let rejectedCsv = (): string => 'file,line,reason,row\r\n';

export const handlers: Handlers<DataCalls> = {
  inspect: ({ files, overrides }, ctx) => inspect(files, overrides, often(ctx.progress), ctx.signal),

  async load(input, ctx) {
    const { rejectedCsv: csv, ...loaded } = await load(input, often(ctx.progress), ctx.signal);
    rejectedCsv = csv;
    ctx.transfer(arraysOf(loaded.raw));
    return loaded;
  },

  async demo({ base }, ctx) {
    let done = 0;
    const loaded = await loadDemo(async (name) => {
      const bytes = await fetchBytes(new URL(`demo/${name}`, base).href, name, ctx.signal);
      done += bytes.byteLength;
      ctx.progress({ label: `Reading the demo (${name})`, done, total: 0 });
      return bytes;
    });
    rejectedCsv = () => 'file,line,reason,row\r\n';
    return loaded;
  },

  clean({ raw, rules }) {
    const { data, funnel } = clean(raw, rules);
    return { data, funnel, counts: countsOf(data) };
  },

  rejectedCsv: () => rejectedCsv(),

  async split({ data, spec, testFile }, ctx) {
    const pairs = testFile && (await readTestFile(testFile, ctx.signal));
    const { summary, hash } = splitData(data, spec, pairs);
    return { ...summary, hash };
  },

  async testPairs({ data, spec, testFile }, ctx) {
    const { test, itemDegree, trainRows, hash } = splitData(data, spec, testFile && (await readTestFile(testFile, ctx.signal)));
    const userDegree = new Int32Array(data.users.ids.length); // [U]
    for (const row of trainRows) userDegree[data.interactions.user[row]!]! += 1;
    return { hash, users: test.user, items: test.item, userDegree, itemDegree };
  },
};

/** At most one message in 50 ms and step: a worker must not flood the page. */
function often<P extends { label: string }>(send: (p: P) => void): (p: P) => void {
  let label = '';
  let at = 0;
  return (p) => {
    const now = performance.now();
    if (p.label === label && now - at < 50) return;
    label = p.label;
    at = now;
    send(p);
  };
}

async function fetchBytes(address: string, name: string, signal: AbortSignal): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new Problem(`The demo data could not be fetched (${messageOf(error)}).`, { file: name }, 'Check that the page is still being served, and reload it.');
  }
  if (!response.ok) throw new Problem(`The demo data could not be fetched: the server answered ${response.status}.`, { file: `demo/${name}` }, 'The folder "demo" must be served beside the page; "npm run demo-data" makes it anew.');
  return response.arrayBuffer();
}

/** Buffers to hand over rather than copy; every array of a freshly read data set is its own. */
function arraysOf(d: DataSet): Transferable[] {
  const buffers = new Set<ArrayBufferLike>();
  const { user, item, time, value, row } = d.interactions;
  for (const a of [user, item, time, value, row]) if (a) buffers.add(a.buffer);
  for (const c of [...d.users.columns, ...d.items.columns]) {
    if (c.kind === 'numeric') buffers.add(c.values.buffer);
    else if (c.kind !== 'text') buffers.add(c.codes.buffer);
    if (c.kind === 'tags') buffers.add(c.offsets.buffer);
  }
  return [...buffers].filter((b): b is ArrayBuffer => b instanceof ArrayBuffer);
}
