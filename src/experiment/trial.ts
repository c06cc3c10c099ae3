/** One trial of a search: fit on train, score on validation. The test set is never read: what scores gets a split without it. */
import type { TrialInput, TrialProgress, TrialRecord } from '../../workers/protocol';
import type { DataSet } from '../core/dataset';
import type { Estimate, Evaluation, SliceResult } from '../core/metric';
import type { AnyModelCard, Progress, Recommender, TrainData } from '../core/model';
import { Problem } from '../core/problem';
import { createRandom } from '../core/random';
import type { Split, SplitSpec } from '../core/split';
import type { TrialScore } from '../core/trial-score';
import { splitData, trainData } from '../data/split/split';
import { evaluate } from '../metrics/evaluation';
import { rank, rankingTask } from '../metrics/ranking';
import { membersOf } from '../models/members';
import { checkedParams } from './checked-params';
import { createBreather } from './macrotask';
import { compareOn, fitMembers } from './members';
import { ratingTrial } from './ratings/trial';
import { RunControl } from './run-control';
import { SELECT_BY } from './training';

export interface TrialRequest extends Omit<TrialInput, 'model' | 'testFile' | 'backend' | 'params'> {
  card: AnyModelCard;
  /** Unchecked: text where a number is meant is accepted. */
  params: Record<string, unknown>;
  testPairs?: { user: string[]; item: string[] };
}
export interface TrialHooks {
  signal?: AbortSignal;
  progress?: (p: TrialProgress) => void;
}

/** All of a split that a trial may see. */
export type SplitWithoutTest = Omit<Split, 'test' | 'summary'>;

/** The last split made: the trials of a search share one, and splitting large data takes longer than some fits. */
let lastSplit: { key: string; split: SplitWithoutTest; train: TrainData } | null = null;

function splitOf(data: DataSet, spec: SplitSpec, testPairs: TrialRequest['testPairs']): { split: SplitWithoutTest; train: TrainData } {
  // A test file is not part of the key, so its split is made anew.
  const key = testPairs ? '' : JSON.stringify([data.hash, spec]);
  if (lastSplit && key !== '' && lastSplit.key === key) return { split: lastSplit.split, train: { ...lastSplit.train, users: data.users, items: data.items } };
  const whole = splitData(data, spec, testPairs);
  const train = trainData(data, whole);
  const { test: _test, summary: _summary, ...split } = whole;
  lastSplit = { key, split, train };
  return { split, train };
}

/**
 * @throws Problem for settings or data that cannot work, or a split without validation; the signal's reason on cancel
 */
export async function runTrial(request: TrialRequest, hooks: TrialHooks = {}): Promise<TrialRecord> {
  const { card, data, text } = request;
  if (card.task === 'predict') return ratingTrial(request, hooks);
  if (card.needs.time && !data.interactions.time) throw new Problem(`${card.name} needs to know when interactions happened, and this data has no time column.`, { file: data.name }, 'Map a time column, or choose another model.');
  if (card.needs.text === 'required' && !text) throw new Problem(`${card.name} needs text vectors.`, {}, 'Embed a text column first, or choose another model.');
  const { split, train } = splitOf(data, request.split, request.testPairs);
  return scoreOnValidation({ ...request, split, train }, hooks);
}

export interface ScoreRequest extends Pick<TrialRequest, 'card' | 'params' | 'text' | 'seed' | 'patience'> {
  split: SplitWithoutTest;
  train: TrainData;
}

/** The part of a trial that fits and measures. Exported for the proof that it needs no test set. */
export async function scoreOnValidation({ card, params: given, text, seed, patience, split, train }: ScoreRequest, { signal = new AbortController().signal, progress = () => {} }: TrialHooks = {}): Promise<TrialRecord> {
  const started = performance.now();
  if (split.validation.user.length === 0) {
    throw new Problem('This split holds out no validation items, so there is nothing to choose settings by.', {}, 'Switch validation on in the split card of the Data screen.');
  }
  const params = checkedParams(card, given);
  const known = { user: train.user, item: train.item };
  const task = rankingTask(train.U, train.I, split.validation, [known], split.listed);
  const breathe = createBreather();
  const between = async (): Promise<void> => {
    await breathe();
    signal.throwIfAborted();
  };
  const evaluation = async (model: Pick<Recommender, 'score'>): Promise<Evaluation> => evaluate(await rank(model, task, { between }), split, 'validation');
  const measure = async (model: Pick<Recommender, 'score'>): Promise<SliceResult> => (await evaluation(model)).all;

  let best: { epoch: number; all: SliceResult } | null = null;
  let epochs = 0;
  const scoreOf = (all: SliceResult): number => all.metrics[SELECT_BY]?.value ?? Number.NaN;
  async function report(p: Progress): Promise<'continue' | 'stop'> {
    signal.throwIfAborted();
    if (p.kind === 'phase') progress({ label: p.label, fraction: p.total > 0 ? p.done / p.total : null });
    else progress({ label: `Epoch ${p.epoch} of ${p.epochs}`, fraction: p.epochs > 0 ? (p.kind === 'epoch' ? p.epoch : p.epoch - 1 + (p.total > 0 ? p.done / p.total : 0)) / p.epochs : null });
    if (p.kind === 'epoch') {
      epochs = p.epoch;
      const all = await measure(p.model);
      if (!best || scoreOf(all) > scoreOf(best.all)) best = { epoch: p.epoch, all };
    }
    await between();
    return p.kind === 'epoch' && patience > 0 && best && p.epoch - best.epoch >= patience ? 'stop' : 'continue';
  }

  const module = await card.load();
  const members = membersOf(card, params);
  const made = members.length > 0 && (await fitMembers({
    members, train, text, seed, patience, signal, breathe, control: new RunControl(),
    evaluate: evaluation,
    tell: (p) => p.kind === 'phase' && progress({ label: p.label, fraction: p.total > 0 ? p.done / p.total : null }),
  }));
  const recommender = await module.fit({
    train, text, params, random: createRandom(seed, 'fit'), signal, report, compare: compareOn(task, between), ...(made ? { members: made.members } : {}),
  });
  try {
    signal.throwIfAborted();
    const all = (best as { all: SliceResult } | null)?.all ?? (await measure(recommender));
    const [ndcg, hr] = [all.metrics[SELECT_BY], all.metrics['HR@10']];
    if (!ndcg || !hr || !Number.isFinite(ndcg.value)) throw new Problem(`${card.name} could not be scored with these settings: its scores are no numbers.`, {}, 'Narrow the range; a smaller learning rate often helps.');
    return { params, seed, splitHash: split.hash, n: all.n, score: scored(SELECT_BY, ndcg), beside: scored('HR@10', hr), epochs, bestEpoch: (best as { epoch: number } | null)?.epoch ?? null, seconds: (performance.now() - started) / 1000 };
  } finally {
    recommender.dispose?.();
  }
}

const scored = (metric: TrialScore['metric'], { value, low, high }: Estimate): TrialScore => ({ metric, value, low, high });
