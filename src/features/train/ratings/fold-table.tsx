import { overFolds, type RatingRun, type RatingSliceId } from '../../../core/rating-run';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { count, seconds } from '../../../ui/format';
import { Mark } from '../../../ui/Mark';
import { Reading } from '../../../ui/Reading';
import css from '../train.module.css';
import { figure, meanOf, ratingReading } from './rating-words';

const slices: { id: RatingSliceId; label: string }[] = [
  { id: 'all', label: 'All ratings' },
  { id: 'warm', label: 'Warm items' },
  { id: 'cold', label: 'Cold items' },
  { id: 'new', label: 'Strictly new' },
];

/** '85 ms' on one line. */
const whole = (s: number): string => seconds(s).replaceAll(' ', '\u00a0');

/** Folds with mean ± sd, and the same by slice of items. */
export function FoldTable({ run }: { run: RatingRun }) {
  const cell = (slice: RatingSliceId, measure: 'rmse' | 'mae' | 'r') => {
    const { mean, sd } = meanOf(run, slice, measure);
    return (
      <>
        {mean} <span className={css.ci}>{sd}</span>
      </>
    );
  };
  const columns = [
    { key: 'name', label: 'Fold' },
    { key: 'n', label: 'Test ratings' },
    { key: 'rmse', label: 'RMSE' },
    { key: 'mae', label: 'MAE' },
    { key: 'r', label: 'r' },
    { key: 'time', label: 'Fit' },
  ];
  const folds = run.folds.map((f) => ({ name: `${f.fold + 1}`, n: count(f.slices.all.n), rmse: figure(f.slices.all.rmse), mae: figure(f.slices.all.mae), r: figure(f.slices.all.r), time: whole(f.seconds.fit) }));
  const bySlice = slices.filter((s) => s.id !== 'all').map((s) => {
    const n = overFolds(run.folds, s.id, 'rmse').n;
    return {
      name: (
        <span className={css.sliceCell}>
          <Mark tone={s.id} size={9} /> {s.label}
        </span>
      ),
      n: count(n), rmse: n ? cell(s.id, 'rmse') : '–', mae: n ? cell(s.id, 'mae') : '–', r: n ? cell(s.id, 'r') : '–', time: '',
    };
  });
  const over = {
    name: <strong>{run.folds.length > 1 ? 'Mean ± sd' : 'All'}</strong>, n: count(overFolds(run.folds, 'all', 'rmse').n), rmse: cell('all', 'rmse'), mae: cell('all', 'mae'), r: cell('all', 'r'),
    time: whole(run.folds.reduce((t, f) => t + f.seconds.fit, 0)),
  };
  const cold = run.split.cold;
  return (
    <Card title={`Results of ${run.name}`} aside={`${run.split.name} · seed ${run.seed}${run.tuned ? ` · best of ${count(run.tuned.trials)} trials` : ''}`} padded={false} footer={<Reading>{[ratingReading(run), ...run.warnings].join(' ')}</Reading>}>
      {/* A height makes it scroll by keyboard too, where it is wider than its card. */}
      <DataTable maxHeight={760} caption={`Errors by fold of ${run.name}`} columns={columns} rows={[...(run.folds.length > 1 ? folds : []), over, ...bySlice]} highlight={run.folds.length > 1 ? folds.length : 0} />
      <p className={css.nothing}>
        <span className={css.faint}>
          RMSE is the root of the mean squared error, MAE the mean distance, r Pearson’s correlation; smaller errors are better. Warm and cold by train ratings of the item in each fold (cold: {cold.kind === 'share' ? `the ${Math.round(cold.share * 100)} % of items with the fewest` : `${count(cold.max)} or fewer`}); new: none at all.
        </span>
      </p>
    </Card>
  );
}
