/** A small valid rating run made from the RMSE of its folds, to test with. */
import { packResiduals, parseRatingRun, RATING_FORMAT, RATING_VERSION, type RatingRun } from '../core/rating-run';

/** @param rmse one per fold, also used as MAE and r */
export function ratingRun(id: string, rmse: readonly (number | null)[], residuals?: readonly number[], change: Partial<RatingRun> = {}): RatingRun {
  const slice = (value: number | null) => ({ n: 10, rmse: value, mae: value, r: value });
  return parseRatingRun({
    format: RATING_FORMAT, version: RATING_VERSION, id, name: id, createdAt: '2026-11-21T00:00:00Z', build: 'test', status: 'done',
    data: { name: 'd', recipe: 'mapped', hash: 'h', counts: { users: 1, items: 1, interactions: 1 }, steps: [] },
    split: { spec: { kind: 'kfold', k: 5, seed: 1 }, name: '5 random folds', folds: rmse.length, hash: 'f', cold: { kind: 'share', share: 0.8 } },
    model: { id: 'svd', params: {} }, seed: 1, seconds: 1, warnings: [],
    folds: rmse.map((v, fold) => ({ fold, train: 40, test: 10, unknownUser: 0, unknownItem: 0, slices: { all: slice(v), warm: slice(v), cold: slice(null), new: slice(null) }, seconds: { fit: 1, predict: 1 }, epochs: [] })),
    ...(residuals ? { residuals: packResiduals(Float32Array.from(residuals)) } : {}),
    ...change,
  });
}
