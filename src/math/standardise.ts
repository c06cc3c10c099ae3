/** Columns brought to mean 0 and standard deviation 1, and rows brought to length 1: what a cosine over mixed units needs. */

export interface Standardised {
  /** Over the cells that hold a number. [D] */
  mean: Float64Array;
  /** Population standard deviation (n in the denominator). [D] */
  sd: Float64Array;
  /** Row-major; 0, which is the mean, where a cell is empty or its column never varies. [rows, D] */
  data: Float64Array;
}

/** @param columns D columns of equal length; NaN = empty */
export function standardise(columns: readonly Float64Array[], rows: number): Standardised {
  const D = columns.length;
  const mean = new Float64Array(D);
  const sd = new Float64Array(D);
  const data = new Float64Array(rows * D);
  columns.forEach((column, d) => {
    let n = 0;
    let sum = 0;
    for (let r = 0; r < rows; r++) {
      const x = column[r]!;
      if (!Number.isFinite(x)) continue;
      n++;
      sum += x;
    }
    if (n === 0) return;
    const centre = sum / n;
    let squares = 0;
    for (let r = 0; r < rows; r++) if (Number.isFinite(column[r]!)) squares += (column[r]! - centre) ** 2;
    mean[d] = centre;
    // A constant column's mean may be off by rounding, which would blow up to a full deviation.
    sd[d] = Math.sqrt(squares / n) > 1e-12 * Math.abs(centre) ? Math.sqrt(squares / n) : 0;
    if (sd[d] === 0) return;
    for (let r = 0; r < rows; r++) if (Number.isFinite(column[r]!)) data[r * D + d] = (column[r]! - centre) / sd[d]!;
  });
  return { mean, sd, data };
}

/** Divides every row by its length, in place; a row of zeros stays. data: [rows, dim] */
export function toUnitRows<A extends Float32Array | Float64Array>(data: A, dim: number): A {
  for (let from = 0; from + dim <= data.length && dim > 0; from += dim) {
    let squares = 0;
    for (let d = from; d < from + dim; d++) squares += data[d]! * data[d]!;
    const length = Math.sqrt(squares);
    if (length > 0) for (let d = from; d < from + dim; d++) data[d]! /= length;
  }
  return data;
}

/** How many rows are zero throughout. data: [rows, dim] */
export function zeroRows(data: Float32Array, dim: number): number {
  let count = 0;
  for (let from = 0; from < data.length; from += dim) if (data.subarray(from, from + dim).every((x) => x === 0)) count++;
  return count;
}
