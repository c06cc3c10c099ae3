/** The runs that are ticked: set side by side where they may be, else the reason why one is left out. */
import { lazy, Suspense } from 'react';
import { apartFrom, groundOf } from '../../../analysis/leaderboard-ground';
import { apartBecause } from '../../../analysis/rating-board';
import type { RatingMeasure, RatingRun } from '../../../core/rating-run';
import type { RunRecord } from '../../../core/run';
import { oneLine } from '../../../ui/plot-scale';
import { OTHER_TASK } from '../ratings';
import css from '../compare.module.css';
import type { View } from './view';

// Charts and tests are fetched when there are two runs to set side by side.
const Comparison = lazy(async () => ({ default: (await import('../comparison')).Comparison }));
const RatingComparison = lazy(async () => ({ default: (await import('../ratings/comparison')).RatingComparison }));

interface Props {
  runs: readonly RunRecord[];
  rated: readonly RatingRun[];
  view: View;
  measure: RatingMeasure;
  /** Both lists have been read from storage. */
  loaded: boolean;
}

/** Why each of these may not stand beside the reference; null where it may. */
const sorted = <R extends { id: string; name: string }>(chosen: readonly R[], why: (run: R) => string | null): { together: R[]; apart: { id: string; name: string; why: string }[] } => {
  const judged = chosen.map((run) => ({ run, why: why(run) }));
  return { together: judged.flatMap((j) => (j.why === null ? [j.run] : [])), apart: judged.flatMap(({ run, why: reason }) => (reason === null ? [] : [{ id: run.id, name: run.name, why: reason }])) };
};

export function SideBySide({ runs, rated, view, measure, loaded }: Props) {
  const ranking = view.ids.flatMap((id) => runs.find((r) => r.id === id) ?? []);
  const rating = view.ids.flatMap((id) => rated.find((r) => r.id === id) ?? []);
  const first = view.ids.find((id) => runs.some((r) => r.id === id) || rated.some((r) => r.id === id));
  const predicts = rating[0]?.id === first && first !== undefined;
  const gone = loaded ? view.ids.length - ranking.length - rating.length : 0;
  const ground = ranking[0] && groundOf(ranking[0]);
  const ranks = sorted(predicts ? [] : ranking, (r) => apartFrom(r, ground!));
  const rates = sorted(predicts ? rating : [], (r) => apartBecause(r, rating[0]!));
  const others = (predicts ? ranking : rating).map(({ id, name }) => ({ id, name, why: OTHER_TASK }));
  const many = runs.length + rated.length;
  return (
    <>
      {gone > 0 && <p className={css.note}>{gone === 1 ? 'One run' : `${gone} runs`} of this link {gone === 1 ? 'is' : 'are'} not on this device: import {gone === 1 ? 'it' : 'them'} first.</p>}
      {[...ranks.apart, ...rates.apart, ...others].map((r) => (
        <p key={r.id} className={css.note}>
          “{oneLine(r.name, 80)}” is left out of the comparison: {r.why}.
        </p>
      ))}
      {ranks.together.length >= 2 ? (
        <Suspense fallback={null}>
          <Comparison runs={ranks.together} view={view} all={runs.filter((r) => apartFrom(r, ground!) === null)} />
        </Suspense>
      ) : rates.together.length >= 2 ? (
        <Suspense fallback={null}>
          <RatingComparison runs={rates.together} measure={measure} all={rated.filter((r) => apartBecause(r, rating[0]!) === null)} />
        </Suspense>
      ) : (
        many > 0 && <p className={css.note}>{many === 1 ? 'One run so far. Train a second model on the same split, then tick both to compare them.' : 'Tick two or more runs of one table to set them side by side. The first you tick is the reference.'}</p>
      )}
    </>
  );
}
