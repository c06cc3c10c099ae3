/** Which test part each rating belongs to. */
import { countsOf, type DataSet } from '../../core/dataset';
import { Problem } from '../../core/problem';
import { createRandom } from '../../core/random';
import { foldSpecSchema, type FoldSpec } from '../../core/rating-run';
import { createDigest } from '../../data/split/digest';

export interface Folds {
  name: string;
  count: number;
  /** Fold from 0 that tests each interaction, −1 for none. [N] */
  of: Int32Array;
  /** Covers data and assignment. */
  hash: string;
}

/** @throws Problem when the data bring no folds, or are too few for so many */
export function foldsOf(data: DataSet, spec: FoldSpec): Folds {
  const ok = foldSpecSchema.safeParse(spec);
  if (!ok.success) throw new Problem(`These folds cannot be made: ${ok.error.issues[0]?.message ?? 'unknown'}.`, {}, 'Folds: 2 to 20; a hold-out share: 0.01 to 0.9; a seed: a whole number from 0.');
  const { name, count, of } = assign(data, spec);
  const sizes = new Int32Array(count);
  for (const f of of) if (f >= 0) sizes[f]!++;
  const empty = sizes.findIndex((n) => n === 0 || n === of.length);
  if (empty >= 0) throw new Problem(`Fold ${empty + 1} of ${count} has ${sizes[empty]} of ${of.length} ratings to test, so there is nothing to measure or to learn from.`, { file: data.name }, 'Choose fewer folds, or a more middling share.');
  return { name, count, of, hash: createDigest().text(data.hash).text('rating folds').words(of).hex() };
}

function assign(data: DataSet, spec: FoldSpec): Omit<Folds, 'hash'> {
  const N = countsOf(data).interactions;
  const of = new Int32Array(N).fill(-1);
  if (spec.kind === 'published') {
    const { folds } = data;
    if (!folds) throw new Problem('These data bring no published folds.', { file: data.name }, 'The zip of MovieLens 100K brings u1 to u5; else choose random folds or a hold-out.');
    data.interactions.row.forEach((row, n) => (of[n] = (folds.of[row] ?? 0) - 1));
    return { name: folds.name, count: folds.count, of };
  }
  const order = createRandom(spec.seed, 'rating folds').shuffle(Int32Array.from({ length: N }, (_, n) => n));
  if (spec.kind === 'kfold') {
    // Contiguous parts of a shuffled list: sizes differ by one at most.
    order.forEach((n, k) => (of[n] = Math.floor((k * spec.k) / N)));
    return { name: `${spec.k} random folds, seed ${spec.seed}`, count: spec.k, of };
  }
  order.subarray(0, Math.floor(spec.share * N)).forEach((n) => (of[n] = 0));
  return { name: `${Math.round(spec.share * 1000) / 10} % held out, seed ${spec.seed}`, count: 1, of };
}
