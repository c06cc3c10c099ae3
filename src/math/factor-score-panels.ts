/** Many rows of scores from float64 factors at once: four users times four items in registers, a panel of items in cache. */
import { simdMemory, type SimdMemory } from './simd-module';
import { BINARY } from './simd-ranking/binary';

interface Kernels {
  scorePanel(x: number, users: number, y: number, items: number, f: number, bias: number, out: number, ld: number): void;
}

/** Users and items brought into place at once; multiples of four. */
const USERS = 512;
const ITEMS = 256;
/** Fewer rows are not worth bringing the items into place for. */
const FEWEST = 8;

let memory: SimdMemory<Kernels> | null | undefined;

/**
 * As `scoreRows` of factor-scores.ts, to the last bit.
 * @returns false, with nothing done, where SIMD does not run or there is too little to do
 */
export function scoreInPanels(X: Float64Array, rows: ArrayLike<number>, Y: Float64Array, f: number, out: Float32Array, bias: Float64Array | null): boolean {
  const B = rows.length;
  if (B < FEWEST || f < 1) return false;
  memory ??= simdMemory<Kernels>(BINARY);
  const I = Y.length / f;
  const [x, y, b] = [0, 8 * USERS * f, 8 * (USERS + ITEMS) * f];
  const o = b + 8 * ITEMS;
  const buffer = memory?.atLeast(o + 4 * USERS * ITEMS);
  if (!memory || !buffer) return false;
  const users = new Float64Array(buffer, x, USERS * f);
  const items = new Float64Array(buffer, y, ITEMS * f);
  const starts = new Float64Array(buffer, b, ITEMS);
  const panel = new Float32Array(buffer, o, USERS * ITEMS); // [USERS, ITEMS]
  for (let u = 0; u < B; u += USERS) {
    const n = Math.min(USERS, B - u);
    for (let k = 0; k < n; k++) intoTile(users, k, X, rows[u + k]!, f);
    for (let i = 0; i < I; i += ITEMS) {
      const m = Math.min(ITEMS, I - i);
      for (let k = 0; k < m; k++) intoTile(items, k, Y, i + k, f);
      starts.fill(0);
      if (bias) starts.set(bias.subarray(i, i + m));
      // What the last tiles hold beyond n and m is of an earlier panel; its scores are not read.
      memory.kernels.scorePanel(x, (n + 3) >> 2, y, (m + 3) >> 2, f, b, o, ITEMS);
      for (let k = 0; k < n; k++) out.set(panel.subarray(k * ITEMS, k * ITEMS + m), (u + k) * I + i);
    }
  }
  return true;
}

/** Row `from` of a matrix [., f] becomes row k of tiles of four rows: tile t holds [f][4]. */
function intoTile(tiles: Float64Array, k: number, matrix: Float64Array, from: number, f: number): void {
  const at = (k >> 2) * 4 * f + (k & 3);
  for (let d = 0, s = from * f; d < f; d++) tiles[at + 4 * d] = matrix[s + d]!;
}
