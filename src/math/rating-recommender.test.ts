import { describe, expect, it } from 'vitest';
import type { UserIndex } from '../core/ids';
import type { ModelState } from '../core/model';
import { ratingRecommender, savedArray } from './rating-recommender';

const state: ModelState = { version: 1, arrays: { bias: { shape: [2], data: Float64Array.of(1, 2) } }, meta: {} };
/** Two users, three items, a scale from 1 to 5; the prediction is 10 u + i − 1, so user 0 falls below it and user 1 above. */
function model() {
  const turns: number[] = [];
  return { turns, ...ratingRecommender({ I: 3, low: 1, high: 5 }, { turnTo: (u) => void turns.push(u), one: (u, i) => 10 * u + i - 1, save: () => state }) };
}

describe('what every model of ratings shares', () => {
  it('a row of scores holds every item, clipped to the scale of the train ratings', async () => {
    const out = new Float32Array(6);
    await model().score([0, 1] as UserIndex[], out);
    expect([...out]).toEqual([1, 1, 1, 5, 5, 5]);
  });
  it('single pairs are clipped too, and those within the scale stay as they are', async () => {
    const m = ratingRecommender({ I: 3, low: 1, high: 5 }, { one: (_, i) => 2.5 * i, save: () => state });
    const out = new Float64Array(3);
    await m.predict!(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 2), out);
    expect([...out]).toEqual([1, 2.5, 5]);
  });
  it('is turned to a user once for all their pairs that stand together', async () => {
    const m = model();
    await m.predict!(Int32Array.of(1, 1, 0, 1), Int32Array.of(0, 1, 2, 0), new Float64Array(4));
    expect(m.turns).toEqual([1, 0, 1]);
  });
  it('a saved array of another length is refused by name', () => {
    expect([...savedArray(state, 'bias', 2)]).toEqual([1, 2]);
    expect(() => savedArray(state, 'bias', 3)).toThrow('"bias" of 3 float64 values');
    expect(() => savedArray(state, 'factors', 2)).toThrow('"factors"');
  });
});
