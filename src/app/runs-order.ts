/** Which runs may stand in one order: only those measured on the same held-out interactions. Pure. */
import type { SliceId } from '../core/metric';
import type { RunRecord } from '../core/run';

export interface RunEntry {
  run: RunRecord;
  /** Why it is shown apart, null when it is comparable with the reference split. */
  apart: string | null;
  /** 1 = best by test value among the comparable; null for the others and for empty slices. */
  rank: number | null;
}

/** Why `run` cannot be set beside results on the split `reference`; null when it can. */
export function apartReason(run: RunRecord, reference: { split: string; data: string } | null): string | null {
  if (!reference || run.split.hash === reference.split) return null;
  if (run.data.hash !== reference.data) return `Other data (${run.data.name}): its test set is another one, so the numbers do not compare.`;
  return 'Other split of the same data (protocol, threshold or seed): its test set or its slices differ, so the numbers do not compare.';
}

/**
 * Comparable runs first, best test value on top (ties: newer first), then the others by date, unranked.
 * `reference` null: nothing is known to compare with, so the newest run's split is taken.
 */
export function orderRuns(runs: readonly RunRecord[], reference: { split: string; data: string } | null, slice: SliceId, metric: string): RunEntry[] {
  const newest = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const against = reference ?? (newest[0] ? { split: newest[0].split.hash, data: newest[0].data.hash } : null);
  const value = (r: RunRecord): number | null => r.test[slice].metrics[metric]?.value ?? null;
  const entries = newest.map((run) => ({ run, apart: apartReason(run, against), rank: null as number | null }));
  const comparable = entries.filter((e) => e.apart === null).sort((a, b) => (value(b.run) ?? -1) - (value(a.run) ?? -1));
  comparable.forEach((e, k) => {
    if (value(e.run) !== null) e.rank = k + 1;
  });
  return [...comparable, ...entries.filter((e) => e.apart !== null)];
}

/** Why `run` cannot be laid over the runs already selected; null when it can. */
export function overlayObstacle(run: RunRecord, selected: readonly RunRecord[]): string | null {
  const first = selected.find((r) => r.id !== run.id);
  return first ? apartReason(run, { split: first.split.hash, data: first.data.hash }) : null;
}
