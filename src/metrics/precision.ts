import { defineMetric } from '../core/metric';
import { hitsWithin } from './hits';

/**
 * Awkward cases: no relevant item → no value; fewer than K candidates → still divided by K.
 * Worked: ranks 2, 5, 7 → Precision@5 = 2/5. With one held-out item it cannot pass 1/K.
 */
export const precision = defineMetric({
  id: 'Precision',
  name: 'Precision',
  formula: 'Precision@K = hits within K / K; mean over users',
  help: 'Which share of the first K is relevant.',
  binary: false,
  at: (list, k) => (list.relevant === 0 ? NaN : hitsWithin(list, k) / k),
});
