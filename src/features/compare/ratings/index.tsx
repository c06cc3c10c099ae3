/** Rating runs on the Runs tab: tables by folds, ordered by an error, apart from runs that rank. */
import { SegmentedControl } from '@mantine/core';
import { apartBecause } from '../../../analysis/rating-board';
import { setQuery } from '../../../app/url';
import type { RatingMeasure, RatingRun } from '../../../core/rating-run';
import { measureName } from '../../train/ratings/rating-words';
import css from '../compare.module.css';
import { RatingTable } from './rating-table';
import { MEASURES, ratingGroups } from './view';

/** Said wherever one would look for the two tasks in one order. */
export const OTHER_TASK = 'predicting ratings is another task: its error in stars (RMSE, MAE) and the hits of a ranked list (HR, NDCG) have no common scale, and neither follows from the other';

export function RatingRuns({ runs, ids, measure, beside }: { runs: readonly RatingRun[]; ids: readonly string[]; measure: RatingMeasure; /** Runs that rank stand above. */ beside: boolean }) {
  const groups = ratingGroups(runs, measure);
  const first = groups[0]?.runs[0];
  return (
    <section className={css.stack} aria-label="Rating prediction">
      <div className={css.tools}>
        <h2>Rating prediction</h2>
        <SegmentedControl size="xs" aria-label="Order rating runs by" value={measure} onChange={(m) => setQuery({ error: m === 'rmse' ? null : m })} data={MEASURES.map((m) => ({ value: m, label: measureName[m] }))} />
      </div>
      <p className={css.note}>
        {beside ? `Never in one order with the runs above: ${OTHER_TASK}. ` : ''}Small figures: 95 % interval over folds, widened because their train parts overlap.
      </p>
      {groups.map((g, k) => (
        <RatingTable key={g.key} group={g} measure={measure} ids={ids} why={k === 0 || !first ? null : (apartBecause({ ...g.runs[0]!, status: 'done' }, first) ?? 'other folds')} />
      ))}
    </section>
  );
}
