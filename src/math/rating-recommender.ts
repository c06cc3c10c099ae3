/** What every model of ratings shares: predictions clipped to the scale, single pairs, and rows of them. */
import type { Matrix, ModelState, Recommender } from '../core/model';
import type { RatingMatrix } from './rating-matrix';

export interface RatingSource {
  /** Called before pairs of another user, where there is something to get ready. */
  turnTo?(u: number): void;
  /** Prediction of one pair, before clipping. */
  one(u: number, i: number): number;
  save(): ModelState;
  vectors?(): { users: Matrix; items: Matrix };
}

/** @param source.one may rely on `turnTo` having been called with the same user */
export function ratingRecommender({ I, low, high }: Pick<RatingMatrix, 'I' | 'low' | 'high'>, source: RatingSource): Recommender {
  const clip = (x: number): number => (x < low ? low : x > high ? high : x);
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        const u = users[b]!;
        source.turnTo?.(u);
        for (let i = 0; i < I; i++) out[b * I + i] = clip(source.one(u, i));
      }
    },
    predict(users, items, out) {
      let held = -1; // the user it is turned to
      for (let k = 0; k < users.length; k++) {
        const u = users[k]!;
        if (u !== held) source.turnTo?.(u);
        held = u;
        out[k] = clip(source.one(u, items[k]!));
      }
    },
    ...(source.vectors ? { vectors: () => source.vectors!() } : {}),
    save: () => source.save(),
  };
}

/** An array of a saved model. @throws Error naming what is missing */
export function savedArray(state: ModelState, name: string, length: number): Float64Array {
  const data = state.arrays[name]?.data;
  if (!(data instanceof Float64Array) || data.length !== length) throw new Error(`A saved model needs "${name}" of ${length} float64 values, made on the same users and items.`);
  return data.slice();
}
/** A copy, to be kept in a saved model. */
export const arrayOf = (data: Float64Array, ...shape: number[]): { shape: number[]; data: Float64Array } => ({ shape, data: data.slice() });
