/** Rating prediction: for each fold fit on the others, predict its ratings, measure. Runs in a worker and in Node alike. */
import { countsOf, type DataSet } from '../../core/dataset';
import type { AnyModelCard, FitContext, Recommender } from '../../core/model';
import type { ParamValue } from '../../core/params';
import { Problem } from '../../core/problem';
import { createRandom } from '../../core/random';
import { packResiduals, RATING_FORMAT, RATING_VERSION, type FoldResult, type FoldSpec, type RatingProgress, type RatingRun } from '../../core/rating-run';
import type { ColdRule } from '../../core/split';
import { ratingErrors, ratingIntervals } from '../../metrics/rating-errors';
import { checkedParams } from '../checked-params';
import { createBreather } from '../macrotask';
import { foldData, type FoldData } from './fold-data';
import { foldsOf } from './folds';

export interface RatingInput {
  runId: string;
  name: string;
  data: DataSet;
  card: AnyModelCard;
  params: Record<string, unknown>;
  folds: FoldSpec;
  cold: ColdRule;
  seed: number;
  build: string;
  /** Goes into the record. */
  tuned?: NonNullable<RatingRun['tuned']>;
}
export interface RatingHooks {
  signal?: AbortSignal;
  /** Ends it at once; folds that are done are kept. */
  stop?: AbortSignal;
  progress?: (p: RatingProgress) => void;
}

/** Residuals of more ratings than this are not kept: 8 MB. */
const KEPT_RESIDUALS = 2_000_000;
/** Pairs between two looks at the clock. */
const CHUNK = 4096;

/**
 * @throws Problem when the model ranks, the data have no ratings, or it was stopped before the first fold was done
 * @throws the signal's reason on cancel
 */
export async function rate(input: RatingInput, hooks: RatingHooks = {}): Promise<RatingRun> {
  const { card, data, seed } = input;
  if (card.task !== 'predict') throw new Problem(`${card.name} ranks items and predicts no ratings.`, {}, 'Choose a model of ratings, or train it as a ranking.');
  if (!data.interactions.value) throw new Problem('These interactions have no values, so there are no ratings to predict.', { file: data.name }, 'Choose the column with the ratings as "value" when the files are read.');
  const began = performance.now();
  const params = checkedParams(card, input.params);
  const folds = foldsOf(data, input.folds);
  const progress = hooks.progress ?? (() => {});
  progress({ kind: 'ready', folds: folds.count, epochs: card.iterative ? Number(params['epochs']) : 0, name: folds.name, hash: folds.hash });
  const ends = AbortSignal.any([hooks.signal, hooks.stop].filter((s) => s !== undefined));
  const results: FoldResult[] = [];
  const residuals: Float32Array[] = [];
  // The test ratings of the other folds are train ratings of the first, where the settings were chosen.
  const warnings: string[] = input.tuned && folds.count > 1 ? [`Settings chosen by ${input.tuned.trials} trials within the train ratings of fold 1: only the ratings that fold 1 tests took no part in the choice.`] : [];
  try {
    for (let fold = 0; fold < folds.count; fold++) {
      const part = foldData(data, folds, fold, input.cold);
      const random = createRandom(seed, 'fit').stream(`fold ${fold}`);
      const { result, predicted } = await oneFold(card, params, part, fold, random, ends, progress);
      results.push(result);
      residuals.push(Float32Array.from(part.truth, (r, k) => r - predicted[k]!));
      progress({ kind: 'fold', result });
    }
  } catch (error) {
    if (!hooks.stop?.aborted || hooks.signal?.aborted) throw error;
    if (results.length === 0) throw new Problem('Stopped before the first fold was done, so there is nothing to keep.', {}, 'Run it again, with fewer epochs or a faster model if it takes too long.');
    warnings.push(`Stopped after ${results.length} of ${folds.count} folds: means are over these.`);
  }
  const tested = results.reduce((n, f) => n + f.test, 0);
  const all = new Float32Array(tested);
  residuals.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return {
    format: RATING_FORMAT,
    version: RATING_VERSION,
    id: input.runId,
    name: input.name,
    createdAt: new Date().toISOString(),
    build: input.build,
    status: results.length < folds.count ? 'stopped' : 'done',
    data: { name: data.name, recipe: data.recipe, hash: data.hash, counts: countsOf(data), steps: data.steps.map((s) => ({ ...s, step: { ...s.step } })) },
    split: { spec: input.folds, name: folds.name, folds: folds.count, hash: folds.hash, cold: input.cold },
    model: { id: card.id, params },
    seed,
    folds: results,
    ...(input.tuned ? { tuned: input.tuned } : {}),
    ...(tested <= KEPT_RESIDUALS ? { residuals: packResiduals(all) } : {}),
    seconds: (performance.now() - began) / 1000,
    warnings,
  };
}

/**
 * Fits on a fold's train ratings and predicts its test ratings.
 * @param watch false: the test ratings are not predicted after every epoch
 */
export async function oneFold(
  card: AnyModelCard, params: Record<string, ParamValue>, part: FoldData, fold: number, random: FitContext<unknown>['random'], signal: AbortSignal, progress: (p: RatingProgress) => void,
  { watch = true } = {},
) {
  const breathe = createBreather();
  const epochs: FoldResult['epochs'] = [];
  let aside = 0; // milliseconds of predicting while it learns
  const report: FitContext<unknown>['report'] = async (p) => {
    signal.throwIfAborted();
    if (p.kind === 'phase') progress({ ...p, fold });
    else if (p.kind === 'batch') progress({ kind: 'batch', fold, epoch: p.epoch, epochs: p.epochs, done: p.done, total: p.total, loss: p.loss });
    else {
      const from = performance.now();
      const test = watch ? ratingErrors(part.truth, await predictions(p.model, part, signal)).rmse : null;
      aside += performance.now() - from;
      const train = Number.isFinite(p.loss) ? p.loss : null;
      epochs.push({ epoch: p.epoch, train, test: test !== null && Number.isFinite(test) ? test : null, seconds: p.seconds });
      progress({ kind: 'epoch', fold, epoch: p.epoch, epochs: p.epochs, train, test });
    }
    await breathe();
    signal.throwIfAborted();
    return 'continue';
  };
  signal.throwIfAborted();
  const from = performance.now();
  const model = await (await card.load()).fit({ train: part.train, text: null, params, random, signal, report });
  const fitted = performance.now();
  const predicted = await predictions(model, part, signal);
  const last = performance.now();
  model.dispose?.();
  if (!predicted.every(Number.isFinite)) throw new Problem(`${card.name} went out of bounds on fold ${fold + 1}: some predictions are not finite.`, {}, 'Choose a smaller learning rate or more regularisation.');
  const { userStart, itemDegree } = part.train;
  const degree = (k: number): number => itemDegree[part.item[k]!]!;
  const isCold = (k: number): boolean => part.cold[part.item[k]!] === 1;
  const count = (pick: (k: number) => boolean): number => part.truth.reduce((n, _, k) => n + (pick(k) ? 1 : 0), 0);
  const measured = (pick: (k: number) => boolean): FoldResult['slices']['all'] => {
    const intervals = ratingIntervals(part.truth, predicted, pick);
    return { ...ratingErrors(part.truth, predicted, pick), ...(intervals ? { intervals } : {}) };
  };
  const result: FoldResult = {
    fold,
    train: part.train.user.length,
    test: part.truth.length,
    unknownUser: count((k) => userStart[part.user[k]! + 1] === userStart[part.user[k]!]),
    unknownItem: count((k) => degree(k) === 0),
    slices: { all: measured(() => true), warm: measured((k) => !isCold(k)), cold: measured(isCold), new: measured((k) => degree(k) === 0) },
    seconds: { fit: (fitted - from - aside) / 1000, predict: (last - fitted) / 1000 },
    epochs,
  };
  return { result, predicted };
}

/** Predictions for a fold's test ratings. [T] */
async function predictions(model: Recommender, { user, item }: FoldData, signal: AbortSignal): Promise<Float64Array> {
  if (!model.predict) throw new Error('A model of ratings needs `predict`.');
  const out = new Float64Array(user.length);
  const breathe = createBreather();
  for (let k = 0; k < out.length; k += CHUNK) {
    await model.predict(user.subarray(k, k + CHUNK), item.subarray(k, k + CHUNK), out.subarray(k, k + CHUNK));
    await breathe();
    signal.throwIfAborted();
  }
  return out;
}
