import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../math/interval';
import { criticalT } from '../math/significance/student-t';
import { differenceByGroup, errorByGroup, foldSpread, foldsWon, spreadOf, type ErrorKind } from './rating-compare';
import { ratingRun } from './rated-run';

const places = (n: number): Int32Array => Int32Array.from({ length: n }, (_, k) => k);
const whole = (n: number) => [{ label: 'all', at: places(n) }];

describe('intervals over folds', () => {
  it('five folds .9, .92, .91, .93, .89: mean .91, half width 2.776 · s · √(1/5 + 1/4)', () => {
    const s = spreadOf([0.9, 0.92, 0.91, 0.93, 0.89], 0.25)!;
    expect(s.mean).toBeCloseTo(0.91, 12);
    expect(s.high! - s.mean).toBeCloseTo(2.776445 * Math.sqrt(0.00025) * Math.sqrt(0.45), 6);
    expect(s.mean - s.low!).toBeCloseTo(s.high! - s.mean, 12);
  });
  it('one fold has a value and no interval, none has nothing', () => {
    expect(spreadOf([0.9], 0.25)).toEqual({ mean: 0.9, low: null, high: null });
    expect(spreadOf([], 0.25)).toBeNull();
    expect(foldSpread(ratingRun('a', [1, null, 3]), 'all', 'rmse')!.mean).toBe(2);
  });
  it('counts the folds that were won: less error, or more correlation', () => {
    const [a, b] = [ratingRun('a', [0.8, 0.9, 1]), ratingRun('b', [0.9, 0.9, 0.9])];
    expect(foldsWon(a, b, 'rmse')).toEqual({ won: 1, of: 3 });
    expect(foldsWon(a, b, 'r')).toEqual({ won: 1, of: 3 });
    expect(foldsWon(a, ratingRun('c', [1]), 'rmse')).toEqual({ won: 0, of: 0 });
  });
});

describe('errors by group', () => {
  it('true minus predicted 1, −1, 2, −2: RMSE √2.5, MAE 1.5, mean error 0', () => {
    const residuals = Float32Array.of(1, -1, 2, -2);
    const value = (kind: ErrorKind): number => errorByGroup(whole(4), kind, residuals, places(4))[0]!.value;
    expect([value('rmse'), value('mae'), value('bias')]).toEqual([Math.sqrt(2.5), 1.5, 0]);
  });
  it('with one rating a user the interval of MAE is the ordinary one of a mean, by t', () => {
    const residuals = Float32Array.of(0.1, 0.2, 0.4, 0.3, 0.5);
    const e = errorByGroup(whole(5), 'mae', residuals, places(5))[0]!;
    const plain = meanInterval(residuals, criticalT(0.05, 4))!;
    expect([e.low, e.high].map((x) => x!.toFixed(10))).toEqual([plain.low, plain.high].map((x) => x.toFixed(10)));
  });
  it('writing every rating down twice makes nobody surer; a single user gives no interval', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.float({ min: -4, max: 4, noNaN: true }), fc.nat(5)), { minLength: 4, maxLength: 30 }), fc.constantFrom<ErrorKind>('rmse', 'mae', 'bias'), (rows, kind) => {
      const residuals = Float32Array.from(rows, ([r]) => r);
      const user = Int32Array.from(rows, ([, u]) => u);
      const once = errorByGroup(whole(rows.length), kind, residuals, user)[0]!;
      const twice = errorByGroup(whole(2 * rows.length), kind, Float32Array.of(...residuals, ...residuals), Int32Array.of(...user, ...user))[0]!;
      expect(twice.value).toBeCloseTo(once.value, 9);
      if (once.low === null) expect([once.users, twice.low]).toEqual([1, null]);
      else expect(twice.high! - twice.low!).toBeCloseTo(once.high! - once.low, 9);
    }), { numRuns: 40, seed: 3 });
  });
  it('a run differs from itself by 0 exactly, and swapping two runs turns the sign and nothing else', () => {
    const [a, b] = [Float32Array.of(1, 0.5, -2, 0.3), Float32Array.of(0.2, -0.5, 1, 0.9)];
    const user = Int32Array.of(0, 0, 1, 2);
    expect(differenceByGroup(whole(4), 'rmse', a, a, user)[0]).toMatchObject({ value: 0, low: 0, high: 0 });
    const [d, e] = [differenceByGroup(whole(4), 'rmse', a, b, user)[0]!, differenceByGroup(whole(4), 'rmse', b, a, user)[0]!];
    expect([d.value, d.low!, d.high!].map((x) => x.toFixed(12))).toEqual([-e.value, -e.high!, -e.low!].map((x) => x.toFixed(12)));
  });
});
