/** Rating runs on the same folds as a table for a paper: RMSE, MAE and r with their spread over folds, best and tied marked. Pure. */
import { overFolds, type RatingMeasure, type RatingRun } from '../core/rating-run';
import type { BoardTable } from './board-table';
import { againstBest, LEVEL, ranked } from './rating-board';

const METRICS: readonly { id: RatingMeasure; name: string }[] = [{ id: 'rmse', name: 'RMSE' }, { id: 'mae', name: 'MAE' }, { id: 'r', name: 'r' }];
const whole = new Intl.NumberFormat('en-US');

/** @param runs finished, on the same folds of the same data; rows by `measure`, best first */
export function ratingTable(runs: readonly RatingRun[], measure: RatingMeasure): BoardTable {
  const first = runs[0]!;
  const marks = new Map(METRICS.map(({ id }) => {
    const order = ranked(runs, id);
    const outcomes = againstBest(order, id);
    return [id, new Map(order.map((run, k) => [run.id, { best: k === 0, tied: outcomes[k]?.alike === true }]))];
  }));
  const rows = ranked(runs, measure).map((run) => ({
    label: run.name,
    baseline: false,
    seeds: 1,
    seconds: run.folds.reduce((s, f) => s + f.seconds.fit, 0),
    cells: METRICS.map(({ id }) => {
      const { mean, sd } = overFolds(run.folds, 'all', id);
      return { value: mean, sd, ...marks.get(id)!.get(run.id)! };
    }),
  }));
  return { title: `Ratings on ${first.data.name}`, metrics: METRICS.map((m) => m.name), slice: 'all', rows, caption: caption(runs) };
}

function caption(runs: readonly RatingRun[]): string {
  const { data, split, folds } = runs[0]!;
  const { n } = overFolds(folds, 'all', 'rmse');
  const counts = `${whole.format(data.counts.users)} users, ${whole.format(data.counts.items)} items, ${whole.format(data.counts.interactions)} ratings`;
  const spread = folds.length > 1 ? `mean ± sd over ${folds.length} folds, n = ${whole.format(n)} ratings` : `n = ${whole.format(n)} ratings held out once`;
  const tests = runs.length > 1 ? ` † cannot be told apart from the best (${folds.length > 1 ? 'paired t over the same ratings and t over folds with variance widened for overlapping train parts, both' : 'paired t over the same ratings,'} at ${String(LEVEL).replace(/^0/, '')} after Holm's correction over ${runs.length - 1} ${runs.length === 2 ? 'run' : 'runs'} in each column).` : '';
  return `${data.name} (${counts}), ${split.name}: ${spread}. Smaller errors and larger r are better; best in bold.${tests} Seconds to fit all folds.`;
}
