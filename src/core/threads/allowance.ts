/** How many threads a computation may use here. Whoever starts a run says so (runs side by side share the cores); without a word it is what the machine has. */
import { threadsHere } from './pool';

let most: number | undefined;

/** For every run from now on in this worker or process. */
export function allowThreads(threads: number | undefined): void {
  most = threads;
}

/** From 1. */
export const threadsAllowed = (): number => Math.max(1, Math.min(threadsHere(), most ?? Infinity));

let used = 1;

/** Said by whoever spreads its work. */
export function tellThreads(threads: number): void {
  used = Math.max(used, threads);
}

/** The most that have worked together since this was last asked. */
export function threadsUsed(): number {
  const together = used;
  used = 1;
  return together;
}
