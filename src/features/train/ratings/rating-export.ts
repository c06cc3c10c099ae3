/** Rating runs as CSV. Pure. */
import { overFolds, type RatingRun, type RatingSliceId } from '../../../core/rating-run';
import { toCsv } from '../../../ui/csv';

const SLICES: readonly RatingSliceId[] = ['all', 'warm', 'cold', 'new'];

/** One row per run, fold and slice; a fold "mean" and "sd" close each run. */
export function ratingsCsv(runs: readonly RatingRun[]): string {
  const head = ['run', 'model', 'params', 'data', 'folds', 'seed', 'fold', 'slice', 'n', 'rmse', 'mae', 'r', 'fit seconds'];
  const rows = runs.flatMap((run) => {
    const own = [run.name, run.model.id, Object.entries(run.model.params).map(([k, v]) => `${k}=${String(v)}`).join(' '), run.data.name, run.split.name, run.seed];
    const folds = run.folds.flatMap((f) => SLICES.map((s) => [...own, String(f.fold + 1), s, f.slices[s].n, f.slices[s].rmse, f.slices[s].mae, f.slices[s].r, f.seconds.fit]));
    const over = SLICES.flatMap((s) => {
      const [rmse, mae, r] = (['rmse', 'mae', 'r'] as const).map((m) => overFolds(run.folds, s, m));
      return [[...own, 'mean', s, rmse!.n, rmse!.mean, mae!.mean, r!.mean, null], [...own, 'sd', s, rmse!.n, rmse!.sd, mae!.sd, r!.sd, null]];
    });
    return [...folds, ...over];
  });
  return toCsv(head, rows);
}
