/** Repeated (user, item) pairs. */
import type { Interactions } from '../../core/dataset';
import { takeRows } from '../assemble';

/**
 * One row per (user, item). `first` and `last` are meant in order of (time, source row).
 * `sum` keeps the first row with the values added up (in float64, then rounded once to float32);
 * without values it equals `first`. Rows must be sorted by user.
 */
export function mergeDuplicates(x: Interactions, keep: 'first' | 'last' | 'sum', items: number): Interactions {
  const owner = new Int32Array(items).fill(-1); // the user last seen with each item
  const slot = new Int32Array(items); // where that pair stands in `rows`
  const rows = new Int32Array(x.user.length);
  const sums = keep === 'sum' && x.value ? new Float64Array(x.user.length) : null;
  let n = 0;
  for (let k = 0; k < x.user.length; k++) {
    const user = x.user[k]!;
    const item = x.item[k]!;
    if (owner[item] !== user) {
      owner[item] = user;
      slot[item] = n;
      rows[n] = k;
      if (sums) sums[n] = x.value![k]!;
      n++;
    } else if (keep === 'last') {
      rows[slot[item]!] = k;
    } else if (sums) {
      sums[slot[item]!]! += x.value![k]!;
    }
  }
  const taken = rows.slice(0, n);
  // A later row stands in an earlier row's slot: bring them back into order.
  if (keep === 'last') taken.sort();
  const out = takeRows(x, taken);
  return sums ? { ...out, value: Float32Array.from(sums.subarray(0, n)) } : out;
}
