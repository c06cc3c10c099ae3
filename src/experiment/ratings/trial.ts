/**
 * One trial of a search over a model of ratings: RMSE on validation folds cut out of the train ratings of the first fold.
 * The test ratings of that fold take no part: they are neither learned from nor predicted.
 */
import type { TrialRecord } from '../../../workers/protocol';
import { Problem } from '../../core/problem';
import { createRandom } from '../../core/random';
import type { TrialScore } from '../../core/trial-score';
import { checkedParams } from '../checked-params';
import type { TrialHooks, TrialRequest } from '../trial';
import { foldData } from './fold-data';
import { foldsOf, usualFolds, validationFolds } from './folds';
import { oneFold } from './rate';

/** Width of a 95 % interval in standard errors. */
const Z = 1.96;

type RatingTrial = Pick<TrialRequest, 'card' | 'data' | 'params' | 'seed' | 'folds'> & { split: Pick<TrialRequest['split'], 'cold'> };

/** @throws Problem for settings or data that cannot work; the signal's reason on cancel */
export async function ratingTrial({ card, data, params: given, seed, split, folds }: RatingTrial, { signal = new AbortController().signal, progress = () => {} }: TrialHooks = {}): Promise<TrialRecord> {
  if (!data.interactions.value) throw new Problem('These interactions have no values, so there are no ratings to predict.', { file: data.name }, 'Choose the column with the ratings as "value" when the files are read.');
  const started = performance.now();
  const params = checkedParams(card, given);
  const validation = validationFolds(data, foldsOf(data, folds ?? usualFolds(data)));
  const errors = { rmse: 0, mae: 0 };
  const residuals: number[] = [];
  for (let fold = 0; fold < validation.count; fold++) {
    const part = foldData(data, validation, fold, split.cold);
    const { result, predicted } = await oneFold(card, params, part, fold, createRandom(seed, 'fit').stream(`fold ${fold}`), signal, (p) => {
      const within = p.kind === 'phase' ? p.done / Math.max(1, p.total) : p.kind === 'batch' ? (p.epoch - 1 + p.done / Math.max(1, p.total)) / p.epochs : p.kind === 'epoch' ? p.epoch / p.epochs : null;
      if (within !== null) progress({ label: `Validation fold ${fold + 1} of ${validation.count}`, fraction: (fold + Math.min(1, within)) / validation.count });
    }, { watch: false });
    errors.rmse += result.slices.all.rmse! / validation.count;
    errors.mae += result.slices.all.mae! / validation.count;
    part.truth.forEach((r, k) => residuals.push(r - predicted[k]!));
  }
  const mae = standardError(residuals.map(Math.abs));
  // d√x = dx / 2√x
  const rmse = standardError(residuals.map((e) => e * e)) / (2 * errors.rmse || 1);
  return {
    params, seed, splitHash: validation.hash, n: residuals.length, score: around('RMSE', errors.rmse, rmse), beside: around('MAE', errors.mae, mae),
    epochs: card.iterative ? Number(params['epochs']) : 0, bestEpoch: null, seconds: (performance.now() - started) / 1000,
  };
}

const around = (metric: TrialScore['metric'], value: number, error: number): TrialScore => ({ metric, value, low: value - Z * error, high: value + Z * error });

/** Of the mean of x. */
function standardError(x: readonly number[]): number {
  const n = x.length;
  const mean = x.reduce((s, v) => s + v, 0) / n;
  return n < 2 ? 0 : Math.sqrt(x.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1) / n);
}
