/** Rating runs against a reference run: errors with intervals over folds, and by groups of ratings. k folds, n ratings. Pure. */
import type { RatingMeasure, RatingRun, RatingSliceId } from '../core/rating-run';
import { criticalT } from '../math/significance/student-t';

export interface Spread {
  mean: number;
  /** 95 % interval; null for a single fold, which has no spread. */
  low: number | null;
  high: number | null;
}

/** Share of test to train ratings, mean over folds: how much the train parts of two folds overlap. */
export const testOverTrain = (run: RatingRun): number => run.folds.reduce((s, f) => s + f.test / f.train, 0) / run.folds.length;

/**
 * Mean over folds with an interval by Student's t, k − 1 degrees of freedom. Train parts of folds overlap, so the variance is widened
 * as in Nadeau and Bengio (2003): t · s · √(1/k + n_test/n_train). Awkward cases: no value → null; one fold → no interval.
 */
export function spreadOf(values: readonly number[], overlap: number): Spread | null {
  const k = values.length;
  if (k === 0) return null;
  const mean = values.reduce((s, v) => s + v, 0) / k;
  if (k === 1) return { mean, low: null, high: null };
  const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / (k - 1);
  const half = criticalT(0.05, k - 1) * Math.sqrt((1 / k + overlap) * variance);
  return { mean, low: mean - half, high: mean + half };
}

export const foldSpread = (run: RatingRun, slice: RatingSliceId, measure: RatingMeasure): Spread | null =>
  spreadOf(run.folds.flatMap((f) => f.slices[slice][measure] ?? []), testOverTrain(run));

/** Run minus reference, fold by fold; null where a fold is missing in either. */
export function foldDifferences(run: RatingRun, reference: RatingRun, measure: RatingMeasure): number[] | null {
  if (run.folds.length !== reference.folds.length) return null;
  const each = run.folds.map((f, k) => {
    const [a, b] = [f.slices.all[measure], reference.folds[k]!.slices.all[measure]];
    return a === null || b === null ? null : a - b;
  });
  return each.every((d) => d !== null) ? each : null;
}

/** In how many folds the run errs less (RMSE, MAE) or correlates more (r). */
export function foldsWon(run: RatingRun, reference: RatingRun, measure: RatingMeasure): { won: number; of: number } {
  const each = foldDifferences(run, reference, measure) ?? [];
  return { won: each.filter((d) => (measure === 'r' ? d > 0 : d < 0)).length, of: each.length };
}

/** What an error by groups is: root mean square, mean distance, or the mean of true minus predicted (above 0: predicted too low). */
export type ErrorKind = 'rmse' | 'mae' | 'bias';

export interface RatingGroup {
  label: string;
  /** Places 0 … n − 1 among the test ratings, fold by fold. */
  at: Int32Array;
}
export interface GroupError {
  label: string;
  n: number;
  users: number;
  value: number;
  /** 95 % interval over users; null where a single user gave all of them. */
  low: number | null;
  high: number | null;
}

/** Mean loss of a group and, per rating, how far it pulls the figure: the figure's derivative times (loss − mean loss). */
function influence(kind: ErrorKind, residuals: Float32Array, at: Int32Array): { value: number; pull: Float64Array } {
  const loss = (k: number): number => (kind === 'rmse' ? residuals[k]! ** 2 : kind === 'mae' ? Math.abs(residuals[k]!) : residuals[k]!);
  const losses = Float64Array.from(at, loss);
  const mean = losses.reduce((s, l) => s + l, 0) / losses.length;
  if (kind !== 'rmse') return { value: mean, pull: losses.map((l) => l - mean) };
  const root = Math.sqrt(mean);
  return { value: root, pull: losses.map((l) => (root > 0 ? (l - mean) / (2 * root) : 0)) };
}

/**
 * Standard error over users, who are drawn, not their single ratings: ratings of one person err alike. C users:
 * √(C/(C − 1) · Σ_c (Σ_{k of c} pull_k)²) ÷ n. Worked: every user with one rating gives s/√n; every rating written down twice changes nothing.
 */
function byUsers(value: number, pull: Float64Array, at: Int32Array, user: Int32Array): Omit<GroupError, 'label'> {
  let U = 0;
  for (const k of at) U = Math.max(U, user[k]! + 1);
  const [sums, seen] = [new Float64Array(U), new Uint8Array(U)];
  at.forEach((k, j) => {
    sums[user[k]!]! += pull[j]!;
    seen[user[k]!] = 1;
  });
  const [n, C] = [at.length, seen.reduce((many, s) => many + s, 0)];
  if (C < 2) return { n, users: C, value, low: null, high: null };
  let squares = 0;
  for (const s of sums) squares += s * s;
  const half = (criticalT(0.05, C - 1) * Math.sqrt((C / (C - 1)) * squares)) / n;
  return { n, users: C, value, low: value - half, high: value + half };
}

/** The error of a run in each group. @param residuals true minus predicted [n]  @param user who gave each rating [n] */
export const errorByGroup = (groups: readonly RatingGroup[], kind: ErrorKind, residuals: Float32Array, user: Int32Array): GroupError[] =>
  groups.map(({ label, at }) => {
    const { value, pull } = influence(kind, residuals, at);
    return { label, ...byUsers(value, pull, at, user) };
  });

/** The error of a minus that of b in each group, over the same ratings. */
export const differenceByGroup = (groups: readonly RatingGroup[], kind: ErrorKind, a: Float32Array, b: Float32Array, user: Int32Array): GroupError[] =>
  groups.map(({ label, at }) => {
    const [own, base] = [influence(kind, a, at), influence(kind, b, at)];
    return { label, ...byUsers(own.value - base.value, own.pull.map((h, j) => h - base.pull[j]!), at, user) };
  });
