/**
 * Holm's step-down correction (1979): p values of m comparisons made at once, adjusted so that the chance of calling any of them
 * different by luck alone stays below the level. Sorted ascending, the k-th (from 1) becomes max over j ≤ k of (m − j + 1)·p_(j), at most 1.
 * Awkward cases: none given → none; one comparison stays as it is.
 * Worked: .01, .04, .03 → .03, .06, .06.
 * @returns in the order given
 */
export function holm(p: readonly number[]): number[] {
  const m = p.length;
  const order = p.map((_, k) => k).sort((a, b) => p[a]! - p[b]!);
  const adjusted = p.slice();
  let highest = 0;
  order.forEach((at, k) => {
    highest = Math.max(highest, Math.min(1, (m - k) * p[at]!));
    adjusted[at] = highest;
  });
  return adjusted;
}
