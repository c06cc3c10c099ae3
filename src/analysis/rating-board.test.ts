import { describe, expect, it } from 'vitest';
import { packResiduals, parseRatingRun, RATING_FORMAT, unpackResiduals } from '../core/rating-run';
import { ratingRun as run } from './rated-run';
import { againstBest, apartBecause, correctedFoldTest, ranked, ratingTests } from './rating-board';

describe('the board of rating runs', () => {
  it('smallest RMSE first, largest r first, a run without a value last', () => {
    const [a, b, c] = [run('a', [0.9, 0.92]), run('b', [0.8, 0.84]), run('c', [null, null])];
    expect(ranked([c, a, b], 'rmse').map((r) => r.id)).toEqual(['b', 'a', 'c']);
    expect(ranked([c, a, b], 'r').map((r) => r.id)).toEqual(['a', 'b', 'c']);
  });
  it('other data, other folds and unfinished runs stay off it', () => {
    const here = run('a', [1]);
    expect(apartBecause(here, here)).toBeNull();
    expect(apartBecause(run('b', [1], undefined, { status: 'stopped' }), here)).toBe('stopped before its last fold');
    expect(apartBecause(here, { data: { hash: 'x' }, split: { hash: 'f' } })).toBe('other data');
    expect(apartBecause(here, { data: { hash: 'h' }, split: { hash: 'x' } })).toBe('other folds');
  });
  it('folds that all differ by about the same tell two runs apart, folds that differ either way do not', () => {
    // Differences .1, .12, .08, .11, .09: mean .1, s² .00025; t = .1 ÷ √((.2 + .25) · .00025) = 9.43 with 4 degrees of freedom.
    expect(correctedFoldTest([0.1, 0.12, 0.08, 0.11, 0.09], 0.25)).toBeCloseTo(0.000704, 5);
    expect(correctedFoldTest([0.1, -0.1], 0.25)).toBe(1);
    expect(correctedFoldTest([0.1], 0.25)).toBeNull();
  });
  it('runs of equal errors cannot be told apart; one whose every error is larger can', () => {
    const errors = Array.from({ length: 40 }, (_, k) => Math.sin(k));
    const best = run('best', [0.7, 0.7], errors);
    const twin = run('twin', [0.7, 0.7], errors);
    const worse = run('worse', [1.4, 1.41], errors.map((e) => 2 * e));
    const [first, same, far] = againstBest([best, twin, worse], 'rmse');
    expect(first).toBeNull();
    expect(same).toMatchObject({ difference: 0, overRatings: 1, overFolds: 1, alike: true });
    expect(far!.overRatings).toBeLessThan(0.001);
    expect([far!.alike, far!.difference.toFixed(3)]).toEqual([false, '0.705']);
  });
  it('sure over ratings but not over folds is not told apart: both tests have to say so', () => {
    const errors = Array.from({ length: 40 }, (_, k) => 0.5 + (k % 3) / 10);
    const [best, other] = [run('best', [0.7, 0.9], errors), run('other', [0.9, 0.72], errors.map((e) => 1.2 * e))];
    const outcome = againstBest([best, other], 'rmse')[1]!;
    expect(outcome.overRatings).toBeLessThan(0.001);
    expect([outcome.overFolds! > 0.05, outcome.alike]).toEqual([true, true]);
  });
  it('two measures of one run are two tests: Holm doubles the smaller p', () => {
    const errors = [0.1, -0.4, 0.3, 0.8, -0.2, 0.5];
    const [a, b] = [run('a', [0.8, 0.81], errors), run('b', [0.82, 0.85], errors.map((e) => e + 0.1))];
    const [one, two] = [ratingTests(a, [b], ['rmse']), ratingTests(a, [b], ['rmse', 'mae'])];
    expect(two.map((t) => t.measure)).toEqual(['rmse', 'mae']);
    expect(two[0]!.overFolds).toBeCloseTo(2 * one[0]!.overFolds!, 12); // rmse and mae of these folds are alike
    expect(ratingTests(a, [{ ...b, split: { ...b.split, hash: 'elsewhere' } }], ['rmse'])).toEqual([]);
  });
  it('without residuals the folds decide, and without both nothing is claimed', () => {
    expect(againstBest([run('a', [0.8]), run('b', [0.9])], 'rmse')[1]).toMatchObject({ overRatings: null, overFolds: null, alike: true });
  });
});

describe('a rating run as a document', () => {
  it('residuals come back from their text to the bit', () => {
    const values = Float32Array.from({ length: 20_000 }, (_, k) => Math.cos(k));
    expect(unpackResiduals(packResiduals(values))).toEqual(values);
  });
  it('a damaged one is refused with the place of the fault, a newer one with the way out', () => {
    expect(() => parseRatingRun({ ...run('a', [1]), seed: 'x' }, 'a.json')).toThrow(/no rating run: seed/);
    expect(() => parseRatingRun({ format: RATING_FORMAT, version: 9 })).toThrow('version 9; this build reads up to 1');
  });
});
