import { defineMetric } from '../core/metric';

/**
 * Awkward cases: no relevant item → no value, the user is left out of the mean; several relevant → one hit is enough;
 * relevant items that are not candidates count as misses.
 * Worked: ranks 3 and 12 → HR@1 = 0, HR@5 = 1.
 */
export const hitRate = defineMetric({
  id: 'HR',
  name: 'Hit rate',
  formula: 'HR@K = users with a relevant item among their first K / users with a relevant item',
  help: 'How often the held-out item shows up in the first K of the list.',
  binary: true,
  at({ ranks, relevant }, k) {
    if (relevant === 0) return NaN;
    return ranks.length > 0 && ranks[0]! <= k ? 1 : 0;
  },
});
