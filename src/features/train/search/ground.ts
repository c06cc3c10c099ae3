/** What a search rests on: the form, the models and the folds of its task. */
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { specOf } from '../../../app/ratings/form';
import type { StudyTask } from '../../../app/search/study';
import type { RatingForm } from '../../../app/ratings/form';
import type { TrainConfig } from '../../../app/train-config';
import type { TrainForm } from '../../../app/train-form';
import type { AnyModelCard } from '../../../core/model';
import type { FoldSpec } from '../../../core/rating-run';
import { catalogue, form } from '../form-state';
import { raterName, raters, ratingForm } from '../ratings/form-state';

export const formOf = (task: StudyTask): TrainForm | RatingForm => (task === 'predict' ? ratingForm : form);
export const modelsOf = (task: StudyTask): { value: string; label: string }[] =>
  task === 'predict' ? raters.map((c) => ({ value: c.id, label: raterName(c.id) })) : catalogue.map((c) => ({ value: c.id, label: c.name }));
export const nameOf = (task: StudyTask, card: AnyModelCard): string => (task === 'predict' ? raterName(card.id) : card.name);

export const useConfig = (task: StudyTask): TrainConfig => useStore(formOf(task).store as Pick<StoreApi<{ config: TrainConfig }>, 'getState' | 'getInitialState' | 'subscribe'>, (s) => s.config);

/** Folds whose test ratings no trial reads, or what is wrong with those asked for; null where lists are ranked. */
export function foldsNow(task: StudyTask): { spec: FoldSpec } | { error: string } | null {
  return task === 'predict' ? specOf(ratingForm.store.getState().folds) : null;
}
