/** Builds an index over somebody's vectors and measures recall against latency, away from the page so that timings are its own. */
import { createBreather } from '../src/experiment/macrotask';
import { measureIndex } from '../src/retrieval/curve';
import type { IndexCalls } from './index-protocol';
import type { Handlers } from './rpc';

export const handlers: Handlers<IndexCalls> = {
  curve(input, { signal, progress }) {
    const breathe = createBreather();
    let last = -Infinity;
    const pause = async (): Promise<void> => {
      await breathe();
      signal.throwIfAborted();
    };
    return measureIndex(input, {
      build(share) {
        if (performance.now() - last < 50) return undefined;
        last = performance.now();
        progress({ kind: 'build', share: input.plan.kind === 'ivf' ? share : null });
        return pause();
      },
      point(point, done, total) {
        progress({ kind: 'point', point, done, total });
        return pause();
      },
    });
  },
};
