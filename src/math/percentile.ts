/**
 * The value below which a share q of the values lies, interpolated linearly at (n − 1)·q (type 7 of Hyndman & Fan 1996, numpy's default).
 * @param ascending at least one value, sorted  @param q from 0 to 1
 */
export function percentile(ascending: Float64Array, q: number): number {
  const at = (ascending.length - 1) * q;
  const below = Math.floor(at);
  const left = ascending[below]!;
  return left + (at - below) * ((ascending[below + 1] ?? left) - left);
}
