/** Rating prediction on this page: joined to its worker, the workspace and its storage. */
import { useStore } from 'zustand';
import { newId } from '../../core/new-id';
import type { RatingCalls } from '../../../workers/ratings-protocol';
import type { TestRatings } from '../../analysis/rating-groups';
import type { DataSet } from '../../core/dataset';
import type { RatingRun } from '../../core/rating-run';
import { connect, type WorkerLike } from '../../../workers/rpc';
import { held } from '../workspace';
import { createRatings, type RatingsState } from './ratings';
import { ratingStorage } from './run-store';

const client = connect<RatingCalls>(() => new Worker(new URL('../../../workers/ratings.worker.ts', import.meta.url), { type: 'module', name: 'ratings' }) as unknown as WorkerLike);

export const ratings = createRatings({
  client,
  storage: ratingStorage,
  now: () => Date.now(),
  newId,
  data: () => held.data,
  build: import.meta.env.VITE_BUILD ?? 'development',
});
export const useRatings = <T>(select: (s: RatingsState) => T): T => useStore(ratings.store, select);

/** How often each rating occurs in the data at hand, ascending; null without values. `many`: too many different ones to be a scale of stars. */
export function ratingScale(): { values: { rating: number; count: number }[]; many: boolean; total: number } | null {
  const value = held.data?.interactions.value;
  if (!value) return null;
  const counts = new Map<number, number>();
  for (const r of value) counts.set(r, (counts.get(r) ?? 0) + 1);
  const values = [...counts].map(([rating, count]) => ({ rating, count })).sort((a, b) => a.rating - b.rating);
  return { values, many: values.length > 21, total: value.length };
}
/** Which ratings a run's folds test, in the order of its residuals. @throws Problem when these data bring no such folds */
export const testRatingsOf = (data: DataSet, { split }: RatingRun): Promise<TestRatings> => client.call('testRatings', { data, folds: split.spec, cold: split.cold });
/** Name of the folds that came with the data at hand. */
export const publishedFolds = (): string | null => held.data?.folds?.name ?? null;
