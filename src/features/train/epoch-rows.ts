import type { EpochRecord } from '../../core/run';

/** The last `n` epochs, with the best one among them or before them. */
export function lastWithBest(epochs: readonly EpochRecord[], best: number | null, n: number): EpochRecord[] {
  const last = epochs.slice(-n);
  if (best === null || last.some((e) => e.epoch === best)) return last;
  const first = epochs.find((e) => e.epoch === best);
  return first ? [first, ...epochs.slice(-(n - 1))] : last;
}
