/** Backward kernels over rows whose parameters are shared by all rows: rows go to threads, and what they give to a parameter is summed by chunks. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Part, Threads } from '../../core/threads/pool';
import type { Heap } from '../heap';
import { chunks, runParts } from './parts';

/**
 * @param rows of D numbers @param args of one call for rows from … to, with the addresses of its own dγ and dβ (filled with zeros) and, last, of
 * its scratch, which is put in for the 0 given there
 * @param scratch floats of it
 */
export function rowGradients(heap: Heap, threads: Threads, name: string, rows: number, D: number, work: number, scratch: number, dGamma: TensorInfo, dBeta: TensorInfo, args: (from: number, to: number, dGamma: number, dBeta: number) => Part): void {
  const cuts = chunks(rows);
  const apart = cuts.length > 1;
  const sums = apart ? [heap.make([cuts.length, D]), heap.make([cuts.length, D])] as const : [dGamma, dBeta] as const;
  const room = heap.make([threads.threads * scratch]);
  for (const t of sums) heap.floats(t).fill(0);
  const [g, b] = sums.map((t) => heap.address(t)) as [number, number];
  const parts = cuts.map(([from, to], k) => args(from, to, g + 4 * k * D, b + 4 * k * D));
  runParts(threads, name, parts, work, { at: parts[0]!.length - 1, from: heap.address(room), bytes: 4 * scratch });
  heap.free(room);
  if (!apart) return;
  for (const [from, to] of [[g, dGamma], [b, dBeta]] as const) threads.runHere('columnSumsPart', [[from, cuts.length, D, 0, D, heap.address(to)]]);
  for (const t of sums) heap.free(t);
}
