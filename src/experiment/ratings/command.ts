/** npm run experiment with a model of ratings: once, or once for each seed, after a search where one is asked for. Node only. */
import { version } from '../../../package.json';
import type { DataSet } from '../../core/dataset';
import type { AnyModelCard } from '../../core/model';
import { Problem } from '../../core/problem';
import type { FoldSpec, RatingProgress, RatingRun } from '../../core/rating-run';
import { endGently } from '../interrupt';
import { say } from '../progress-lines';
import type { Asked } from '../ranking-command';
import { deliver } from '../result-file';
import { tuneFirst } from '../search-command';
import { overSeeds } from '../seed-runs';
import { usualFolds } from './folds';
import type { RatingOptions } from './options';
import { rate } from './rate';
import { ratingSeedsTable, ratingTable } from './table';

/** What the card does, unless something else was asked for. @throws Problem when it cannot do that */
export function isPrediction(card: AnyModelCard, { task }: RatingOptions, given: readonly string[] = []): boolean {
  const ofRatings = ['folds', 'folds-seed', 'holdout-share'].find((name) => given.includes(name));
  if (ofRatings !== undefined && card.task === 'rank') throw new Problem(`${card.name} ranks items, and --${ofRatings} is for models that predict ratings.`, {}, 'Say how to split with --split, or choose a model that --list-models marks with --task predict.');
  if (given.includes('test') && card.task === 'predict') throw new Problem(`${card.name} predicts ratings, which are tested over folds.`, {}, 'Use --folds holdout instead of --test, or a model that ranks.');
  if (task !== null && task !== card.task) {
    throw new Problem(`${card.name} ${card.task === 'predict' ? 'predicts ratings and does not rank' : 'ranks items and predicts no ratings'}.`, {}, `Leave --task out or use --task ${card.task}; --list-models says what each model does.`);
  }
  return card.task === 'predict';
}

const foldsAsked = (data: DataSet, { folds, seed }: RatingOptions): FoldSpec => folds ?? usualFolds(data, seed);

/** Say something of a ranking alone. */
const OF_RANKING = ['split', 'split-seed', 'test-share', 'validation-share', 'validation', 'patience', 'text-column', 'encoder', 'backend', 'kernels'];

/** @throws Problem for settings or data that cannot work, or when it was stopped before the first fold was done */
export async function ratingRuns({ o, card, chosen, data, target }: Asked): Promise<void> {
  const idle = OF_RANKING.filter((name) => o.given.includes(name)).map((name) => `--${name}`);
  if (idle.length > 0) say(`${card.name} predicts ratings over folds: ${idle.join(', ')} ${idle.length === 1 ? 'is' : 'are'} ignored.`);
  const folds = foldsAsked(data, o.ratings);
  const { params } = chosen;
  let ended = false;
  if (o.search) endGently('Ending after the present trial; the best so far is then run in full.', () => (ended = true));
  const search = o.search && (await tuneFirst(o.search, { data, split: o.split, card, params, text: null, seed: o.seed, patience: o.patience, folds }, say, () => ended));
  const stop = new AbortController();
  endGently('Ending now; folds that are done are kept.', () => stop.abort());
  const records = await overSeeds(o, card, () => stop.signal.aborted, (seed): Promise<RatingRun> => {
    if (o.seeds) say(`Seed ${seed} …`);
    return rate(
      { runId: `${card.id}-${data.hash.slice(0, 8)}-${seed}-${Date.now().toString(36)}`, name: `${card.name} on ${data.name}`, data, card, params, ...search, folds, cold: o.split.cold, seed, build: version },
      { stop: stop.signal, progress: tell },
    );
  });
  const first = records[0]!;
  deliver(o.json, target, o.seeds ? records : first, records.length > 1 ? ratingSeedsTable(records) : ratingTable(first), say);
}

function tell(p: RatingProgress): void {
  if (p.kind === 'ready') say(`${p.name} …`);
  if (p.kind === 'epoch') say(`fold ${p.fold + 1}  epoch ${p.epoch}/${p.epochs}  RMSE train ${p.train?.toFixed(4) ?? '–'}  test ${p.test?.toFixed(4) ?? '–'}`);
  if (p.kind === 'fold') say(`fold ${p.result.fold + 1}  RMSE ${p.result.slices.all.rmse!.toFixed(4)}  MAE ${p.result.slices.all.mae!.toFixed(4)}  ${p.result.seconds.fit.toFixed(2)} s`);
}
