/** A row of a table of rating models on the published folds of MovieLens 100K: measured from Surprise's start or from our own, and compared fold by fold. */
import type { DataSet } from '../core/dataset';
import { parseParams } from '../core/params';
import { createRandom } from '../core/random';
import { overFolds, type RatingRun } from '../core/rating-run';
import { ratingErrors } from '../metrics/rating-errors';
import { cardOf } from '../models/catalogue';
import { foldData } from './ratings/fold-data';
import { foldsOf } from './ratings/folds';
import { rate } from './ratings/rate';
import { surpriseStart } from './ratings/surprise-start';
import type { Claim } from './reference-claim';
import { spreadOf, spreadWords } from './seeds';

const COLD = { kind: 'share', share: 0.8 } as const;

/** Means over seeds. */
export interface PublishedFolds {
  seeds: number;
  rmse: { per_fold: number[]; mean_of_folds: number };
  mae: { per_fold: number[]; mean_of_folds: number };
}
export interface RatingRow { name: string; model: string; params: Record<string, unknown>; /** Of single folds, and of the mean over them. */ tolerance: number; onMean: number }
/** By fold. */
interface Errors { rmse: number[]; mae: number[] }

export const meanOf = (xs: readonly number[]): number => xs.reduce((s, x) => s + x, 0) / xs.length;
const each = (run: RatingRun, measure: 'rmse' | 'mae'): number[] => run.folds.map((f) => f.slices.all[measure]!);
const saidOf = (name: string, rmse: number): void => void process.stderr.write(`${name}: RMSE ${rmse.toFixed(4)}\n`);

/** One run over the five folds. */
async function measured(data: DataSet, { name, model, params }: RatingRow, seed: number): Promise<RatingRun> {
  const run = await rate({ runId: 'reference', name, data, card: cardOf(model), params, folds: { kind: 'published' }, cold: COLD, seed, build: 'reference' });
  saidOf(`${name}, seed ${seed}`, overFolds(run.folds, 'all', 'rmse').mean!);
  return run;
}

export async function once(data: DataSet, r: RatingRow): Promise<Errors> {
  const run = await measured(data, r, 0);
  return { rmse: each(run, 'rmse'), mae: each(run, 'mae') };
}

/** From the very numbers Surprise draws for seeds 0 … seeds − 1: means over them. */
export async function fromSameStart(data: DataSet, r: RatingRow, seeds: number): Promise<Errors> {
  const folds = foldsOf(data, { kind: 'published' });
  const card = cardOf(r.model);
  const params = parseParams(card.params, r.params);
  const out: Errors = { rmse: [], mae: [] };
  for (let fold = 0; fold < folds.count; fold++) {
    const part = foldData(data, folds, fold, COLD);
    const found: { rmse: number; mae: number }[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const resume = surpriseStart(part.train, Number(params['factors']), seed, r.model);
      const model = await (await card.load()).fit({ train: part.train, text: null, params, random: createRandom(0), signal: new AbortController().signal, report: async () => 'continue', resume });
      const predicted = new Float64Array(part.truth.length);
      await model.predict!(part.user, part.item, predicted);
      const { rmse, mae } = ratingErrors(part.truth, predicted);
      found.push({ rmse: rmse!, mae: mae! });
    }
    out.rmse.push(meanOf(found.map((f) => f.rmse)));
    out.mae.push(meanOf(found.map((f) => f.mae)));
  }
  saidOf(`${r.name}, same start`, meanOf(out.rmse));
  return out;
}

/** From our own random numbers: means over runs, and how the mean over folds spreads over them. */
export async function fromOwnStarts(data: DataSet, r: RatingRow, runs: number): Promise<Errors & { spread: string }> {
  const found: RatingRun[] = [];
  for (let seed = 0; seed < runs; seed++) found.push(await measured(data, r, seed));
  const over = (measure: 'rmse' | 'mae'): number[] => found[0]!.folds.map((_, k) => meanOf(found.map((run) => each(run, measure)[k]!)));
  return { rmse: over('rmse'), mae: over('mae'), spread: `ours ${spreadWords(spreadOf(found.map((run) => overFolds(run.folds, 'all', 'rmse').mean!)))}` };
}

/** One line per fold, and the mean over folds, for RMSE and MAE. */
export function ratingLines(r: RatingRow, source: string, published: PublishedFolds, { rmse, mae, spread }: Errors & { spread?: string }, note = '', perFold = true): Claim[] {
  const claim = (what: string, theirs: number, ours: number, tolerance: number): Claim => ({ where: 'ML-100K, u1-u5', what: `${r.name}${note}: ${what}`, source, published: theirs, ours, tolerance, ...(spread ? { spread } : {}) });
  return [
    ...(perFold ? rmse.map((x, k) => claim(`RMSE, u${k + 1}`, published.rmse.per_fold[k]!, x, r.tolerance)) : []),
    claim('RMSE, mean of folds', published.rmse.mean_of_folds, meanOf(rmse), r.onMean),
    claim('MAE, mean of folds', published.mae.mean_of_folds, meanOf(mae), r.onMean),
  ];
}
