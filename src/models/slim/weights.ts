/** SLIM's weights: every item by coordinate descent, its candidates chosen beforehand. */
import type { Step } from '../../core/phases';
import { Problem } from '../../core/problem';
import type { Csr } from '../../math/csr';
import { addGram } from '../../math/gram';
import { bestOf, KeptRows } from '../../math/kept-rows';
import { ColumnRoom, fitColumn, type ColumnSettings } from './column';

/** The Gram matrix is held in float32: 4·I² bytes. */
const MOST_ITEMS = 16_000;
const wide = (n: number): string => n.toLocaleString('en-US');
const megabytes = (I: number): string => `${wide(Math.round((4 * I * I) / 1e6))} MB`;

/** @throws Problem with the number and what to do */
export function refuseTooMany(I: number): void {
  if (I <= MOST_ITEMS) return;
  throw new Problem(
    `SLIM would need the common users of every two of ${wide(I)} items, ${megabytes(I)}; the most it takes on is ${wide(MOST_ITEMS)} items.`,
    {}, 'Clean with a higher k-core, so that rare items drop out, or choose ItemKNN, which holds no such matrix.',
  );
}

/**
 * @param x 0/1 [U, I]
 * @param k candidates per item, 0 = all that occur together with it more than l1 times
 * @returns row j: the items i that explain item j, with w_ij > 0. [I, I]
 */
export async function slimWeights(x: Csr, k: number, settings: ColumnSettings, begin: (label: string, total: number) => Promise<Step>): Promise<Csr> {
  const I = x.cols;
  const gram = await fullGram(x, await begin(`Counting common users (${wide(I)} × ${wide(I)}, ${megabytes(I)})`, I));
  const step = await begin('Explaining each item by others', I);
  const room = new ColumnRoom(I);
  const likeness = new Float64Array(I);
  const kept = new KeptRows(I, I);
  for (let j = 0; j < I; j++) {
    let candidates: Int32Array = Int32Array.from({ length: I }, (_, i) => i).filter((i) => i !== j && gram[j * I + i]! > settings.l1);
    if (k > 0 && candidates.length > k) {
      for (const i of candidates) likeness[i] = gram[j * I + i]! / Math.sqrt(gram[i * I + i]! * gram[j * I + j]!);
      candidates = bestOf(likeness, candidates, k);
    }
    fitColumn(gram, I, j, candidates, settings, room);
    kept.push(candidates.filter((i) => room.weights[i]! > 0), room.weights);
    room.clear();
    const wait = step(j + 1);
    if (wait) await wait;
  }
  return kept.finish();
}

async function fullGram(x: Csr, step: Step): Promise<Float32Array> {
  const I = x.cols;
  let gram: Float32Array;
  try {
    gram = new Float32Array(I * I); // counts: exact in float32 up to 2²⁴ users
  } catch {
    throw new Problem(`The browser has no room for SLIM’s ${megabytes(I)}.`, {}, 'Close other tabs, or clean with a higher k-core so that fewer items remain.');
  }
  await addGram(x, gram, I, step);
  mirror(gram, I);
  return gram;
}

/** Upper triangle ← lower, in squares that fit the cache. */
function mirror(a: Float32Array, I: number): void {
  const side = 32;
  for (let p = 0; p < I; p += side) {
    for (let q = 0; q <= p; q += side) {
      for (let i = p; i < Math.min(p + side, I); i++) for (let j = q; j < Math.min(q + side, i); j++) a[j * I + i] = a[i * I + j]!;
    }
  }
}
