/** A WebAssembly module on a memory of its own, with threads over it where memory can be shared. */
import { tellThreads } from '../core/threads/allowance';
import { canShareMemory, oneThread, startPool, type Part, type Scratch, type Threads } from '../core/threads/pool';
import { ROOM } from '../core/threads/serve-parts';
import { withSharedMemory } from '../core/threads/shared-limits';

const PAGE = 65536;

export interface ThreadedModule {
  buffer: ArrayBufferLike;
  /** The caller ends them. */
  threads: Threads;
}

/**
 * @param binary a module that imports env.memory, without data of its own in it
 * @param bytes of memory; it does not grow
 * @param threads in all; where others cannot come up, the calling one does the work alone
 * @throws RangeError where so much memory is refused
 */
export async function threadedModule(binary: Uint8Array<ArrayBuffer>, bytes: number, threads: number): Promise<ThreadedModule> {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  const shared = threads > 1 && canShareMemory();
  const memory = new WebAssembly.Memory(shared ? { initial: pages, maximum: pages, shared } : { initial: pages });
  const { module, instance } = await WebAssembly.instantiate(shared ? withSharedMemory(binary, pages) : binary, { env: { memory } });
  // A thread that does not come up costs speed, not results.
  const pool = shared ? await startPool({ memory, module, instance, threads }).catch(() => null) : null;
  tellThreads(pool?.threads ?? 1);
  return { buffer: memory.buffer, threads: pool ?? oneThread(instance.exports) };
}

/** Any number of parts; a job has room for so many at a time. */
export function runAll(threads: Threads, name: string, parts: readonly Part[], scratch?: Scratch): void {
  for (let from = 0; from < parts.length; from += ROOM.parts) threads.run(name, parts.slice(from, from + ROOM.parts), scratch);
}
