/** Rating runs side by side: which may be compared, in what order, and whether they can be told apart. Pure. */
import { overFolds, unpackResiduals, type RatingMeasure, type RatingRun } from '../core/rating-run';
import { holm } from '../math/significance/holm';
import { pairedT } from '../math/significance/paired-t';
import { twoSidedT } from '../math/significance/student-t';

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
  /** Neither test tells them apart, as far as they could be made. */
  alike: boolean;
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
 * Each run against the first of the board. Over ratings: paired t of squared errors (RMSE, r) or absolute errors (MAE) of the same ratings.
 * @param board runs that may be compared, best first
 * @returns one entry per run, null for the first
 */
export function againstBest(board: readonly RatingRun[], measure: RatingMeasure): (PairOutcome | null)[] {
  const best = board[0];
  if (!best) return [];
  const own = best.residuals === undefined ? null : unpackResiduals(best.residuals);
  const loss = (e: number): number => (measure === 'mae' ? Math.abs(e) : e * e);
  const raw = board.slice(1).map((run) => {
    const theirs = run.residuals === undefined ? null : unpackResiduals(run.residuals);
    const pairs = own && theirs && own.length === theirs.length ? pairedT(Float64Array.from(own, (e, k) => loss(theirs[k]!) - loss(e))) : null;
    const folds = run.folds.flatMap((f, k) => {
      const [a, b] = [f.slices.all[measure], best.folds[k]?.slices.all[measure]];
      return a === null || b === null || b === undefined ? [] : [a - b];
    });
    const shares = run.folds.reduce((s, f) => s + f.test / f.train, 0) / run.folds.length;
    return { difference: folds.reduce((s, d) => s + d, 0) / Math.max(1, folds.length), ratings: pairs?.p ?? null, folds: correctedFoldTest(folds, shares) };
  });
  const corrected = (pick: (r: (typeof raw)[number]) => number | null): (number | null)[] => {
    const known = raw.map(pick).filter((p) => p !== null);
    const adjusted = holm(known);
    let at = 0;
    return raw.map((r) => (pick(r) === null ? null : adjusted[at++]!));
  };
  const ratings = corrected((r) => r.ratings);
  const folds = corrected((r) => r.folds);
  return [null, ...raw.map((r, k) => {
    const p = ratings[k] ?? folds[k] ?? null;
    return { difference: r.difference, overRatings: ratings[k]!, overFolds: folds[k]!, alike: p === null || p >= LEVEL };
  })];
}
