/** Sparse matrices by row (CSR), float64. Within a row, columns ascend and none repeats. */

export interface Csr {
  rows: number;
  cols: number;
  /** Row r holds entries start[r] … start[r+1]. */
  start: Int32Array; // [rows + 1]
  index: Int32Array; // [nnz]
  value: Float64Array; // [nnz]
}

/**
 * A matrix from (row, column, value) triplets in any order; repeated places add up.
 * Two counting sorts, so O(N + rows + cols).
 */
export function csrFromTriplets(rows: number, cols: number, row: ArrayLike<number>, col: ArrayLike<number>, value: ArrayLike<number> | null): Csr {
  const N = row.length;
  const byColumn = countingOrder(col, cols, null, N);
  const order = countingOrder(row, rows, byColumn, N);
  const start = new Int32Array(rows + 1);
  const index = new Int32Array(N);
  const values = new Float64Array(N);
  let kept = 0;
  let lastRow = -1;
  for (const n of order) {
    const r = row[n]!;
    const c = col[n]!;
    const v = value ? value[n]! : 1;
    if (r === lastRow && index[kept - 1] === c) values[kept - 1]! += v;
    else {
      index[kept] = c;
      values[kept++] = v;
      start[r + 1]!++;
      lastRow = r;
    }
  }
  for (let r = 0; r < rows; r++) start[r + 1]! += start[r]!;
  return { rows, cols, start, index: index.subarray(0, kept), value: values.subarray(0, kept) };
}

/** Stable order of 0…N−1 (or of `before`) by key. */
function countingOrder(key: ArrayLike<number>, keys: number, before: Int32Array | null, N: number): Int32Array {
  const place = new Int32Array(keys + 1);
  for (let n = 0; n < N; n++) place[key[n]! + 1]!++;
  for (let k = 0; k < keys; k++) place[k + 1]! += place[k]!;
  const order = new Int32Array(N);
  for (let p = 0; p < N; p++) {
    const n = before ? before[p]! : p;
    order[place[key[n]!]!++] = n;
  }
  return order;
}

/** O(nnz + cols). Within a row of the result columns ascend. */
export function transpose(m: Csr): Csr {
  const start = new Int32Array(m.cols + 1);
  for (const c of m.index) start[c + 1]!++;
  for (let c = 0; c < m.cols; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, m.cols);
  const index = new Int32Array(m.index.length);
  const value = new Float64Array(m.index.length);
  for (let r = 0; r < m.rows; r++) {
    for (let e = m.start[r]!; e < m.start[r + 1]!; e++) {
      const p = next[m.index[e]!]!++;
      index[p] = r;
      value[p] = m.value[e]!;
    }
  }
  return { rows: m.cols, cols: m.rows, start, index, value };
}

/** ‖row‖² of every row. [rows] */
export function squaredNorms(m: Csr): Float64Array {
  const out = new Float64Array(m.rows);
  for (let r = 0; r < m.rows; r++) {
    let sum = 0;
    for (let e = m.start[r]!; e < m.start[r + 1]!; e++) sum += m.value[e]! * m.value[e]!;
    out[r] = sum;
  }
  return out;
}

/** out[index[p]] += w·value[p]. Nearly all time of neighbourhood models is spent here; four at a time halve it. */
export function addTo(out: Float64Array | Float32Array, index: Int32Array, value: Float64Array, from: number, to: number, w: number): void {
  let p = from;
  for (; p + 3 < to; p += 4) {
    const [a, b, c, d] = [index[p]!, index[p + 1]!, index[p + 2]!, index[p + 3]!];
    out[a] = out[a]! + w * value[p]!;
    out[b] = out[b]! + w * value[p + 1]!;
    out[c] = out[c]! + w * value[p + 2]!;
    out[d] = out[d]! + w * value[p + 3]!;
  }
  for (; p < to; p++) out[index[p]!]! += w * value[p]!;
}

/** out += Σ over listed rows, each times its weight, in the order given: x'M for a sparse x. out: [cols] */
export function addRows(m: Csr, rows: ArrayLike<number>, weights: ArrayLike<number> | null, out: Float64Array, from = 0, to = rows.length): void {
  for (let n = from; n < to; n++) {
    const r = rows[n]!;
    const w = weights ? weights[n]! : 1;
    addTo(out, m.index, m.value, m.start[r]!, m.start[r + 1]!, w);
  }
}
