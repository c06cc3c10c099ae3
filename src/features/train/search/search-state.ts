/** The one search form of this page, which study is shown, and what Search and "Train the winner" do. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { newId } from '../../../core/new-id';
import { mostWorkers } from '../../../app/queue/pool';
import { startStudy, useStudies } from '../../../app/search';
import { checkSearch, createSearchForm, fixedParams, useSearchFormOf, type CheckedSearch, type SearchFormState } from '../../../app/search/search-form';
import { ratings } from '../../../app/ratings';
import { taskOf, winnerOf, type StoredStudy, type StudyEntry, type StudyTask } from '../../../app/search/study';
import { paramErrors, resolveText } from '../../../app/train-config';
import { reportTrainFailure, startRun } from '../../../app/train';
import { showOnly } from '../../../app/runs';
import { held, workspace } from '../../../app/workspace';
import type { AnyModelCard } from '../../../core/model';
import { parseParams, type ParamSpecs, type ParamValue } from '../../../core/params';
import { strategyName } from '../../../math/search/strategies';
import { showResults } from '../controls';
import { form } from '../form-state';
import { ratingForm } from '../ratings/form-state';
import { foldsNow, formOf, nameOf } from './ground';
import { metricsOf } from './trial-rows';
import { modelName, tellOnce } from './words';

export const searchForm = createSearchForm();
export const useSearchForm = <T>(select: (s: SearchFormState & { problems: string[] }) => T): T => useSearchFormOf(searchForm, select);
/** Trials at a time this device can bear. */
export const MOST_WORKERS = mostWorkers();

interface Shown {
  study: string | null;
  /** Why Search, Resume or the winner's run did not start. */
  failure: { what: string; remedy: string | null } | null;
}
const shown = createStore<Shown>(() => ({ study: null, failure: null }));
export const showStudy = (study: string | null): void => shown.setState({ study, failure: null });
export const useShownFailure = (): Shown['failure'] => useStore(shown, (s) => s.failure);
export const dismissFailure = (): void => shown.setState({ failure: null });
export const fail = (error: unknown): void => shown.setState({ failure: tellOnce(error) });

/** The study of this task looked at: the one chosen, else the newest. */
export function useShownStudy(task: StudyTask): StudyEntry | null {
  const studies = useStudies().filter((s) => taskOf(s.spec) === task);
  const id = useStore(shown, (s) => s.study);
  return studies.find((s) => s.id === id) ?? studies[0] ?? null;
}

/** What the form asks for now. */
export function checkedNow(task: StudyTask): CheckedSearch {
  const form = formOf(task);
  const { config } = form.store.getState();
  const full = Number(config.params['epochs'] ?? 0);
  return checkSearch(form.card(), searchForm.store.getState(), config.seed, Number.isFinite(full) ? full : 0);
}

/** Why Search cannot be pressed; null when it can. */
export function searchObstacle(task: StudyTask, checked: CheckedSearch): string | null {
  const { config } = formOf(task).store.getState();
  const card = formOf(task).card();
  const { data, vectors, split } = workspace.getState();
  if (!data) return 'Load data first.';
  const first = Object.entries(checked.errors)[0];
  if (first) return first[0] === 'strategy' ? first[1] : 'A range is not allowed: see the message in the form.';
  const fixed = fixedParams(config.params, checked.strategy!.space);
  const wrong = Object.keys(paramErrors(card, config.params)).filter((n) => n in fixed);
  if (wrong.length > 0) return `A setting that is not searched is out of its range (${wrong.join(', ')}): mend it under One run.`;
  const folds = foldsNow(task);
  if (folds) {
    if (!data.hasValue) return 'These interactions have no values, so there are no ratings to predict.';
    if ('error' in folds) return folds.error;
    return folds.spec.kind === 'published' && !held.data?.folds ? 'These data bring no published folds: choose others under One run.' : null;
  }
  if (!split.validation) return 'The split holds out no validation items to choose by: switch them on on the Data screen.';
  const text = resolveText(card, config.text, vectors);
  if (card.needs.text === 'required' && text === null) return 'This model needs text vectors: embed a column on the Text screen.';
  if (card.needs.time && !data.hasTime) return 'This model needs timestamps, and the interactions have none.';
  return null;
}

/** A parameter as its form calls it, within a sentence. */
const wordsFor = (card: AnyModelCard, name: string): string => ((card.params as ParamSpecs)[name]?.label ?? name).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase());

export function search(task: StudyTask): void {
  try {
    const checked = checkedNow(task);
    if (searchObstacle(task, checked) !== null || !checked.strategy) return;
    const { config } = formOf(task).store.getState();
    const card = formOf(task).card();
    const folds = foldsNow(task);
    const { data, vectors, split } = workspace.getState();
    const textKey = resolveText(card, config.text, vectors);
    const column = vectors.find((v) => v.key === textKey)?.column;
    const id = newId();
    startStudy({
      id,
      title: [nameOf(task, card), `${strategyName(checked.strategy.id)} over ${checked.strategy.space.map((d) => wordsFor(card, d.name)).join(', ')}`, column ? `text: ${column}` : null].filter(Boolean).join(', '),
      createdAt: new Date().toISOString(),
      model: card.id,
      strategy: checked.strategy,
      fixed: parseParams(card.params as ParamSpecs, fixedParams(config.params, checked.strategy.space)) as Record<string, ParamValue>,
      minutes: checked.minutes,
      patience: config.patience,
      textKey,
      dataHash: data!.hash,
      dataName: data!.name,
      split,
      ...(!folds && split.protocol === 'file' && held.testFile ? { testFile: held.testFile } : {}),
      ...(folds && 'spec' in folds ? { folds: folds.spec } : {}),
    });
    showStudy(id);
    showResults();
  } catch (error) {
    fail(error);
  }
}

/** Puts the winner's settings into the Train form, goes there, and trains them; the run says how it was tuned. */
export async function trainWinner(study: StoredStudy): Promise<void> {
  const n = winnerOf(study);
  const record = n === null ? null : study.trials[n]?.record;
  if (!record) return;
  const { spec } = study;
  const trials = study.trials.filter(Boolean).length;
  const name = `${modelName(spec.model)}, best of ${trials} trials`;
  const tuned = { trials, strategy: strategyName(spec.strategy.id), metric: metricsOf(spec).score };
  searchForm.set({ mode: 'run' });
  if (spec.folds) {
    ratingForm.takeModel(spec.model);
    ratingForm.setConfig({ params: record.params, seed: spec.strategy.seed });
    ratingForm.setFolds(spec.folds);
    await ratings.start({ name, model: spec.model, params: record.params, folds: spec.folds, cold: spec.split.cold, seed: spec.strategy.seed, tuned });
    return;
  }
  form.takeModel(spec.model);
  form.setConfig({ params: record.params, seed: spec.strategy.seed, patience: spec.patience, text: spec.textKey });
  try {
    showOnly([]);
    await startRun({ name, model: spec.model, params: record.params, textKey: spec.textKey, seed: spec.strategy.seed, patience: spec.patience, selection: 'validation', maskValidation: true, tuned });
  } catch (error) {
    reportTrainFailure(error);
  }
}
