import { defineMetric } from '../core/metric';

/**
 * Awkward cases: no relevant item → no value; more relevant than K → divided by K, so that a perfect list reaches 1
 * (trec_eval and ranx divide by all relevant items instead).
 * Worked: ranks 2, 5, 7 at K = 5 → (1/2 + 2/5) / 3 = 0.3.
 */
export const averagePrecision = defineMetric({
  id: 'MAP',
  name: 'Mean average precision',
  formula: 'MAP@K = Σ over hits within K of the precision at the hit, divided by min(relevant, K); mean over users',
  help: 'Precision measured at every hit and averaged: rewards lists with all their hits in front.',
  binary: false,
  at({ ranks, relevant }, k) {
    if (relevant === 0) return NaN;
    let sum = 0;
    for (let j = 0; j < ranks.length && ranks[j]! <= k; j++) sum += (j + 1) / ranks[j]!;
    return sum / Math.min(relevant, k);
  },
});
