/** A score for every (user, item) pair drawn from the seed alone, so it does not depend on who is scored together. */
import type { FitModule, Recommender } from '../../core/model';
import { mix32 } from '../../core/random';

type NoParams = Record<never, never>;

function recommender(word: number, I: number): Recommender {
  return {
    score(users, out) {
      users.forEach((u, b) => {
        const row = mix32(word ^ mix32(u + 1));
        // 24 bits are what a float32 below 1 can tell apart.
        for (let i = 0; i < I; i++) out[b * I + i] = (mix32(row + Math.imul(i, 0x9e3779b1)) >>> 8) / 16777216;
      });
    },
    save: () => ({ version: 1, arrays: {}, meta: { word } }),
  };
}

export const fitModule: FitModule<NoParams> = {
  async fit({ train, random, signal }) {
    signal.throwIfAborted();
    return recommender(random.stream('scores').int(0x100000000), train.I);
  },
  restore: (state, { train }) => recommender(Number(state.meta['word']), train.I),
};
