import { describe, expect, it } from 'vitest';
import { Problem } from '../src/core/problem';
import { connect, serve, type Handlers, type WorkerLike } from './rpc';

type Calls = {
  add: [{ a: number; b: number }, number, { half: number }];
  fail: [{ how: 'problem' | 'plain' }, never, never];
  wait: [{ obey: boolean }, string, never];
  give: [{ n: number }, Float32Array, never];
};
const sleep = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms));

const handlers: Handlers<Calls> = {
  async add({ a, b }, ctx) {
    ctx.progress({ half: a });
    await sleep(0);
    return a + b;
  },
  fail({ how }) {
    if (how === 'problem') throw new Problem('A number was expected.', { file: 'plays.csv', line: 7, column: 'time', value: 'x' }, 'Correct the cell.');
    throw new RangeError('plain failure');
  },
  wait({ obey }, ctx) {
    return new Promise((_, reject) => {
      if (obey) ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason));
    });
  },
  give({ n }, ctx) {
    const out = new Float32Array(n).fill(1);
    ctx.transfer([out.buffer]);
    return out;
  },
};

/** A worker made of a MessageChannel, with an error event that a test can fire. */
function fakeWorkers() {
  const started: { crash(message: string): void; garble(): void; ended: boolean }[] = [];
  const start = (): WorkerLike => {
    const { port1, port2 } = new MessageChannel();
    serve(handlers, port2);
    port1.start();
    port2.start();
    const errors: ((e: never) => void)[] = [];
    let garbled = false; // the next message arrives unreadable
    const record = { crash: (message: string) => errors.forEach((f) => f({ message } as never)), garble: () => void (garbled = true), ended: false };
    started.push(record);
    return {
      postMessage: (m: unknown, t: Transferable[]) => {
        if (garbled) port2.dispatchEvent(new Event('messageerror'));
        else port1.postMessage(m, t);
        garbled = false;
      },
      addEventListener: (type: string, listener: (e: never) => void) => {
        if (type === 'message') port1.addEventListener('message', listener as unknown as (e: MessageEvent) => void);
        else if (type === 'error') errors.push(listener);
      },
      terminate: () => {
        record.ended = true;
        port1.close();
        port2.close();
      },
    } as WorkerLike;
  };
  return { start, started };
}

describe('worker transport', () => {
  it('delivers progress before the result', async () => {
    const { start } = fakeWorkers();
    const client = connect<Calls>(start);
    const seen: number[] = [];
    expect(await client.call('add', { a: 2, b: 3 }, { onProgress: (p) => seen.push(p.half) })).toBe(5);
    expect(seen).toEqual([2]);
    client.restart();
  });

  it('keeps what, where and remedy of a Problem across the boundary', async () => {
    const client = connect<Calls>(fakeWorkers().start);
    const error = await client.call('fail', { how: 'problem' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).place).toEqual({ file: 'plays.csv', line: 7, column: 'time', value: 'x' });
    expect((error as Problem).remedy).toBe('Correct the cell.');
    await expect(client.call('fail', { how: 'plain' })).rejects.toThrow('plain failure');
    client.restart();
  });

  it('a call to a name the worker does not have is rejected, naming it', async () => {
    const client = connect<Calls & { nothing: [null, null, never] }>(fakeWorkers().start);
    await expect(client.call('nothing', null)).rejects.toThrow('"nothing"');
    client.restart();
  });

  it('a cancel that is obeyed rejects with AbortError and keeps the worker', async () => {
    const { start, started } = fakeWorkers();
    const client = connect<Calls>(start);
    const stop = new AbortController();
    const call = client.call('wait', { obey: true }, { signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2);
    expect(started).toHaveLength(1);
    client.restart();
  });

  it('a cancel that is ignored ends the worker; the next call starts another', async () => {
    const { start, started } = fakeWorkers();
    const client = connect<Calls>(start, 20);
    const stop = new AbortController();
    const call = client.call('wait', { obey: false }, { signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(started[0]?.ended).toBe(true);
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2);
    expect(started).toHaveLength(2);
    client.restart();
  });

  it('a crash rejects every running call exactly once', async () => {
    const { start, started } = fakeWorkers();
    const client = connect<Calls>(start);
    const calls = [client.call('wait', { obey: false }), client.call('wait', { obey: true })].map((p) => p.catch((e: Error) => e.message));
    await sleep(5);
    started[0]?.crash('out of memory');
    expect(await Promise.all(calls)).toEqual(['The background worker stopped: out of memory', 'The background worker stopped: out of memory']);
  });

  it('a call that arrives unreadable is rejected by itself; those before and after it are answered', async () => {
    const { start, started } = fakeWorkers();
    const client = connect<Calls>(start);
    const before = client.call('add', { a: 1, b: 1 });
    await sleep(5);
    started[0]!.garble();
    const garbled = client.call('add', { a: 2, b: 2 });
    const after = client.call('add', { a: 3, b: 3 });
    await expect(garbled).rejects.toThrow(/could not read what it was sent/);
    expect([await before, await after, started.length]).toEqual([2, 6, 1]);
    client.restart();
  });

  it('an already cancelled call never reaches the worker', async () => {
    const { start, started } = fakeWorkers();
    const client = connect<Calls>(start);
    await expect(client.call('add', { a: 1, b: 1 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(started).toHaveLength(0);
  });

  it('input types are checked: a wrong name or input does not compile', () => {
    const client = connect<Calls>(fakeWorkers().start);
    // @ts-expect-error there is no call of this name
    const wrongName = () => client.call('subtract', { a: 1, b: 2 });
    // @ts-expect-error b is missing
    const wrongInput = () => client.call('add', { a: 1 });
    expect([typeof wrongName, typeof wrongInput]).toEqual(['function', 'function']);
  });
});
