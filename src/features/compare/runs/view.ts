/** What the Runs tab shows, kept in the address: filters, metric, and the runs set side by side (the first is the reference). Pure. */
import { groundKey, groundOf } from '../../../analysis/leaderboard-ground';
import { parseMetric } from '../../../analysis/compare';
import { SLICES, type SliceId } from '../../../core/metric';
import { messageOf } from '../../../core/problem';
import type { RunRecord } from '../../../core/run';

export interface View {
  ids: string[];
  metric: string;
  slice: SliceId;
  find: string;
  archived: boolean;
  /** What the address asked for and cannot have. */
  problem: string | null;
}

export function viewOf(query: URLSearchParams): View {
  let problem: string | null = null;
  let metric = query.get('metric') ?? 'NDCG@10';
  try {
    parseMetric(metric);
  } catch (error) {
    problem = messageOf(error);
    metric = 'NDCG@10';
  }
  const asked = query.get('slice') ?? 'all';
  const slice = SLICES.find((s) => s === asked);
  if (!slice) problem ??= `"${asked}" is no slice. One of ${SLICES.join(', ')}.`;
  return { ids: [...new Set((query.get('runs') ?? '').split(',').filter(Boolean))], metric, slice: slice ?? 'all', find: query.get('find') ?? '', archived: query.get('archived') === 'yes', problem };
}

/** Every word must be somewhere in the run's name, data set, model, plan, tags or notes. */
export function matches(run: RunRecord, find: string): boolean {
  const text = [run.name, run.data.name, run.model.id, run.text?.column, run.plan?.title, run.plan?.kind, ...(run.tags ?? []), run.notes].join(' ').toLowerCase();
  return find.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

export interface RunGroup {
  key: string;
  /** Best first; pinned ones on top. */
  runs: RunRecord[];
}

/** Runs that may stand in one order together, newest group first. */
export function groupsOf(runs: readonly RunRecord[], metric: string, slice: SliceId): RunGroup[] {
  const groups = new Map<string, RunRecord[]>();
  for (const run of [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))) {
    const key = groundKey(groundOf(run));
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const value = (r: RunRecord): number => r.test[slice].metrics[metric]?.value ?? -1;
  return [...groups].map(([key, list]) => ({ key, runs: list.sort((a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false) || value(b) - value(a)) }));
}
