import { defineMetric } from '../core/metric';
import { hitsWithin } from './hits';

/**
 * Awkward cases: no relevant item → no value; more relevant items than K → Recall@K cannot reach 1.
 * Worked: ranks 2, 5, 7 → Recall@5 = 2/3. With one held-out item it equals the hit rate.
 */
export const recall = defineMetric({
  id: 'Recall',
  name: 'Recall',
  formula: 'Recall@K = hits within K / relevant items of the user; mean over users',
  help: 'Which share of what the user went on to like is among the first K.',
  binary: false,
  at: (list, k) => (list.relevant === 0 ? NaN : hitsWithin(list, k) / list.relevant),
});
