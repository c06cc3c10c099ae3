/**
 * C = A B over threads. B is packed into panels of eight columns; either each part packs the columns it computes, or, where A has more rows than B
 * has columns, all threads pack together and then each computes rows. Every element is summed in the same order in any case.
 */
import type { Threads } from '../../core/threads/pool';
import { overRanges, partsFor, ranges } from './parts';

/** Byte address, and strides in floats by row and by column. */
export interface Operand {
  at: number;
  rs: number;
  cs: number;
}

const up8 = (n: number): number => (n + 7) & ~7;

/** Floats the kernel needs for itself: a block of A brought into place, and an edge. */
export const PART_ROOM = 64 * 256 + 8;
/** Floats of scratch space. */
export const productScratch = (threads: number, n: number, k: number): number => (up8(n) + 8 * threads) * k + PART_ROOM * threads;

/** C [m, n] at byte address c, without gaps. @param scratch byte address of `productScratch` floats */
export function product(threads: Threads, a: Operand, b: Operand, c: number, m: number, n: number, k: number, scratch: number): void {
  if (m === 0 || n === 0) return;
  const work = 2 * m * n * k;
  const count = partsFor(threads, work);
  if (count === 1) return threads.run('sgemmPart', [[a.at, a.rs, a.cs, b.at, b.rs, b.cs, c, n, m, n, k, scratch]]);
  if (m <= n) {
    const columns = ranges(n, Math.max(count, threads.threads), 8); // no fewer, or the scratch would not do for all threads
    const parts = columns.map(([from, to]) => [a.at, a.rs, a.cs, b.at + 4 * from * b.cs, b.rs, b.cs, c + 4 * from, n, m, to - from, k, 0]);
    const widest = columns.reduce((w, [from, to]) => Math.max(w, to - from), 0);
    return threads.run('sgemmPart', parts, { at: 11, from: scratch, bytes: 4 * (up8(widest) * k + PART_ROOM) });
  }
  overRanges(threads, 'packPart', n, 4 * n * k, (from, to) => [b.at, b.rs, b.cs, k, from, to, scratch], { step: 8 });
  const edge = scratch + 4 * up8(n) * k;
  overRanges(threads, 'productPart', m, work, (from, to) => [a.at + 4 * from * a.rs, a.rs, a.cs, scratch, k, c + 4 * from * n, n, to - from, n, k, 0, 0], { step: 8, scratch: { at: 11, from: edge, bytes: 4 * PART_ROOM } });
}
