/** How a split is measured: who is ranked against what, for models and for the lines drawn beside them. */
import { cardOf } from '../models/catalogue';
import type { DataSet } from '../core/dataset';
import type { Evaluation } from '../core/metric';
import type { Recommender, TrainData } from '../core/model';
import { defaultsOf } from '../core/params';
import { createRandom } from '../core/random';
import type { BaselineLine, RunRecord } from '../core/run';
import type { HeldOut, Split } from '../core/split';
import { evaluate } from '../metrics/evaluation';
import { randomExpectation } from '../metrics/random-expectation';
import { rank, rankingTask, type RankingOptions, type RankingTask } from '../metrics/ranking';

export interface Measuring {
  /** Null where the split has no validation items. */
  validation: RankingTask | null;
  test: RankingTask;
  split: Split;
  /** Validation items are known at the test: no candidates, and the newest item of a history for models that read one in order. */
  validationKnown: boolean;
}

type Scored = Pick<Recommender, 'score' | 'scoreForTest'>;
/** The model as the test asks it. */
const asTested = (model: Scored, m: Measuring): Pick<Recommender, 'score'> =>
  model.scoreForTest && m.validationKnown ? { score: (users, out) => model.scoreForTest!(users, out) } : model;

/**
 * Candidates at validation: all items minus the user's train items. At the test the validation items are left out too,
 * unless `maskValidation` is false (they then stay in as distractors, as some published procedures have it).
 * Where the split lists candidates, both are ranked among the user's listed items instead, so that curve and test are on one scale.
 */
export function measuring(train: TrainData, split: Split, maskValidation: boolean): Measuring {
  const known: HeldOut = { user: train.user, item: train.item };
  return {
    split,
    validationKnown: maskValidation,
    validation: split.validation.user.length > 0 ? rankingTask(train.U, train.I, split.validation, [known], split.listed) : null,
    test: rankingTask(train.U, train.I, split.test, maskValidation ? [known, split.validation] : [known], split.listed),
  };
}

export async function measure(model: Scored, on: 'validation' | 'test', m: Measuring, options: RankingOptions = {}): Promise<Evaluation | null> {
  const task = m[on];
  return task && evaluate(await rank(on === 'test' ? asTested(model, m) : model, task, options), m.split, on);
}

/** How many items of each list the measures beyond accuracy look at. */
export const LIST_LENGTH = 10;

/** Ranks of more users are not kept with a run: its document would be mostly those. */
const MOST_RANKS = 10_000;

export interface TestOutcome {
  evaluation: Evaluation;
  /** What the same scores put before each user: of all items not seen, also where ranks are among listed items. */
  lists: Int32Array[];
  perUser: RunRecord['perUser'];
}

export async function measureTest(model: Scored, m: Measuring, options: RankingOptions = {}): Promise<TestOutcome> {
  const ranking = await rank(asTested(model, m), m.test, { ...options, listLength: LIST_LENGTH });
  const users = ranking.users.length;
  // Every user has at least one target, so as many targets as users means one each.
  const { cold, itemDegree } = m.split;
  const letter = (item: number): string => (cold[item] === 0 ? 'w' : itemDegree[item] === 0 ? 'n' : 'c');
  const perUser = users <= MOST_RANKS && ranking.targets.length === users
    ? { users, ranks: Array.from(ranking.ranks), slices: Array.from(ranking.targets, letter).join('') }
    : undefined;
  return { evaluation: evaluate(ranking, m.split, 'test'), lists: ranking.lists, perUser };
}

/** Ranks by the true affinity that only a generator knows: ⟨user, item⟩. The ceiling of demo runs. */
function oracle(truth: NonNullable<DataSet['truth']>, I: number): Pick<Recommender, 'score'> {
  const { dim, users, items } = truth;
  return {
    score(batch, out) {
      batch.forEach((u, b) => {
        for (let i = 0; i < I; i++) {
          let sum = 0;
          for (let d = 0; d < dim; d++) sum += users[u * dim + d]! * items[i * dim + d]!;
          out[b * I + i] = sum;
        }
      });
    },
  };
}

/**
 * @param curve what a run's epochs are measured on, so that its chart's lines are comparable
 * @returns the lines, and popularity's test lists, to compare a model's with
 */
export async function baselineLines(
  data: DataSet, train: TrainData, m: Measuring, curve: 'validation' | 'test', signal: AbortSignal, options: RankingOptions,
): Promise<{ lines: BaselineLine[]; popularLists: Int32Array[] }> {
  const lines: BaselineLine[] = [];
  const add = async (id: BaselineLine['id'], model: Pick<Recommender, 'score'>): Promise<Int32Array[]> => {
    const { evaluation: test, lists } = await measureTest(model, m, options);
    lines.push({ id, test, validation: curve === 'test' ? test : await measure(model, 'validation', m, options) });
    return lists;
  };
  const card = cardOf('popularity');
  const popularity = await (await card.load()).fit({
    train, text: null, params: defaultsOf(card.params), random: createRandom(0), signal, report: async () => 'continue',
  });
  const popularLists = await add('popularity', popularity);
  popularity.dispose?.();

  // Needs no scores: the expectation over all orders follows from the number of candidates alone.
  const nothing: Pick<Recommender, 'score'> = { score: (_, out) => void out.fill(0) };
  const expected = async (task: RankingTask, what: string): Promise<Evaluation> => randomExpectation(await rank(nothing, task, options), m.split, what);
  const test = await expected(m.test, 'test');
  lines.push({ id: 'random', test, validation: curve === 'test' ? test : m.validation && (await expected(m.validation, 'validation')) });

  if (data.truth) await add('oracle', oracle(data.truth, train.I));
  return { lines, popularLists };
}
