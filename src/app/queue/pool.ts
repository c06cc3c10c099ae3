/**
 * A few workers that answer the same calls, lent out one call at a time. A worker is started by its first call,
 * ended when it has had nothing to do for a while (its memory with it), and replaced when a cancel goes unheard.
 */
import type { CallMap } from '../../../workers/protocol';
import type { Client } from '../../../workers/rpc';

export interface PoolCall<P> {
  onProgress?: (progress: P) => void;
  signal?: AbortSignal;
  /** Called when a worker has taken it. */
  onStart?: () => void;
  /** Never beside another call that is alone too (one device that cannot be shared). */
  alone?: boolean;
}

export interface Pool<M extends CallMap> {
  /** Runs the call on the first free worker; waits in line otherwise, first come first served. */
  run<K extends keyof M & string>(call: K, input: M[K][0], options?: PoolCall<M[K][2]>): Promise<M[K][1]>;
  /** How many may run at a time, from 1. Takes effect as workers come free. */
  resize(size: number): void;
  readonly size: number;
}

/** Workers this device can spare: one processor is left to the page. */
export const mostWorkers = (processors: number | undefined = globalThis.navigator?.hardwareConcurrency): number => Math.max(1, Math.min(4, (processors ?? 2) - 1));
export const usualWorkers = (processors?: number): number => Math.min(2, mostWorkers(processors));

const IDLE_MS = 30_000;

export function createPool<M extends CallMap>(start: (lane: number) => Client<M>, size: number, idleMs = IDLE_MS): Pool<M> {
  interface Lane {
    client: Client<M>;
    busy: boolean;
    timer?: ReturnType<typeof setTimeout>;
  }
  interface Waiter {
    alone: boolean;
    go(lane: Lane): void;
  }
  const lanes: Lane[] = [];
  let line: Waiter[] = [];
  let most = Math.max(1, size);
  let busy = 0;
  let aloneRunning = false;

  const laneFor = (): Lane => {
    const free = lanes.find((l) => !l.busy);
    if (free) return free;
    const lane: Lane = { client: start(lanes.length), busy: false };
    lanes.push(lane);
    return lane;
  };
  const next = (): void => {
    while (busy < most) {
      const waiter = line.find((w) => !(w.alone && aloneRunning));
      if (!waiter) return;
      line = line.filter((w) => w !== waiter);
      const lane = laneFor();
      clearTimeout(lane.timer);
      lane.busy = true;
      busy += 1;
      aloneRunning ||= waiter.alone;
      waiter.go(lane);
    }
  };
  const giveBack = (lane: Lane, alone: boolean): void => {
    lane.busy = false;
    busy -= 1;
    if (alone) aloneRunning = false;
    lane.timer = setTimeout(() => lane.client.restart('Idle.'), idleMs);
    next();
  };

  return {
    get size() {
      return most;
    },
    resize(n) {
      most = Math.max(1, Math.floor(n));
      next();
    },
    async run(call, input, { onProgress, signal, onStart, alone = false } = {}) {
      signal?.throwIfAborted();
      const lane = await new Promise<Lane>((resolve, reject) => {
        const leave = (): void => {
          line = line.filter((w) => w !== waiter);
          reject(signal!.reason as Error);
        };
        const waiter: Waiter = {
          alone,
          go: (l) => {
            signal?.removeEventListener('abort', leave);
            resolve(l);
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        line.push(waiter);
        next();
      });
      try {
        signal?.throwIfAborted();
        onStart?.();
        return await lane.client.call(call, input, { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) });
      } finally {
        giveBack(lane, alone);
      }
    },
  };
}
