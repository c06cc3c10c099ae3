import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { ratingErrors, ratingIntervals } from './rating-errors';

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

describe('intervals of the errors', () => {
  it('errors 1 and 0 -> RMSE 0 to √1.48, MAE 0 to 1.48', () => {
    const { rmse, mae } = ratingIntervals([4, 2], [3, 2])!;
    expect([rmse[0], mae[0]]).toEqual([0, 0]);
    expect(rmse[1]).toBeCloseTo(Math.sqrt(1.48), 4);
    expect(mae[1]).toBeCloseTo(1.48, 4);
  });
  it('equal errors have no width; one pair or none has no interval', () => {
    expect(ratingIntervals([1, 2, 3], [2, 3, 4])).toEqual({ rmse: [1, 1], mae: [1, 1] });
    expect(ratingIntervals([1, 2], [2, 2], (k) => k === 0)).toBeNull();
    expect(ratingIntervals([], [])).toBeNull();
  });
  it('hold the true error in about 95 of 100 samples of 200 normal errors (RMSE 1, MAE √(2/π))', () => {
    const random = createRandom(5);
    const held = { rmse: 0, mae: 0 };
    for (let run = 0; run < 1000; run++) {
      const { rmse, mae } = ratingIntervals(Array.from({ length: 200 }, () => random.normal()), new Float64Array(200))!;
      held.rmse += Number(rmse[0] <= 1 && 1 <= rmse[1]);
      held.mae += Number(mae[0] <= Math.sqrt(2 / Math.PI) && Math.sqrt(2 / Math.PI) <= mae[1]);
    }
    for (const share of [held.rmse / 1000, held.mae / 1000]) expect(Math.abs(share - 0.95)).toBeLessThan(0.025);
  });
});
