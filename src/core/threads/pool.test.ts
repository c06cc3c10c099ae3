import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneThread, startPool, type Threads } from './pool';
import { ROOM } from './serve-parts';
import { withSharedMemory } from './shared-limits';

const text = (s: string): number[] => [s.length, ...Buffer.from(s)];
const section = (id: number, body: number[]): number[] => [id, body.length, ...body];
/** put(address, value) stores value; trap() fails. */
const module = (memory: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  ...section(1, [1, 0x60, 2, 0x7f, 0x7f, 0]),
  ...memory,
  ...section(7, [2, ...text('put'), 0, 0, ...text('trap'), 0, 1]),
  ...section(10, [2, 9, 0, 0x20, 0, 0x20, 1, 0x36, 2, 0, 0x0b, 3, 0, 0, 0x0b]),
]);
const functions = section(3, [2, 0, 0]);
const importing = module([...section(2, [1, ...text('env'), ...text('memory'), 2, 0, 1]), ...functions]);
const declaring = (limits: number[]): Uint8Array<ArrayBuffer> => module([...functions, ...section(5, [1, ...limits])]);

const PAGES = 300;
async function pool(threads: number): Promise<{ pool: Threads; words: Int32Array }> {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: PAGES, shared: true });
  const compiled = await WebAssembly.instantiate(withSharedMemory(importing, PAGES), { env: { memory } });
  return { pool: await startPool({ memory, ...compiled, threads }), words: new Int32Array(memory.buffer) };
}

describe('limits of a memory', () => {
  it('imported: a shared memory is refused before and taken after', async () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: PAGES, shared: true });
    await expect(WebAssembly.instantiate(importing, { env: { memory } })).rejects.toThrow(/shared/);
    const { instance } = await WebAssembly.instantiate(withSharedMemory(importing, PAGES), { env: { memory } });
    (instance.exports['put'] as (at: number, value: number) => void)(8, 77);
    expect(new Int32Array(memory.buffer)[2]).toBe(77);
  });
  it('declared, with a maximum or without: the rest of the module stays as it is', () => {
    for (const limits of [[0, 1], [1, 1, 200, 1]]) {
      const before = declaring(limits);
      const after = withSharedMemory(before, PAGES);
      expect(WebAssembly.validate(after)).toBe(true);
      const code = (m: Uint8Array): string => Buffer.from(m).subarray(-33).toString('hex');
      expect(code(after)).toBe(code(before));
    }
  });
  it('a module without memory is refused', () => {
    expect(() => withSharedMemory(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), PAGES)).toThrow('no memory');
  });
});

describe.each([1, 2, 3])('a pool of %i', (threads) => {
  let p: Threads;
  let words: Int32Array;
  beforeAll(async () => {
    ({ pool: p, words } = await pool(threads));
  });
  afterAll(() => p.end());

  it('computes every part once and returns when all are done', () => {
    let counted = p.executed().reduce((a, b) => a + b, 0);
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1 << 30 }), { maxLength: ROOM.parts }), (values) => {
      words.fill(0);
      p.run('put', values.map((v, k) => [4 * k, v]));
      expect(Array.from(words.subarray(0, values.length))).toEqual(values);
      expect(words.subarray(values.length).some((x) => x !== 0)).toBe(false);
      counted += values.length;
      expect(p.executed()).toHaveLength(threads);
      expect(p.executed().reduce((a, b) => a + b, 0)).toBe(counted);
    }), { numRuns: 200 });
  });
  it('gives each thread its own scratch', () => {
    words.fill(0);
    p.run('put', Array.from({ length: 40 }, () => [0, 5]), { at: 0, from: 400, bytes: 16 });
    const written = [...words.keys()].filter((k) => words[k] === 5);
    expect(written.length).toBeGreaterThan(0);
    for (const k of written) expect([(k - 100) % 4, (k - 100) / 4 < threads]).toEqual([0, true]);
  });
  it('a part that fails is told, wherever it ran, and the next job works', () => {
    for (let k = 0; k < 5; k++) {
      expect(() => p.run('trap', [[0, 0], [0, 0], [0, 0]])).toThrow();
      p.run('put', [[0, k], [4, k + 1]]);
      expect([words[0], words[1]]).toEqual([k, k + 1]);
    }
  });
});

describe('what a pool refuses', () => {
  it('names it does not have, more parts than there is room for, and work after its end', async () => {
    const { pool: p } = await pool(2);
    expect(() => p.run('other', [[0, 0]])).toThrow('other');
    expect(() => p.run('put', Array.from({ length: ROOM.parts + 1 }, () => [0, 0]))).toThrow(`${ROOM.parts + 1} parts`);
    p.end();
    expect(() => p.run('put', [[0, 0]])).toThrow('ended');
  });
  it('one thread needs no shared memory', async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { instance } = await WebAssembly.instantiate(importing, { env: { memory } });
    oneThread(instance.exports).run('put', [[4, 9], [8, 10]]);
    expect(Array.from(new Int32Array(memory.buffer, 0, 3))).toEqual([0, 9, 10]);
  });
});
