/**
 * Threads over one WebAssembly memory. A job is one exported function called once per part, each part with its own arguments; parts are taken by
 * whichever thread is free, so nothing may depend on who computes what: parts write to different places, and sums over parts are added up
 * afterwards in the order of the parts.
 *
 * The thread that calls `run` computes too, and returns when all parts are done. It must be one that may wait (a worker, or Node).
 */
import { CONTROL, ROOM } from './serve-parts';
import { startThread, type PoolThread } from './start-thread';

/** Numbers the function is called with. */
export type Part = readonly number[];
/** Argument `at` becomes the address of `bytes` that the executing thread has for itself; there are as many as threads, one behind the other from `from`. */
export interface Scratch {
  at: number;
  from: number;
  bytes: number;
}
type Exports = Record<string, (...args: number[]) => unknown>;

export interface Threads {
  readonly threads: number;
  /** Calls export `name` once per part. @throws Error for a name, part or count of arguments it has no room for */
  run(name: string, parts: readonly Part[], scratch?: Scratch): void;
  /** The same on the calling thread alone: for parts that are few for another reason than the work in them. */
  runHere(name: string, parts: readonly Part[], scratch?: Scratch): void;
  /** Parts each thread has computed so far, the calling one first. */
  executed(): number[];
  end(): void;
}

/** Whether memory can be shared between threads here: the page is cross-origin isolated, or this is Node. */
export function canShareMemory(): boolean {
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated;
  return typeof SharedArrayBuffer !== 'undefined' && isolated !== false;
}

/** Threads worth having on this machine, at most 8. */
export function threadsHere(): number {
  const inNode = typeof document === 'undefined' && typeof process !== 'undefined' && Boolean(process.versions?.node);
  const cores = inNode ? process.getBuiltinModule('node:os').availableParallelism() : navigator.hardwareConcurrency;
  return canShareMemory() ? Math.max(1, Math.min(8, cores)) : 1;
}

/** The same interface on the calling thread alone, for memory of any kind. */
export function oneThread(exports: WebAssembly.Exports): Threads {
  let count = 0;
  const run: Threads['run'] = (name, parts, scratch) => {
    for (const part of parts) call(exports as Exports, name, part, scratch, 0);
    count += parts.length;
  };
  return {
    threads: 1,
    run,
    runHere: run,
    executed: () => [count],
    end: () => undefined,
  };
}

function call(exports: Exports, name: string, part: Part, scratch: Scratch | undefined, thread: number): void {
  if (!scratch) return void exports[name]!(...part);
  const args = [...part];
  args[scratch.at] = scratch.from + thread * scratch.bytes;
  exports[name]!(...args);
}

/** Times the caller looks for the end of a job before it sleeps: some 20 microseconds. */
const LOOKS = 2000;

/**
 * @param memory a shared one  @param module compiled with one import, env.memory  @param instance the caller's own of that module
 * @param threads in all, the calling one included
 * @throws Error when a thread does not come up; those that did are ended
 */
export async function startPool({ memory, module, instance, threads }: { memory: WebAssembly.Memory; module: WebAssembly.Module; instance: WebAssembly.Instance; threads: number }): Promise<Threads> {
  const exports = instance.exports as Exports;
  if (threads <= 1) return oneThread(instance.exports);
  const control = new SharedArrayBuffer(4 * ROOM.words + 8 * ROOM.parts * ROOM.args);
  const words = new Int32Array(control, 0, ROOM.words);
  const numbers = new Float64Array(control, 4 * ROOM.words);
  const kernels = Object.keys(exports).filter((name) => typeof exports[name] === 'function');
  const started = await Promise.allSettled(Array.from({ length: threads - 1 }, (_, k) => startThread({ control, memory, module, kernels, thread: k + 1, layout: { control: CONTROL, room: ROOM } })));
  const live: PoolThread[] = started.flatMap((s) => (s.status === 'fulfilled' ? [s.value] : []));
  const failure = started.find((s) => s.status === 'rejected');
  if (failure) {
    for (const t of live) t.end();
    throw failure.reason instanceof Error ? failure.reason : new Error(String(failure.reason));
  }
  let ended = false;

  function run(name: string, parts: readonly Part[], scratch?: Scratch): void {
    if (ended) throw new Error('The threads have been ended.');
    const kernel = kernels.indexOf(name);
    const n = parts.length;
    if (kernel < 0 || n > ROOM.parts) throw new Error(`No room for ${n} parts of ${name}.`);
    if (n <= 1) return runHere(name, parts, scratch);
    const count = parts[0]!.length;
    if (count > ROOM.args) throw new Error(`${name} has ${count} arguments.`);
    for (let k = 0; k < n; k++) numbers.set(parts[k]!, k * ROOM.args);
    words[CONTROL.kernel] = kernel;
    words[CONTROL.args] = count;
    words[CONTROL.total] = n;
    words[CONTROL.scratchAt] = scratch ? scratch.at : -1;
    words[CONTROL.scratchFrom] = scratch?.from ?? 0;
    words[CONTROL.scratchBytes] = scratch?.bytes ?? 0;
    Atomics.store(words, CONTROL.done, 0);
    Atomics.store(words, CONTROL.left, n);
    Atomics.notify(words, CONTROL.left, Math.min(n, threads) - 1);
    // A failure here too must wait for the others: they still write.
    let failed: unknown = null;
    for (;;) {
      const left = Atomics.load(words, CONTROL.left);
      if (left === 0) break;
      if (Atomics.compareExchange(words, CONTROL.left, left, left - 1) !== left) continue;
      try {
        call(exports, name, parts[left - 1]!, scratch, 0);
      } catch (error) {
        failed = error;
      }
      Atomics.add(words, CONTROL.executed, 1);
      Atomics.add(words, CONTROL.done, 1);
    }
    for (let look = 0; look < LOOKS && Atomics.load(words, CONTROL.done) < n; look++);
    for (let done = Atomics.load(words, CONTROL.done); done < n; done = Atomics.load(words, CONTROL.done)) Atomics.wait(words, CONTROL.done, done);
    const elsewhere = Atomics.exchange(words, CONTROL.failed, 0);
    if (failed !== null) throw failed;
    if (elsewhere) throw new Error(`${name} failed in a thread.`);
  }

  function runHere(name: string, parts: readonly Part[], scratch?: Scratch): void {
    for (const part of parts) call(exports, name, part, scratch, 0);
    words[CONTROL.executed]! += parts.length;
  }

  return {
    threads,
    run,
    runHere,
    executed: () => Array.from({ length: threads }, (_, k) => Atomics.load(words, CONTROL.executed + k)),
    end() {
      if (ended) return;
      ended = true;
      Atomics.store(words, CONTROL.quit, 1);
      Atomics.notify(words, CONTROL.left);
      for (const t of live) t.end();
    },
  };
}
