import { describe, expect, it } from 'vitest';
import type { Client } from '../../../workers/rpc';
import { createPool, mostWorkers, usualWorkers } from './pool';

type Calls = { work: [string, string, number] };
const settle = async (): Promise<void> => { for (let k = 0; k < 5; k++) await Promise.resolve(); };

/** Workers whose calls end when the test says so. */
function bench(size: number, idleMs = 10_000) {
  const calls: { lane: number; input: string; end(): void; fail(e: Error): void; say(p: number): void }[] = [];
  const restarts: number[] = [];
  const pool = createPool<Calls>(
    (lane) => ({
      restart: () => void restarts.push(lane),
      call: ((_: string, input: string, o: { signal?: AbortSignal; onProgress?: (p: number) => void }) =>
        new Promise((resolve, reject) => {
          o.signal?.addEventListener('abort', () => reject(o.signal!.reason as Error));
          calls.push({ lane, input, end: () => resolve(input.toUpperCase()), fail: reject, say: (p) => o.onProgress?.(p) });
        })) as Client<Calls>['call'],
    }),
    size, idleMs,
  );
  return { pool, calls, restarts };
}

describe('the worker pool', () => {
  it('runs as many as there are workers, the rest in line, and passes progress and results through', async () => {
    const { pool, calls } = bench(2);
    const heard: number[] = [];
    const results = ['a', 'b', 'c'].map((x) => pool.run('work', x, { onProgress: (p) => heard.push(p) }));
    await settle();
    expect(calls.map((c) => [c.input, c.lane])).toEqual([['a', 0], ['b', 1]]);
    calls[1]!.say(7);
    calls[1]!.end();
    await settle();
    expect(calls.map((c) => [c.input, c.lane])).toEqual([['a', 0], ['b', 1], ['c', 1]]);
    calls[0]!.end();
    calls[2]!.end();
    expect(await Promise.all(results)).toEqual(['A', 'B', 'C']);
    expect(heard).toEqual([7]);
  });
  it('two calls that must be alone never run together; others pass them in line', async () => {
    const { pool, calls } = bench(3);
    void pool.run('work', 'gpu 1', { alone: true });
    void pool.run('work', 'gpu 2', { alone: true });
    void pool.run('work', 'cpu');
    await settle();
    expect(calls.map((c) => c.input)).toEqual(['gpu 1', 'cpu']);
    calls[0]!.end();
    await settle();
    expect(calls.map((c) => c.input)).toEqual(['gpu 1', 'cpu', 'gpu 2']);
  });
  it('a call that fails, and one cancelled in line, leave the worker to the next', async () => {
    const { pool, calls } = bench(1);
    const first = pool.run('work', 'a');
    const controller = new AbortController();
    const second = pool.run('work', 'b', { signal: controller.signal });
    const third = pool.run('work', 'c');
    await settle();
    controller.abort(new Error('not wanted'));
    await expect(second).rejects.toThrow('not wanted');
    calls[0]!.fail(new Error('bad luck'));
    await expect(first).rejects.toThrow('bad luck');
    await settle();
    calls[1]!.end();
    expect(await third).toBe('C');
  });
  it('a worker with nothing to do is ended', async () => {
    const { pool, calls, restarts } = bench(1, 1);
    const done = pool.run('work', 'a');
    await settle();
    calls[0]!.end();
    await done;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(restarts).toEqual([0]);
  });
  it('one processor is left to the page, and four workers are the most', () => {
    expect([1, 2, 3, 8, undefined].map((n) => mostWorkers(n ?? 2))).toEqual([1, 1, 2, 4, 1]);
    expect([1, 2, 8].map((n) => usualWorkers(n))).toEqual([1, 1, 2]);
  });
});
