import { afterEach, expect, test, vi } from 'vitest';
import { DEFAULT_SPLIT } from '../src/core/split';
import { Problem } from '../src/core/problem';
import { handlers } from './data';
import type { HandlerContext } from './rpc';
import type { DataProgress } from './protocol';

const context = () => {
  const seen: DataProgress[] = [];
  const moved: Transferable[] = [];
  const ctx: HandlerContext<DataProgress> = { signal: new AbortController().signal, progress: (p) => seen.push(p), transfer: (list) => moved.push(...list) };
  return { ctx, seen, moved };
};
const csv = (rows: string): File => new File([`user,item,time\n${rows}`], 'i.csv');
const ROWS = 'a,x,1\na,y,2\na,z,3\nb,x,1\nb,y,2\nb,z,3\nb,,4\n';
const mapping = { files: [{ key: 'i.csv', role: 'interactions' as const, columns: { 0: 'user' as const, 1: 'item' as const, 2: 'time' as const }, options: {} }] };

afterEach(() => vi.unstubAllGlobals());

test('load, clean and split follow one another, and the rejected rows are those of the last load', async () => {
  const { ctx, seen, moved } = context();
  const { raw, rejected } = await handlers.load({ files: [csv(ROWS)], mapping }, ctx);
  expect(rejected.total).toBe(1);
  expect(moved).toContain(raw.interactions.user.buffer);
  expect(() => structuredClone(raw, { transfer: moved as ArrayBuffer[] })).not.toThrow();
  expect(seen.some((p) => p.total > 0 && p.done === p.total)).toBe(true);
  expect(await handlers.rejectedCsv({}, { ...ctx, progress: () => {} })).toMatch(/^i\.csv,8,/m);
});

test('a load that fails leaves the rejected rows of the one before', async () => {
  const { ctx } = context();
  await handlers.load({ files: [csv(ROWS)], mapping }, ctx);
  await expect(handlers.load({ files: [csv('')], mapping }, ctx)).rejects.toBeInstanceOf(Problem);
  expect(await handlers.rejectedCsv({}, { ...ctx, progress: () => {} })).toMatch(/^i\.csv,8,/m);
});

test('a split by an own test file holds out its pairs', async () => {
  const { ctx } = context();
  const { raw } = await handlers.load({ files: [csv(ROWS)], mapping }, ctx);
  const { data } = await handlers.clean({ raw, rules: [{ kind: 'core', k: 2 }] }, ctx);
  const summary = await handlers.split({ data, spec: { ...DEFAULT_SPLIT, protocol: 'file', validation: false }, testFile: new File(['user,item\na,y\nb,x\n'], 'test.csv') }, { ...ctx, progress: () => {} });
  expect(summary).toMatchObject({ train: 4, test: 2, testUsers: 2 });
  expect(summary.hash).toMatch(/^[0-9a-f]+$/);
});

test('a demo the server does not have is a problem that names file and status', async () => {
  vi.stubGlobal('fetch', async () => new Response('no', { status: 404 }));
  const error = await Promise.resolve(handlers.demo({ base: 'http://localhost/x/' }, context().ctx)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).what).toMatch(/404/);
});
