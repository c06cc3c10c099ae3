/** What the rating worker answers. It knows cards, not models. */
import { Problem } from '../src/core/problem';
import type { RatingProgress } from '../src/core/rating-run';
import { rate } from '../src/experiment/ratings/rate';
import { testRatings } from '../src/experiment/ratings/test-ratings';
import { cardOf } from '../src/models/catalogue';
import type { RatingCalls } from './ratings-protocol';
import type { Handlers } from './rpc';

let running: { runId: string; stop: AbortController } | null = null;

/** Batches and phases at most every 50 ms; epochs and folds always. */
function calmly(send: (p: RatingProgress) => void): (p: RatingProgress) => void {
  let last = -Infinity;
  return (p) => {
    if (p.kind === 'batch' || p.kind === 'phase') {
      const now = performance.now();
      if (now - last < 50) return;
      last = now;
    }
    send(p);
  };
}

export const handlers: Handlers<RatingCalls> = {
  async rate({ model, ...ask }, { signal, progress }) {
    if (running) throw new Problem('Another run is predicting ratings.', {}, 'Stop it, or wait until it is done.');
    const stop = new AbortController();
    running = { runId: ask.runId, stop };
    try {
      return await rate({ ...ask, card: cardOf(model) }, { signal, stop: stop.signal, progress: calmly(progress) });
    } finally {
      running = null;
    }
  },
  stop({ runId }) {
    if (running?.runId !== runId) return { accepted: false };
    running.stop.abort();
    return { accepted: true };
  },
  testRatings: ({ data, folds, cold }, { transfer }) => {
    const answer = testRatings(data, folds, cold);
    transfer([answer.fold, answer.truth, answer.user, answer.item, answer.userDegree, answer.itemDegree, answer.cold].map((a) => a.buffer));
    return answer;
  },
};
