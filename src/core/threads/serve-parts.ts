/**
 * The loop of a pool thread: takes parts of the present job from the control block, runs them on the shared memory, sleeps when there are none.
 * The function stands alone: under Node it travels to the thread as its own text.
 */

/** Places in the control block. `left` counts the parts nobody has taken; taking one is a compare-and-exchange on it, so a part is done once. */
export const CONTROL = { left: 0, done: 1, total: 2, kernel: 3, args: 4, scratchAt: 5, scratchFrom: 6, scratchBytes: 7, failed: 8, quit: 9, executed: 16 } as const;
/** Words before the arguments; parts at most; numbers a part at most. */
export const ROOM = { words: 64, parts: 64, args: 48 } as const;

export interface PartsMessage {
  control: SharedArrayBuffer;
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  /** Names of the exports, by the number they are called by. */
  kernels: readonly string[];
  /** From 1; the caller's thread is 0. */
  thread: number;
  layout: { control: typeof CONTROL; room: typeof ROOM };
}

/**
 * Instantiates the module on the shared memory, tells `ready`, and returns when the pool ends.
 * @param rest what a thread does that has had nothing to do for a while: it waits, without holding its event loop where that can be, so that a
 * browser can end it at once
 */
export async function serveParts(message: PartsMessage, ready: () => void, rest: (words: Int32Array, at: number) => unknown): Promise<void> {
  const { control, room } = message.layout;
  const words = new Int32Array(message.control, 0, room.words);
  const numbers = new Float64Array(message.control, 4 * room.words);
  const { exports } = await WebAssembly.instantiate(message.module, { env: { memory: message.memory } });
  const kernels = message.kernels.map((name) => exports[name] as (...args: number[]) => void);
  ready();
  /** A job often follows at once: looking for it for some microseconds is cheaper than being woken. */
  const LOOKS = 1000;
  /** Milliseconds without a job before it rests. */
  const WAIT = 100;
  for (;;) {
    let left = 0;
    for (let look = 0; look < LOOKS && left === 0; look++) left = Atomics.load(words, control.left);
    if (Atomics.load(words, control.quit)) return;
    if (left === 0) {
      if (Atomics.wait(words, control.left, 0, WAIT) === 'timed-out') await rest(words, control.left);
      continue;
    }
    if (Atomics.compareExchange(words, control.left, left, left - 1) !== left) continue;
    const count = words[control.args]!;
    const from = (left - 1) * room.args;
    const args = Array.from(numbers.subarray(from, from + count));
    const at = words[control.scratchAt]!;
    if (at >= 0) args[at] = (words[control.scratchFrom]! >>> 0) + message.thread * words[control.scratchBytes]!;
    try {
      kernels[words[control.kernel]!]!(...args);
    } catch {
      Atomics.store(words, control.failed, 1);
    }
    Atomics.add(words, control.executed + message.thread, 1);
    if (Atomics.add(words, control.done, 1) + 1 === words[control.total]!) Atomics.notify(words, control.done);
  }
}
