/** Which test part each rating belongs to. */
import { countsOf, type DataSet } from '../../core/dataset';
import { Problem } from '../../core/problem';
import { createRandom } from '../../core/random';
import { foldSpecSchema, type FoldSpec } from '../../core/rating-run';
import { createDigest } from '../../data/split/digest';

/** Neither tested nor learned from. */
export const LEFT_OUT = -2;
/** Parts that the train ratings are cut into while settings are searched for. */
const VALIDATION_FOLDS = 3;

export interface Folds {
  name: string;
  count: number;
  /** Fold from 0 that tests each interaction, −1 for none, LEFT_OUT for one that is not learned from either. [N] */
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

/** The data's own folds where they bring some, else five random ones. */
export const usualFolds = (data: DataSet, seed = 42): FoldSpec => (data.folds ? { kind: 'published' } : { kind: 'kfold', k: 5, seed });

/** Folds for choosing settings: the train ratings of the first fold in three random parts, its test ratings left out. */
export function validationFolds(data: DataSet, folds: Folds): Folds {
  const of = Int32Array.from(folds.of, (f) => (f === 0 ? LEFT_OUT : -1));
  const train = Int32Array.from(of.keys()).filter((n) => of[n] !== LEFT_OUT);
  if (train.length < 2 * VALIDATION_FOLDS) throw new Problem(`The first fold leaves ${train.length} ratings to learn from, too few to choose settings by.`, { file: data.name }, 'Choose more folds, or a smaller share to hold out.');
  createRandom(0, `validation of ${folds.hash}`).shuffle(train).forEach((n, k) => (of[n] = Math.floor((k * VALIDATION_FOLDS) / train.length)));
  return { name: `${VALIDATION_FOLDS} validation folds within the train part of fold 1`, count: VALIDATION_FOLDS, of, hash: createDigest().text(folds.hash).text('validation folds').words(of).hex() };
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
