/** npm run experiment with a model of ratings. */
import type { DataSet } from '../../core/dataset';
import type { AnyModelCard } from '../../core/model';
import { Problem } from '../../core/problem';
import type { FoldSpec, RatingProgress, RatingRun } from '../../core/rating-run';
import type { ColdRule } from '../../core/split';
import { usualFolds } from './folds';
import type { RatingOptions } from './options';
import { rate } from './rate';

/** What the card does, unless something else was asked for. @throws Problem when it cannot do that */
export function isPrediction(card: AnyModelCard, { task }: RatingOptions): boolean {
  if (task !== null && task !== card.task) {
    throw new Problem(`${card.name} ${card.task === 'predict' ? 'predicts ratings and does not rank' : 'ranks items and predicts no ratings'}.`, {}, `Leave --task out or use --task ${card.task}; --list-models says what each model does.`);
  }
  return card.task === 'predict';
}

interface Asked { card: AnyModelCard; params: Record<string, unknown>; ratings: RatingOptions; cold: ColdRule; seed: number; build: string; tuned?: NonNullable<RatingRun['tuned']>; say(line: string): void }

export const foldsAsked = (data: DataSet, { folds, seed }: RatingOptions): FoldSpec => folds ?? usualFolds(data, seed);

export async function ratingRun(data: DataSet, { card, params, ratings, cold, seed, build, tuned, say }: Asked): Promise<RatingRun> {
  const stop = new AbortController();
  process.once('SIGINT', () => {
    say('Ending now; folds that are done are kept. Press again to abandon the run.');
    stop.abort();
  });
  const folds = foldsAsked(data, ratings);
  return rate(
    { runId: `${card.id}-${data.hash.slice(0, 8)}-${seed}-${Date.now().toString(36)}`, name: `${card.name} on ${data.name}`, data, card, params, folds, cold, seed, build, ...(tuned ? { tuned } : {}) },
    { stop: stop.signal, progress: (p) => tell(p, say) },
  );
}

function tell(p: RatingProgress, say: (line: string) => void): void {
  if (p.kind === 'ready') say(`${p.name} …`);
  if (p.kind === 'epoch') say(`fold ${p.fold + 1}  epoch ${p.epoch}/${p.epochs}  RMSE train ${p.train?.toFixed(4) ?? '–'}  test ${p.test?.toFixed(4) ?? '–'}`);
  if (p.kind === 'fold') say(`fold ${p.result.fold + 1}  RMSE ${p.result.slices.all.rmse!.toFixed(4)}  MAE ${p.result.slices.all.mae!.toFixed(4)}  ${p.result.seconds.fit.toFixed(2)} s`);
}
