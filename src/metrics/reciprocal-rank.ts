import { defineMetric } from '../core/metric';

/**
 * Awkward cases: no relevant item → no value; first hit after K → 0.
 * Worked: ranks 3 and 12 → MRR@1 = 0, MRR@5 = 1/3.
 */
export const reciprocalRank = defineMetric({
  id: 'MRR',
  name: 'Mean reciprocal rank',
  formula: 'MRR@K = 1 / rank of the first hit if within K, else 0; mean over users',
  help: 'How far up the first good suggestion stands: place 1 counts 1, place 2 one half.',
  binary: false,
  at({ ranks, relevant }, k) {
    if (relevant === 0) return NaN;
    return ranks.length > 0 && ranks[0]! <= k ? 1 / ranks[0]! : 0;
  },
});
