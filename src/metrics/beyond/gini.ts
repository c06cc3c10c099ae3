/**
 * Gini = Σ_r (2r − n − 1)·x_(r) ÷ (n·Σx), x ascending, r from 1: how unevenly n items share the places of all lists.
 * 0: every item is shown equally often; (n − 1)/n: one item takes every place. Items never shown count, as 0.
 * Awkward cases: no items, or nothing shown at all → no value (NaN).
 * Worked: four items shown 0, 0, 0, 4 times: (2·4 − 4 − 1)·4 ÷ (4·4) = .75.
 */
export function gini(times: ArrayLike<number>): number {
  const n = times.length;
  const ascending = new Float64Array(times).sort();
  let total = 0;
  let weighted = 0;
  for (let k = 0; k < n; k++) {
    total += ascending[k]!;
    weighted += (2 * (k + 1) - n - 1) * ascending[k]!;
  }
  return total > 0 ? weighted / (n * total) : NaN;
}
