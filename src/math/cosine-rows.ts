/** Cosines between the rows of a dense matrix whose rows have length 1 (or 0), one row at a time. */

export interface UnitRows {
  rows: number;
  dim: number;
  data: Float32Array | Float64Array; // [rows, dim]
}
/** Similarities that agree to 10 digits after the point count as equal. */
const DIGITS = 1e10;

/** out[j] = row_r · row_j for every j. out: [rows] */
export function cosinesOf({ rows, dim, data }: UnitRows, r: number, out: Float32Array | Float64Array): void {
  const own = r * dim;
  for (let j = 0, at = 0; j < rows; j++, at += dim) {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += data[own + d]! * data[at + d]!;
    out[j] = sum;
  }
}

/**
 * The k places with the largest values, best first, without `self`.
 * Equal values (rounded to 10 digits) go to the lower place.
 */
export function largest(values: Float32Array | Float64Array, k: number, self = -1): Int32Array {
  const keys: number[] = [];
  const places: number[] = [];
  for (let j = 0; j < values.length; j++) {
    if (j === self) continue;
    const key = Math.round(values[j]! * DIGITS);
    if (places.length === k && key <= keys[k - 1]!) continue;
    let at = Math.min(places.length, k - 1);
    for (; at > 0 && key > keys[at - 1]!; at--) {
      keys[at] = keys[at - 1]!;
      places[at] = places[at - 1]!;
    }
    keys[at] = key;
    places[at] = j;
  }
  return Int32Array.from(places);
}

/** Rows of cosines, kept once made as long as they fit into `bytes`. The row returned is valid until the next call. */
export function cosineCache(matrix: UnitRows, bytes = 256 * 2 ** 20): (r: number) => Float32Array {
  const kept = new Map<number, Float32Array>();
  const room = Math.floor(bytes / (4 * Math.max(1, matrix.rows)));
  const spare = new Float32Array(matrix.rows);
  return (r) => {
    const known = kept.get(r);
    if (known) return known;
    const row = kept.size < room ? new Float32Array(matrix.rows) : spare;
    cosinesOf(matrix, r, row);
    if (row !== spare) kept.set(r, row);
    return row;
  };
}
