/** Cutting the work of a kernel into parts for the threads there are. */
import type { Part, Scratch, Threads } from '../../core/threads/pool';

/**
 * A part of fewer floating-point operations (a float moved counts as four) is not worth another thread: some 25 microseconds, and to wake one that
 * sleeps was measured at 13 to 25.
 */
export const WORTH = 800_000;
let worth = WORTH;
/** For tests, which cut even the smallest work. */
export function splitFrom(operations: number): void {
  worth = operations;
}

/** Parts a thread, so that one that is held up by other work of the machine leaves its share to the others. */
const EACH = 4;

/** How many parts for `work` operations: 1 where it is not worth it. */
export const partsFor = (threads: Threads, work: number): number => (threads.threads === 1 || work < 2 * worth ? 1 : Math.min(EACH * threads.threads, Math.floor(work / worth), 64));

/** 0 … n in about equal ranges whose bounds are multiples of `step`. */
export function ranges(n: number, parts: number, step = 1): [from: number, to: number][] {
  const steps = Math.ceil(n / step);
  const count = Math.max(1, Math.min(parts, steps));
  return Array.from({ length: count }, (_, k) => [step * Math.floor((k * steps) / count), Math.min(n, step * Math.floor(((k + 1) * steps) / count))]);
}

/**
 * 0 … n in the ranges a sum over rows is taken in: each part sums its own, and these sums are added up in order. How many there are depends on n
 * alone, or the number of threads would be seen in the last bits.
 */
export const chunks = (n: number): [from: number, to: number][] => ranges(n, Math.min(32, Math.floor(n / 256)));

/** Parts that are given: on all threads where `work` is worth it. */
export function runParts(threads: Threads, name: string, parts: readonly Part[], work: number, scratch?: Scratch): void {
  if (partsFor(threads, work) > 1) threads.run(name, parts, scratch);
  else threads.runHere(name, parts, scratch);
}

/** One call of `name` for each range of 0 … n. For kernels whose ranges do not touch one another: results are the same however it is cut. */
export function overRanges(threads: Threads, name: string, n: number, work: number, args: (from: number, to: number) => Part, { step = 1, scratch }: { step?: number; scratch?: Scratch } = {}): void {
  if (n === 0) return;
  threads.run(name, ranges(n, partsFor(threads, work), step).map(([from, to]) => args(from, to)), scratch);
}
