/** XᵀX of a sparse X. */
import type { Step } from '../core/phases';
import type { Csr } from './csr';

/** Adds the lower triangle of XᵀX to out[i·ld + j], j ≤ i. Work: Σ over rows of (entries)² / 2. */
export async function addGram(x: Csr, out: Float64Array | Float32Array, ld: number, step: Step = () => undefined): Promise<void> {
  for (let r = 0; r < x.rows; r++) {
    const [from, to] = [x.start[r]!, x.start[r + 1]!];
    for (let a = from; a < to; a++) {
      const row = x.index[a]! * ld;
      const w = x.value[a]!;
      for (let b = from; b <= a; b++) out[row + x.index[b]!]! += w * x.value[b]!;
    }
    const wait = step(r + 1);
    if (wait) await wait;
  }
}
