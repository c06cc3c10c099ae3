/** The one order of source ids: numeric when all are whole numbers, else by UTF-16 code unit. Every dense index follows it. */

const WHOLE = /^[+-]?\d+$/;

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Positions of `ids` (distinct) in ascending order of id.
 * Whole numbers beyond 2^53 are compared exactly; '7' and '007' are two ids of equal number, so the code unit decides.
 */
export function orderOfIds(ids: readonly string[]): Int32Array {
  const order = Int32Array.from(ids, (_, k) => k);
  if (!ids.every((id) => WHOLE.test(id))) return order.sort((a, b) => byCodeUnit(ids[a]!, ids[b]!));
  const numbers = Float64Array.from(ids, Number);
  const exact = numbers.every(Number.isSafeInteger) ? null : ids.map(BigInt);
  return order.sort((a, b) => {
    if (!exact) return numbers[a]! - numbers[b]! || byCodeUnit(ids[a]!, ids[b]!);
    const x = exact[a]!;
    const y = exact[b]!;
    return x < y ? -1 : x > y ? 1 : byCodeUnit(ids[a]!, ids[b]!);
  });
}
