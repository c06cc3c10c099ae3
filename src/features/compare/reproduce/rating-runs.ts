/** Runs the rows of the rating table one after the other through the page's rating runs; what is done is found there again after a reload. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PublishedFigure, PublishedRow, PublishedTable } from '../../../analysis/claims';
import { ratings } from '../../../app/ratings';
import type { Counts } from '../../../core/dataset';
import { parseParams, type ParamSpecs, type ParamValue } from '../../../core/params';
import { overFolds, type RatingRun } from '../../../core/rating-run';
import { DEFAULT_SPLIT } from '../../../core/split';
import { cardOf } from '../../../models/catalogue';

interface RatingQueue {
  /** Null when nothing is under way. */
  active: { done: number; total: number; name: string } | null;
}
const store = createStore<RatingQueue>(() => ({ active: null }));
export const useRatingQueue = <T>(select: (s: RatingQueue) => T): T => useStore(store, select);
let stopped = false;

const paramsOf = (row: PublishedRow): Record<string, ParamValue> => parseParams(cardOf(row.model).params as ParamSpecs, row.params) as Record<string, ParamValue>;
const canonical = (params: Record<string, unknown>): string => JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
const sameCounts = (a: Counts, b: Counts): boolean => a.interactions === b.interactions && a.users === b.users && a.items === b.items;

/** The newest finished run of each seed with the row's settings, on the published folds of the table's data. */
export function ratingRunsOf(table: PublishedTable, row: PublishedRow, runs: readonly RatingRun[]): RatingRun[] {
  const wanted = canonical(paramsOf(row));
  const fitting = runs.filter((r) => r.status === 'done' && r.split.spec.kind === 'published' && r.data.recipe === table.recipe && sameCounts(r.data.counts, table.counts) && r.model.id === row.model && canonical(r.model.params) === wanted);
  return row.seeds.flatMap((seed) => fitting.filter((r) => r.seed === seed).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, 1));
}

export const ratingValues = (runs: readonly RatingRun[], figure: PublishedFigure): number[] =>
  runs.flatMap((r) => overFolds(r.folds, 'all', figure.metric === 'MAE' ? 'mae' : 'rmse').mean ?? []);

/** Runs every seed of the rows, in order; Stop keeps what is done. */
export async function runRatingRows(rows: readonly PublishedRow[]): Promise<void> {
  if (store.getState().active || ratings.store.getState().live) return;
  stopped = false;
  const jobs = rows.flatMap((row) => row.seeds.map((seed) => ({ row, seed })));
  for (const [done, { row, seed }] of jobs.entries()) {
    if (stopped) break;
    const name = row.seeds.length > 1 ? `${row.name}, seed ${seed}` : row.name;
    store.setState({ active: { done, total: jobs.length, name } });
    await ratings.start({ name, model: row.model, params: paramsOf(row), folds: { kind: 'published' }, cold: DEFAULT_SPLIT.cold, seed });
    if (ratings.store.getState().problem) break;
  }
  store.setState({ active: null });
}

export async function stopRatingRows(): Promise<void> {
  stopped = true;
  await ratings.stop();
}
