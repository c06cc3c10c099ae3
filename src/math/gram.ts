/** XᵀX of a sparse X. */
import type { Step } from '../core/phases';
import { addTo, transpose, type Csr } from './csr';

/**
 * Adds the lower triangle of XᵀX to out[i·ld + j], j ≤ i. Work: Σ over rows of (entries)² / 2.
 * One row of the result at a time, so that what is written stays in the first-level cache.
 */
export async function addGram(x: Csr, out: Float64Array | Float32Array, ld: number, step: Step = () => undefined): Promise<void> {
  const xt = transpose(x);
  // Columns come in ascending order, so in each row of X the entries up to column i are those passed so far.
  const passed = x.start.slice(0, x.rows);
  for (let i = 0; i < x.cols; i++) {
    const row = out.subarray(i * ld, i * ld + i + 1);
    for (let e = xt.start[i]!; e < xt.start[i + 1]!; e++) {
      const r = xt.index[e]!;
      addTo(row, x.index, x.value, x.start[r]!, ++passed[r]!, xt.value[e]!);
    }
    const wait = step(i + 1);
    if (wait) await wait;
  }
}
