/** EASE's item-item weights in closed form. */
import type { Step } from '../../core/phases';
import { Problem } from '../../core/problem';
import type { Csr } from '../../math/csr';
import { addGram } from '../../math/gram';
import { inverseBytes, inverseSteps, negativeInverse, symmetricRoomFor } from '../../math/symmetric-inverse';
import type { SymmetricRoom } from '../../math/symmetric-kernels';

/** Above this the inverse takes tens of minutes and well over a gigabyte. */
const MOST_ITEMS = 12_000;

/** Bytes held at the peak: the matrix to invert in float64 and the weights in float32. */
const peakBytes = (I: number): number => inverseBytes(I) + 4 * I * I;

const gigabytes = (bytes: number): string => (bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);
const wide = (n: number): string => n.toLocaleString('en-US');

const memoryLine = (I: number): string => `${wide(I)} × ${wide(I)}, ${gigabytes(peakBytes(I))}`;

/** @throws Problem with the number and what to do, before anything large is asked for */
export function refuseTooMany(I: number): void {
  if (I <= MOST_ITEMS) return;
  throw new Problem(
    `EASE would have to invert a matrix of ${wide(I)} × ${wide(I)} items, which takes ${gigabytes(peakBytes(I))} and about ${Math.round(I ** 3 / 5e9 / 60)} minutes; the most it takes on is ${wide(MOST_ITEMS)} items.`,
    {}, 'Clean with a higher k-core, so that rare items drop out, or choose ItemKNN or implicit ALS, which hold no such matrix.',
  );
}

export interface Phase { (label: string, total: number): Promise<Step> }

/**
 * B_ij = −P_ij / P_jj with P = (XᵀX + λI)⁻¹, diagonal 0. [I, I], row i = the item a user has.
 * @param out receives B
 * @throws Problem when memory is refused
 */
export async function easeWeights<A extends Float32Array | Float64Array>(x: Csr, lambda: number, out: A, begin: Phase): Promise<A> {
  const I = x.cols;
  const room = await withRoom(I, () => symmetricRoomFor(I));
  try {
    await addGram(x, room.matrix, room.n, await begin('Counting common users', I));
    for (let i = 0; i < I; i++) room.matrix[i * room.n + i]! += lambda;
    await negativeInverse(room, await begin(`Inverting ${memoryLine(I)}`, inverseSteps(I)));
    weightsFrom(room, I, out);
  } finally {
    room.end();
  }
  return out;
}

/** What `make` returns. @throws Problem where it asked for more memory than there is */
export async function withRoom<T>(I: number, make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(`The browser has no room for EASE’s matrix of ${memoryLine(I)}.`, {}, 'Close other tabs, or clean with a higher k-core so that fewer items remain.');
  }
}

/** From A = −P, lower triangle: B_ij = −A_ij / A_jj. In squares, so that both triangles are written near to where they were. */
function weightsFrom({ n, matrix }: SymmetricRoom, I: number, out: Float32Array | Float64Array): void {
  const side = 32;
  for (let a = 0; a < I; a += side) {
    for (let b = 0; b <= a; b += side) {
      for (let i = a; i < Math.min(a + side, I); i++) {
        const own = matrix[i * n + i]!;
        for (let j = b; j < Math.min(b + side, i); j++) {
          const v = matrix[i * n + j]!;
          out[i * I + j] = -v / matrix[j * n + j]!;
          out[j * I + i] = -v / own;
        }
      }
    }
  }
}
