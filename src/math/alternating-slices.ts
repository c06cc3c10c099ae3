/** How the rows of a sweep are divided, so that a stop is heard at once. */

/** Flops between two yields: some 20 ms in float64. */
const SLICE = 4e7;

/** Flops of one row with n entries and f factors; steps = 0: exact. */
export const rowCost = (f: number, n: number, steps: number): number =>
  steps > 0 ? (steps + 1) * (4 * n * f + 2 * f * f) : n * f * f + (f * f * f) / 3;

/** The ends of slices of rows of about equal work; the last is the number of rows. @param start CSR, [rows + 1] @param most flops of a slice */
export function* slices(start: Int32Array, cost: (entries: number) => number, most = SLICE): Generator<number, void> {
  const rows = start.length - 1;
  let work = 0;
  for (let r = 0; r < rows; r++) {
    work += cost(start[r + 1]! - start[r]!);
    if (work >= most && r + 1 < rows) {
      work = 0;
      yield r + 1;
    }
  }
  yield rows;
}
