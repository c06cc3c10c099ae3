/** Numbers straight from bytes. */

/** Powers of ten that float64 holds exactly, as far as they are needed here. */
const TENS = /* @__PURE__ */ Float64Array.from({ length: 16 }, (_, k) => Number(`1e${k}`));

/**
 * The number that bytes from … to − 1 spell as [+-] digits [. digits] with at most 15 digits, else NaN, which only says: ask parseNumber.
 * The same float64 as Number(text): the digits are a whole number below 2^53 and the power of ten is exact, so their quotient is rounded once.
 */
export function plainNumber(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const sign = bytes[at]!;
  if (sign === 45 || sign === 43) at++;
  const first = at;
  let whole = 0;
  let point = -1;
  for (; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (digit >= 0 && digit <= 9) whole = whole * 10 + digit;
    else if (digit === -2 && point < 0 && at > first) point = at;
    else return Number.NaN;
  }
  const digits = to - first - (point < 0 ? 0 : 1);
  if (digits < 1 || digits > 15) return Number.NaN;
  const size = point < 0 ? whole : whole / TENS[to - point - 1]!;
  return sign === 45 ? -size : size;
}
