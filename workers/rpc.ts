/**
 * Typed transport between the page and a worker.
 * Every call settles exactly once: with its result, with its error, on cancel, or when the worker dies.
 * A cancel that is not acknowledged in time ends the worker; the next call starts a fresh one.
 */
import { Problem, type Place } from '../src/core/problem';
import type { CallMap } from './protocol';

type Wire =
  | { type: 'call'; id: number; name: string; input: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'result'; id: number; output: unknown }
  | { type: 'error'; id: number; error: WireError }
  /** A message came that could not be read, after call `after`; it does not say which one it was. */
  | { type: 'unread'; after: number };

interface WireError {
  name: string;
  message: string;
  stack?: string;
  problem?: { what: string; place: Place; remedy: string };
}

export interface CallOptions<P> {
  signal?: AbortSignal;
  onProgress?: (progress: P) => void;
  transfer?: Transferable[];
}

/** What a handler gets besides its input. */
export interface HandlerContext<P> {
  signal: AbortSignal;
  progress(p: P, transfer?: Transferable[]): void;
  /** Arrays the result no longer needs here. */
  transfer(list: Transferable[]): void;
}
export type Handlers<M extends CallMap> = {
  [K in keyof M]: (input: M[K][0], ctx: HandlerContext<M[K][2]>) => Promise<M[K][1]> | M[K][1];
};

/** The slice of Worker / self that the transport needs; a MessagePort in tests. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message' | 'messageerror', listener: (e: MessageEvent) => void): void;
}

/** Worker side: answers calls with `handlers`. */
export function serve<M extends CallMap>(handlers: Handlers<M>, endpoint: Endpoint): void {
  const running = new Map<number, AbortController>();
  /** The newest call that could be read; calls come in the order of their ids. */
  let heard = 0;
  // Without an answer the page would wait for ever: data that do not fit into this worker's memory arrive as this.
  endpoint.addEventListener('messageerror', () => endpoint.postMessage({ type: 'unread', after: heard } satisfies Wire, []));
  endpoint.addEventListener('message', (event: MessageEvent) => {
    const message = event.data as Wire;
    if (message.type === 'cancel') {
      running.get(message.id)?.abort(new DOMException('Cancelled.', 'AbortError'));
      return;
    }
    if (message.type !== 'call') return;
    const { id, name, input } = message;
    heard = id;
    const controller = new AbortController();
    running.set(id, controller);
    let transferList: Transferable[] = [];
    const ctx: HandlerContext<unknown> = {
      signal: controller.signal,
      progress: (progress, transfer = []) => endpoint.postMessage({ type: 'progress', id, progress } satisfies Wire, transfer),
      transfer: (list) => {
        transferList = list;
      },
    };
    const handler = (handlers as Record<string, (i: unknown, c: HandlerContext<unknown>) => unknown>)[name];
    void (async () => {
      try {
        if (!handler) throw new Error(`This worker has no call named "${name}".`);
        const output = await handler(input, ctx);
        endpoint.postMessage({ type: 'result', id, output } satisfies Wire, transferList);
      } catch (error) {
        endpoint.postMessage({ type: 'error', id, error: toWire(error) } satisfies Wire, []);
      } finally {
        running.delete(id);
      }
    })();
  });
}

function toWire(error: unknown): WireError {
  if (error instanceof Problem) {
    return { name: error.name, message: error.message, problem: { what: error.what, place: error.place, remedy: error.remedy } };
  }
  if (error instanceof Error || error instanceof DOMException) return { name: error.name, message: error.message, stack: error.stack };
  return { name: 'Error', message: String(error) };
}

function fromWire(e: WireError): Error {
  if (e.problem) return new Problem(e.problem.what, e.problem.place, e.problem.remedy);
  if (e.name === 'AbortError') return new DOMException(e.message, 'AbortError');
  const error = new Error(e.message);
  error.name = e.name;
  if (e.stack) error.stack = e.stack;
  return error;
}

/** Inside a worker: answers the page's calls. */
export const serveWorker = <M extends CallMap>(handlers: Handlers<M>): void => serve(handlers, globalThis as unknown as Endpoint);

export interface WorkerLike extends Endpoint {
  addEventListener(type: 'message' | 'error' | 'messageerror', listener: (e: never) => void): void;
  terminate(): void;
}

export interface Client<M extends CallMap> {
  call<K extends keyof M & string>(name: K, input: M[K][0], options?: CallOptions<M[K][2]>): Promise<M[K][1]>;
  /** Ends the worker; running calls reject. The next call starts a new one. */
  restart(reason?: string): void;
}

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
  onProgress: ((p: unknown) => void) | undefined;
}

/** Page side. The worker is started by the first call. */
export function connect<M extends CallMap>(start: () => WorkerLike, cancelTimeoutMs = 3000): Client<M> {
  let worker: WorkerLike | null = null;
  let nextId = 1;
  let pending = new Map<number, Pending>();

  const restart = (reason = 'The worker was ended.'): void => {
    worker?.terminate();
    worker = null;
    const lost = pending;
    pending = new Map();
    for (const p of lost.values()) p.reject(new DOMException(reason, 'AbortError'));
  };

  const fail = (error: Error): void => {
    worker?.terminate();
    worker = null;
    const lost = pending;
    pending = new Map();
    for (const p of lost.values()) p.reject(error);
  };

  const running = (): WorkerLike => {
    if (worker) return worker;
    const w = start();
    worker = w;
    w.addEventListener('message', (event: MessageEvent) => {
      if (worker !== w) return;
      const message = event.data as Wire;
      if (message.type === 'call' || message.type === 'cancel') return;
      if (message.type === 'unread') {
        const id = [...pending.keys()].find((k) => k > message.after);
        const unread = id === undefined ? undefined : pending.get(id);
        pending.delete(id!);
        unread?.reject(new Error('The background worker could not read what it was sent; the data may be too large for this device.'));
        return;
      }
      const p = pending.get(message.id);
      if (!p) return;
      if (message.type === 'progress') {
        p.onProgress?.(message.progress);
        return;
      }
      pending.delete(message.id);
      if (message.type === 'result') p.resolve(message.output);
      else p.reject(fromWire(message.error));
    });
    w.addEventListener('error', (event: ErrorEvent) => {
      if (worker !== w) return;
      fail(new Error(event.message ? `The background worker stopped: ${event.message}` : 'The background worker could not be started or has crashed. Reload the page; if it happens again, the data may be too large for this device.'));
    });
    w.addEventListener('messageerror', () => {
      if (worker === w) fail(new Error('A message from the background worker could not be read.'));
    });
    return w;
  };

  return {
    restart,
    call(name, input, options = {}) {
      return new Promise((resolve, reject) => {
        const { signal, onProgress, transfer = [] } = options;
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const id = nextId++;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const onAbort = (): void => {
          worker?.postMessage({ type: 'cancel', id } satisfies Wire, []);
          timer = setTimeout(() => {
            if (pending.has(id)) restart('Stopped. The background worker did not answer in time and was restarted.');
          }, cancelTimeoutMs);
        };
        const settle = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
        pending.set(id, {
          resolve: (output) => {
            settle();
            resolve(output as never);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
          onProgress: onProgress as ((p: unknown) => void) | undefined,
        });
        signal?.addEventListener('abort', onAbort, { once: true });
        try {
          running().postMessage({ type: 'call', id, name, input } satisfies Wire, transfer);
        } catch (error) {
          pending.delete(id);
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
  };
}
