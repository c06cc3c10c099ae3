/** What the Runs tab shows of rating runs: which tables, in which order, by which error. Pure. */
import { ranked } from '../../../analysis/rating-board';
import type { RatingMeasure, RatingRun } from '../../../core/rating-run';

export const MEASURES: readonly RatingMeasure[] = ['rmse', 'mae', 'r'];

/** The measure an address asks for (`error=mae`), and what it asked for in vain. */
export function measureOf(query: URLSearchParams): { measure: RatingMeasure; problem: string | null } {
  const asked = query.get('error') ?? 'rmse';
  const measure = MEASURES.find((m) => m === asked);
  return { measure: measure ?? 'rmse', problem: measure ? null : `"${asked}" is no error of predicted ratings. One of ${MEASURES.join(', ')}.` };
}

/** Every word must be somewhere in the run's name, data set, folds, model, tags or notes. */
export function matchesRating(run: RatingRun, find: string): boolean {
  const text = [run.name, run.data.name, run.split.name, run.model.id, 'ratings', ...(run.tags ?? []), run.notes ?? ''].join(' ').toLowerCase();
  return find.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

export interface RatingGroup {
  key: string;
  /** Finished runs, best first; pinned ones on top. Those stopped before their last fold come last. */
  runs: RatingRun[];
}

/** Runs on the same folds of the same data, newest group first. */
export function ratingGroups(runs: readonly RatingRun[], measure: RatingMeasure): RatingGroup[] {
  const groups = new Map<string, RatingRun[]>();
  for (const run of [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))) {
    const key = `${run.data.hash} ${run.split.hash}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const last = (r: RatingRun): number => Number(r.status === 'stopped');
  return [...groups].map(([key, list]) => ({ key, runs: ranked(list, measure).sort((a, b) => last(a) - last(b) || Number(b.pinned ?? false) - Number(a.pinned ?? false)) }));
}
