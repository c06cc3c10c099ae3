/**
 * In-place inverse of a symmetric positive definite matrix by block sweeps (a blocked Gauss-Jordan step that keeps the matrix symmetric).
 * Sweeping block K: D = A_KK⁻¹; A_ij −= A_iK D A_Kj; A_iK ← A_iK D; A_KK ← −D. After every block A is −A⁻¹.
 * n³ multiply-adds over half the matrix, i.e. n³ floating-point operations, as Cholesky and its inverse take together; float64.
 * Without pivoting it is as stable as Cholesky for positive definite matrices (Beaton 1964; Goodnight 1979).
 */
import type { Step } from '../core/phases';
import { threadsAllowed } from '../core/threads/allowance';
import { symmetricRoom, type SymmetricRoom } from './symmetric-kernels';

/** Width of a block: two tiles of it fit into L1 beside the columns they meet. */
const NB = 64;
/** Multiply-adds of each thread between two chances to yield: some 20 milliseconds. */
const PIECE = 1e8;

/** Bytes that `symmetricRoomFor(n)` takes. */
export const inverseBytes = (n: number): number => 8 * (padded(n) ** 2 + 2 * padded(n) * NB + NB * NB);
const padded = (n: number): number => Math.ceil(n / 4) * 4;

/** Multiply-adds of an inverse from which other threads are worth starting: some 100 ms. */
const WORTH_THREADS = 2e8;

/** Room for an n×n matrix, to be let go by `end()`: fill matrix[i·room.n + j] for j ≤ i < n. Rows past n are those of the identity. */
export async function symmetricRoomFor(n: number, allowSimd = true, threads = n ** 3 / 2 < WORTH_THREADS ? 1 : threadsAllowed()): Promise<SymmetricRoom> {
  const room = await symmetricRoom(padded(n), NB, allowSimd, threads);
  for (let i = n; i < room.n; i++) room.matrix[i * room.n + i] = 1;
  return room;
}

/** How many steps `negativeInverse` reports. */
export const inverseSteps = (n: number): number => Math.ceil(padded(n) / NB);

/**
 * Turns the lower triangle of room.matrix into that of −A⁻¹.
 * @throws RangeError when the matrix is not positive definite
 */
export async function negativeInverse(room: SymmetricRoom, step: Step = () => undefined): Promise<void> {
  const { n } = room;
  for (let k = 0; k < n; k += NB) {
    const width = Math.min(NB, n - k);
    gather(room, k, width);
    invertSmall(room, k, width);
    room.panelTimes(width, 0, n);
    let from = 0;
    while (from < n) {
      // Rows grow longer: pieces of equal work.
      const to = Math.min(n, from + Math.max(4, Math.floor((room.threads * PIECE) / (width * (from + 64)) / 4) * 4));
      room.rankUpdate(width, from, to);
      from = to;
      const wait = step(k / NB + from / n);
      if (wait) await wait;
    }
    scatter(room, k, width);
  }
}

/** left ← columns k…k+width of the symmetric matrix, the block's own rows 0. */
function gather({ n, matrix, left }: SymmetricRoom, k: number, width: number): void {
  for (let i = 0; i < n; i++) {
    const base = (i >> 2) * width * 4 + (i & 3);
    for (let p = 0; p < width; p++) {
      left[base + 4 * p] = i < k ? matrix[(k + p) * n + i]! : i < k + width ? 0 : matrix[i * n + k + p]!;
    }
  }
}

/** The swept panel and block go back where they came from. */
function scatter({ n, matrix, right, small }: SymmetricRoom, k: number, width: number): void {
  for (let i = 0; i < n; i++) {
    const base = (i >> 2) * width * 4 + (i & 3);
    if (i < k) for (let p = 0; p < width; p++) matrix[(k + p) * n + i] = right[base + 4 * p]!;
    else if (i >= k + width) for (let p = 0; p < width; p++) matrix[i * n + k + p] = right[base + 4 * p]!;
    else for (let p = 0; p <= i - k; p++) matrix[i * n + k + p] = -small[(i - k) * width + p]!;
  }
}

/** small ← inverse of the diagonal block, by unblocked sweeps of the full square. */
function invertSmall({ n, matrix, small }: SymmetricRoom, k: number, width: number): void {
  for (let r = 0; r < width; r++) for (let c = 0; c <= r; c++) small[r * width + c] = small[c * width + r] = matrix[(k + r) * n + k + c]!;
  for (let p = 0; p < width; p++) {
    const pivot = small[p * width + p]!;
    if (!(pivot > 0)) throw new RangeError(`The matrix is not positive definite: pivot ${k + p} is ${pivot}.`);
    const d = 1 / pivot;
    for (let r = 0; r < width; r++) {
      if (r === p) continue;
      const f = small[r * width + p]! * d;
      for (let c = 0; c < width; c++) if (c !== p) small[r * width + c]! -= f * small[p * width + c]!;
    }
    for (let r = 0; r < width; r++) {
      if (r === p) continue;
      small[r * width + p]! *= d;
      small[p * width + r]! *= d;
    }
    small[p * width + p] = -d;
  }
  for (let e = 0; e < width * width; e++) small[e] = -small[e]!;
}
