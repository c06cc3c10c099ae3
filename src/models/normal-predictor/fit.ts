/** r̂(u, i) drawn from N(mean, sd of train), the same for the same seed, user and item whoever else is asked about. */
import type { FitModule, Recommender } from '../../core/model';
import { mix32 } from '../../core/random';
import { ratingMatrix, type RatingMatrix } from '../../math/rating-matrix';
import { ratingRecommender } from '../../math/rating-recommender';
import type { params } from './params';

function recommender(m: RatingMatrix, key: number): Recommender {
  let squares = 0;
  for (const r of m.users.value) squares += (r - m.mean) ** 2;
  const sd = Math.sqrt(squares / m.n);
  return ratingRecommender(m, {
    one(u, i) {
      const cell = mix32(key + Math.imul(u + 1, 0x9e3779b1) + mix32(i + 1));
      // Box-Muller from two hashed words; +1 keeps the logarithm finite.
      const a = (mix32(cell) + 1) / 4294967297;
      const b = mix32(cell ^ 0x5bd1e995) / 4294967296;
      return m.mean + sd * Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b);
    },
    save: () => ({ version: 1, arrays: {}, meta: { key } }),
  });
}

export const fitModule: FitModule<typeof params> = {
  async fit({ train, random, signal }) {
    signal.throwIfAborted();
    return recommender(ratingMatrix(train), Math.floor(random.next() * 4294967296));
  },
  restore: (state, { train }) => recommender(ratingMatrix(train), Number(state.meta['key'])),
};
