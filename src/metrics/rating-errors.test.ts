import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ratingErrors } from './rating-errors';

describe('errors of predicted ratings', () => {
  it('true 4, 2 and predicted 3, 2 -> RMSE √½, MAE ½, r 1', () => {
    expect(ratingErrors([4, 2], [3, 2])).toEqual({ n: 2, rmse: Math.SQRT1_2, mae: 0.5, r: 1 });
  });
  it('counts only the pairs picked: the second and third of 9, 1, 3', () => {
    expect(ratingErrors([9, 1, 3], [0, 2, 4], (k) => k > 0)).toEqual({ n: 2, rmse: 1, mae: 1, r: 1 });
  });
  it('no pair has no error, and a constant prediction has no correlation', () => {
    expect(ratingErrors([], [])).toEqual({ n: 0, rmse: null, mae: null, r: null });
    expect(ratingErrors([1, 5, 4], [3.1, 3.1, 3.1]).r).toBeNull();
    expect(ratingErrors([2, 2], [1, 3])).toEqual({ n: 2, rmse: 1, mae: 1, r: null });
  });

  const file = '../shared/reference/metrics.json';
  it.skipIf(!existsSync(file))('equals the reference to 1e-9 (skipped where ../shared is absent)', () => {
    const { errors } = JSON.parse(readFileSync(file, 'utf8')) as { errors: { true: number[]; predicted: number[]; rmse: number; mae: number; pearson_r: number } };
    const ours = ratingErrors(errors.true, errors.predicted);
    expect(ours.rmse).toBeCloseTo(errors.rmse, 9);
    expect(ours.mae).toBeCloseTo(errors.mae, 9);
    expect(ours.r).toBeCloseTo(errors.pearson_r, 9);
  });
});
