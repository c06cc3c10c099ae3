/** Calls of the worker that predicts ratings: [input, output, progress]. */
import type { TestRatings } from '../src/analysis/rating-groups';
import type { DataSet } from '../src/core/dataset';
import type { ParamValue } from '../src/core/params';
import type { FoldSpec, RatingProgress, RatingRun } from '../src/core/rating-run';
import type { ColdRule } from '../src/core/split';

export interface RatingAsk {
  runId: string;
  name: string;
  data: DataSet;
  model: string;
  params: Record<string, ParamValue>;
  folds: FoldSpec;
  cold: ColdRule;
  seed: number;
  build: string;
  /** The settings came out of a search: goes into the record. */
  tuned?: NonNullable<RatingRun['tuned']>;
}

export type RatingCalls = {
  rate: [RatingAsk, RatingRun, RatingProgress];
  /** Ends the run now; folds that are done are kept and answered by `rate`. */
  stop: [{ runId: string }, { accepted: boolean }, never];
  /** Which ratings the folds test, in the order of a run's residuals, and how much of user and item is in train. */
  testRatings: [{ data: DataSet; folds: FoldSpec; cold: ColdRule }, TestRatings, never];
};
