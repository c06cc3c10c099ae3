import { defineMetric } from '../core/metric';

/** Gain of a hit at a position, from 1. */
const gain = (position: number): number => 1 / Math.log2(position + 1);

/** Gain of the best list there could be: min(relevant, K) hits in front. Summed once, reused. */
const idealGains = [0];
function ideal(hits: number): number {
  for (let n = idealGains.length; n <= hits; n++) idealGains.push(idealGains[n - 1]! + gain(n));
  return idealGains[hits]!;
}

/**
 * Binary gain. Awkward cases: no relevant item → no value; relevant items that are not candidates still raise the ideal.
 * Worked: the only relevant item at rank 3 → 1/log2(4) = 0.5 at any K ≥ 3. Ranks 2, 5, 7 at K = 3 → 0.6309 / 2.1309 = 0.2961.
 */
export const ndcg = defineMetric({
  id: 'NDCG',
  name: 'Normalised discounted cumulative gain',
  formula: 'NDCG@K = Σ over hits within K of 1/log₂(rank + 1), divided by the same sum for min(relevant, K) hits in front; mean over users',
  help: 'Like the hit rate, but a hit near the top counts more than one at place K.',
  binary: false,
  at({ ranks, relevant }, k) {
    if (relevant === 0) return NaN;
    let sum = 0;
    for (let j = 0; j < ranks.length && ranks[j]! <= k; j++) sum += gain(ranks[j]!);
    return sum / ideal(Math.min(relevant, k));
  },
});
