/** Rating runs side by side: which may be compared, in what order, and whether they can be told apart. Pure. */
import { overFolds, unpackResiduals, type RatingMeasure, type RatingRun } from '../core/rating-run';
import { holm } from '../math/significance/holm';
import { pairedT } from '../math/significance/paired-t';
import { twoSidedT } from '../math/significance/student-t';
import { foldDifferences, spreadOf, testOverTrain } from './rating-compare';

export const LEVEL = 0.05;

/** Why two runs cannot stand on one board; null when they can. */
export function apartBecause(a: RatingRun, b: { data: { hash: string }; split: { hash: string } }): string | null {
  if (a.data.hash !== b.data.hash) return 'other data';
  if (a.split.hash !== b.split.hash) return 'other folds';
  if (a.status === 'stopped') return 'stopped before its last fold';
  return null;
}

/** Smaller is better for errors, larger for r. Runs without a value come last. */
export function ranked(runs: readonly RatingRun[], measure: RatingMeasure): RatingRun[] {
  const value = (r: RatingRun): number => overFolds(r.folds, 'all', measure).mean ?? NaN;
  const key = (r: RatingRun): number => (Number.isNaN(value(r)) ? Infinity : measure === 'r' ? -value(r) : value(r));
  return [...runs].sort((a, b) => key(a) - key(b) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

export interface PairOutcome {
  /** Mean over folds of the run's measure minus the reference's. */
  difference: number;
  /** Two-sided, paired over ratings (errors) and over folds, each after Holm's correction over the board; null where it cannot be had. */
  overRatings: number | null;
  overFolds: number | null;
  /** Not told apart by every test that could be made, or none could be. Ratings of one person are not independent, and folds are few: neither is enough alone. */
  alike: boolean;
}
export interface RatingTest extends PairOutcome {
  /** Id of the run that was set against the reference. */
  run: string;
  measure: RatingMeasure;
  /** 95 % interval of the difference over folds, not corrected; null for a single fold. */
  low: number | null;
  high: number | null;
}

/**
 * Differences over k folds of which the train parts overlap are not independent: Nadeau and Bengio (2003) widen the variance,
 * t = mean ÷ √((1/k + n_test/n_train) s²), k − 1 degrees of freedom. Null for fewer than two folds; all differences 0 → 1.
 */
export function correctedFoldTest(differences: readonly number[], testOverTrain: number): number | null {
  const k = differences.length;
  if (k < 2) return null;
  const mean = differences.reduce((s, d) => s + d, 0) / k;
  const variance = differences.reduce((s, d) => s + (d - mean) ** 2, 0) / (k - 1);
  if (variance === 0) return mean === 0 ? 1 : 0;
  return twoSidedT(mean / Math.sqrt((1 / k + testOverTrain) * variance), k - 1);
}

/**
 * Other runs against a reference, by one or more measures. Over ratings: paired t of squared errors (RMSE, r) or absolute errors (MAE) of the
 * same ratings. Holm's correction over all of them, for each of the two tests. Runs with other folds are left out.
 */
export function ratingTests(reference: RatingRun, others: readonly RatingRun[], measures: readonly RatingMeasure[]): RatingTest[] {
  const own = reference.residuals === undefined ? null : unpackResiduals(reference.residuals);
  const raw = others.filter((run) => run.split.hash === reference.split.hash).flatMap((run) => {
    const theirs = run.residuals === undefined ? null : unpackResiduals(run.residuals);
    return measures.map((measure) => {
      const loss = (e: number): number => (measure === 'mae' ? Math.abs(e) : e * e);
      const pairs = own && theirs && own.length === theirs.length ? pairedT(Float64Array.from(own, (e, k) => loss(theirs[k]!) - loss(e))) : null;
      const folds = foldDifferences(run, reference, measure) ?? [];
      const spread = spreadOf(folds, testOverTrain(run));
      return { run: run.id, measure, difference: spread?.mean ?? 0, low: spread?.low ?? null, high: spread?.high ?? null, ratings: pairs?.p ?? null, folds: correctedFoldTest(folds, testOverTrain(run)) };
    });
  });
  const corrected = (pick: (r: (typeof raw)[number]) => number | null): (number | null)[] => {
    const known = raw.map(pick).filter((p) => p !== null);
    const adjusted = holm(known);
    let at = 0;
    return raw.map((r) => (pick(r) === null ? null : adjusted[at++]!));
  };
  const overRatings = corrected((r) => r.ratings);
  const overFolds = corrected((r) => r.folds);
  return raw.map(({ run, measure, difference, low, high }, k) => {
    const known = [overRatings[k]!, overFolds[k]!].filter((p) => p !== null);
    return { run, measure, difference, low, high, overRatings: overRatings[k]!, overFolds: overFolds[k]!, alike: known.length === 0 || known.some((p) => p >= LEVEL) };
  });
}

/**
 * Each run against the first of the board.
 * @param board runs that may be compared, best first
 * @returns one entry per run, null for the first
 */
export function againstBest(board: readonly RatingRun[], measure: RatingMeasure): (PairOutcome | null)[] {
  const best = board[0];
  if (!best) return [];
  const tests = ratingTests(best, board.slice(1), [measure]);
  return board.map((run, k) => (k === 0 ? null : (tests.find((t) => t.run === run.id) ?? null)));
}
