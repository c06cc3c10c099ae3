/** What the Run button does. */
import { ratings } from '../../../app/ratings';
import { specOf } from '../../../app/ratings/form';
import { paramErrors } from '../../../app/train-config';
import { held, workspace } from '../../../app/workspace';
import { parseParams, type ParamSpecs, type ParamValue } from '../../../core/params';
import { raterName, ratingForm } from './form-state';

/** Why Run cannot be pressed; null when it can. */
export function ratingObstacle(): string | null {
  const { config, folds } = ratingForm.store.getState();
  const { data } = workspace.getState();
  if (!data) return 'Load data first.';
  if (!data.hasValue) return 'These interactions have no values, so there are no ratings to predict.';
  if (Object.keys(paramErrors(ratingForm.card(), config.params)).length > 0) return 'A setting is out of its range: see the message in the form.';
  const checked = specOf(folds);
  if ('error' in checked) return checked.error;
  if (folds.kind === 'published' && !held.data?.folds) return 'These data bring no published folds: choose others.';
  return null;
}

/** 'SVD', 'SVD, without biases', 'KNNBaseline, 3 changes'. */
export function ratingName(): string {
  const card = ratingForm.card();
  const { config } = ratingForm.store.getState();
  const preset = card.presets.length > 1 && config.preset !== card.presets[0]!.id ? card.presets.find((p) => p.id === config.preset)?.label.toLowerCase() : undefined;
  const changed = ratingForm.changed().map((name) => `${(card.params as ParamSpecs)[name]!.label.toLowerCase()} ${String(config.params[name])}`);
  return [raterName(card.id), preset, ...changed.slice(0, 3), changed.length > 3 ? `${changed.length - 3} more` : undefined].filter(Boolean).join(', ');
}

export async function startRating(): Promise<void> {
  if (ratingObstacle() !== null) return;
  const { config, folds } = ratingForm.store.getState();
  const checked = specOf(folds);
  if ('error' in checked) return;
  const params = parseParams(ratingForm.card().params as ParamSpecs, config.params) as Record<string, ParamValue>;
  await ratings.start({ name: ratingName(), model: config.model, params, folds: checked.spec, cold: workspace.getState().split.cold, seed: config.seed });
}
