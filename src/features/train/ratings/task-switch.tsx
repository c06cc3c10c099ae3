import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useWorkspace } from '../../../app/workspace';
import { FieldLabel } from '../param-field';
import css from '../train.module.css';
import { chooseTask, type Task } from './task';

/** Rank or predict; where the data have no ratings, the reason. */
export function TaskSwitch({ task }: { task: Task }) {
  const id = useId();
  const hasValue = useWorkspace((s) => s.data?.hasValue ?? null);
  const why = hasValue === false ? 'Predicting ratings needs values such as stars, and these interactions have none.' : null;
  return (
    <div>
      <FieldLabel id={id} label="Task" help="Ranking offers each person a list and is measured by HR and NDCG. Rating prediction says how many stars a person would give and is measured by RMSE and MAE over folds. The two are never compared." />
      <SegmentedControl
        aria-labelledby={id}
        fullWidth
        value={task}
        onChange={(v) => chooseTask(v === 'predict' ? 'predict' : 'rank')}
        data={[{ value: 'rank', label: 'Rank items' }, { value: 'predict', label: 'Predict ratings', disabled: why !== null && task !== 'predict' }]}
      />
      {why && <p className={css.hint}>{why}</p>}
    </div>
  );
}
