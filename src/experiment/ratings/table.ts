/** A rating run as a table for a terminal. */
import { overFolds, type RatingRun, type RatingSliceId } from '../../core/rating-run';
import { alignedRows } from '../result-table';
import { spreadOf } from '../seeds';

const SLICES: readonly RatingSliceId[] = ['all', 'warm', 'cold', 'new'];
const number = (x: number | null): string => (x === null ? '–' : x.toFixed(4).replace(/^(-?)0\./, '$1.'));

export function ratingTable(run: RatingRun): string {
  const rows = [['', 'n', 'RMSE', '95 %', 'MAE', '95 %', 'r', 'fit']];
  const ends = (of: [number, number] | undefined): string => (of ? `${number(of[0])}–${number(of[1])}` : '');
  for (const f of run.folds) {
    const { n, rmse, mae, r, intervals } = f.slices.all;
    rows.push([`fold ${f.fold + 1}`, String(n), number(rmse), ends(intervals?.rmse), number(mae), ends(intervals?.mae), number(r), `${f.seconds.fit.toFixed(2)} s`]);
  }
  for (const slice of SLICES) {
    const [rmse, mae, r] = (['rmse', 'mae', 'r'] as const).map((m) => overFolds(run.folds, slice, m));
    if (rmse!.n === 0) continue;
    const cell = ({ mean, sd }: { mean: number | null; sd: number | null }): string => `${number(mean)}${sd === null ? '' : ` ± ${number(sd)}`}`;
    rows.push([slice === 'all' ? 'mean ± sd over folds' : slice, String(rmse!.n), cell(rmse!), '', cell(mae!), '', cell(r!), '']);
  }
  const unknown = run.folds.reduce((n, f) => n + f.unknownItem, 0);
  return [
    run.name,
    `${run.data.name}: ${run.data.counts.interactions} ratings, ${run.data.counts.users} users, ${run.data.counts.items} items; ${run.split.name}; seed ${run.seed}; ${run.seconds.toFixed(1)} s`,
    '',
    alignedRows(rows),
    '',
    ...(unknown > 0 ? [`${unknown} test ratings are of items without a train rating ("new").`] : []),
    ...run.warnings.map((w) => `Warning: ${w}`),
  ].join('\n');
}

/** Repeated seeds: means over folds of each, then mean and standard deviation over seeds. @param runs that differ in their seed alone */
export function ratingSeedsTable(runs: readonly RatingRun[]): string {
  const [first] = runs;
  const rows = [['', 'n', 'RMSE', 'MAE', 'r', 'fit']];
  const means = (run: RatingRun, slice: RatingSliceId): (number | null)[] => (['rmse', 'mae', 'r'] as const).map((m) => overFolds(run.folds, slice, m).mean);
  const tested = (slice: RatingSliceId): number => overFolds(first!.folds, slice, 'rmse').n;
  for (const run of runs) rows.push([`seed ${run.seed}`, String(tested('all')), ...means(run, 'all').map(number), `${run.folds.reduce((s, f) => s + f.seconds.fit, 0).toFixed(2)} s`]);
  for (const slice of SLICES) {
    if (tested(slice) === 0) continue;
    const cells = [0, 1, 2].map((m) => {
      const each = runs.flatMap((run) => means(run, slice)[m] ?? []);
      if (each.length < runs.length) return '–';
      const { mean, sd } = spreadOf(each);
      return `${number(mean)} ± ${number(sd)}`;
    });
    rows.push([slice === 'all' ? 'mean ± sd over seeds' : slice, String(tested(slice)), ...cells, '']);
  }
  return [
    `${first!.name}, ${runs.length} seeds (${runs.map((r) => r.seed).join(', ')}): means over folds, then mean ± standard deviation over seeds`,
    `${first!.data.name}: ${first!.data.counts.interactions} ratings, ${first!.data.counts.users} users, ${first!.data.counts.items} items; ${first!.split.name}`,
    '', alignedRows(rows),
  ].join('\n');
}
