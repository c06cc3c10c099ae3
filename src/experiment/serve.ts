/**
 * A finished run's model brought back to answer questions about people and items: no page and no worker here.
 * The split is made again from the run's own rules, so "has", "held out", warm and cold mean what they meant when it was measured.
 */
import type { ModelAbilities, OpenedModel, ServedHistory, ServedPerson, ServedRun } from '../../workers/protocol';
import type { DataSet, TextVectors } from '../core/dataset';
import { itemIndex } from '../core/ids';
import type { AnyModelCard, ModelState, Recommender, TrainData } from '../core/model';
import { parseParams } from '../core/params';
import { messageOf, Problem } from '../core/problem';
import type { Split } from '../core/split';
import { splitData, trainData } from '../data/split/split';
import { transpose, type Csr } from '../math/csr';
import { profileOf, trainMatrix } from '../math/train-matrix';
import { itemSets, type ItemSets } from '../metrics/item-sets';
import { restoreModel } from '../models/members';
import type { ServeIndex } from './serve-index';
import { likenessOf, type Likeness } from './serve-likeness';

export interface ServeInput {
  run: ServedRun;
  card: AnyModelCard;
  state: ModelState;
  data: DataSet;
  /** Vectors of the run's text column, or, for a model without text, any that items may be compared by. */
  text: TextVectors | null;
  /** For the split 'file'. */
  testPairs?: { user: string[]; item: string[] };
}

/** A data set split as a run had it. Models of one split share it. */
export interface ServedSplit {
  data: DataSet;
  split: Split;
  train: TrainData;
  /** Who has what in train: rows are users, and its transpose. */
  has: Csr; // [U, I]
  hadBy: Csr; // [I, U]
  trainSets: ItemSets;
  validationSets: ItemSets;
  testSets: ItemSets;
}

export interface Serving {
  run: ServedRun;
  recommender: Recommender;
  on: ServedSplit;
  can: ModelAbilities;
  text: TextVectors | null;
  likeness: Likeness;
  /** Whether the run's test left validation items out of the candidates. */
  maskValidation: boolean;
  /** Of the items' vectors, where one was built. */
  index: ServeIndex | null;
  dispose(): void;
}

export function splitForServing(data: DataSet, spec: ServedRun['split']['spec'], testPairs?: ServeInput['testPairs']): ServedSplit {
  const split = splitData(data, spec, testPairs);
  const train = trainData(data, split);
  const has = trainMatrix(train);
  return {
    data, split, train, has, hadBy: transpose(has),
    trainSets: itemSets(train.U, [{ user: train.user, item: train.item }]),
    validationSets: itemSets(train.U, [split.validation]),
    testSets: itemSets(train.U, [split.test]),
  };
}

/** @throws Problem when the run belongs to other data */
export function checkDataOf(run: Pick<ServedRun, 'name' | 'data'>, dataHash: string, dataName: string): void {
  if (run.data.hash === dataHash) return;
  throw new Problem(
    `"${run.name}" was trained on other data (${run.data.name}, ${run.data.counts.users.toLocaleString('en-US')} users and ${run.data.counts.items.toLocaleString('en-US')} items after cleaning) than "${dataName}", which is open now.`,
    {}, 'Open that data with the same cleaning on the Data screen, or choose a run of the data in use.',
  );
}

/**
 * @param on the split made before, where one is at hand
 * @throws Problem when the run belongs to other data or another split, lacks its text vectors, or its weights do not fit
 */
export async function openServing(input: ServeInput, on?: ServedSplit): Promise<Serving> {
  const { run, card, state, data } = input;
  checkDataOf(run, data.hash, data.name);
  const served = on ?? splitForServing(data, run.split.spec, input.testPairs);
  if (served.split.hash !== run.split.hash) {
    throw new Problem(
      `Splitting this data by the rules of "${run.name}" gives other held-out items than the run had.`,
      {}, run.split.protocol === 'file' ? 'Give the same test file on the Data screen.' : 'It was made by a build that split differently: train it again.',
    );
  }
  const text = textFor(run, input.text, served.train.I);
  const own = run.text ? text : null;
  let recommender: Recommender;
  try {
    recommender = await restoreModel(card, state, { train: served.train, text: own, params: parseParams(card.params, run.model.params) });
  } catch (error) {
    throw new Problem(`The stored weights of "${run.name}" could not be read: ${messageOf(error)}`, {}, 'Fit it again.');
  }
  const can: ModelAbilities = {
    similarItems: recommender.similarItems !== undefined,
    foldIn: recommender.foldIn !== undefined,
    explain: recommender.explain !== undefined,
    vectors: recommender.vectors !== undefined,
    newItem: recommender.scoreNewItem !== undefined,
  };
  return {
    run, recommender, on: served, can, text,
    likeness: await likenessOf(text, recommender, served.hadBy),
    maskValidation: run.measured?.maskValidation ?? true,
    index: null,
    dispose: () => recommender.dispose?.(),
  };
}

function textFor(run: ServedRun, text: TextVectors | null, I: number): TextVectors | null {
  const wanted = run.text;
  if (wanted && (text?.column !== wanted.column || text.encoder !== wanted.encoder)) {
    throw new Problem(`"${run.name}" reads the text vectors of "${wanted.column}" by ${wanted.encoder}, and they are not in the workspace.`, {}, 'Embed that column with that encoder on the Text screen.');
  }
  return text && text.vectors.length === I * text.dim ? text : null;
}

export function describeOpened({ run, can, likeness, on }: Serving): OpenedModel {
  const { U, I, itemDegree } = on.train;
  return {
    runId: run.id,
    can,
    likeness: likeness.by,
    itemDegree: itemDegree.slice(),
    userDegree: Int32Array.from({ length: U }, (_, u) => on.trainSets.start[u + 1]! - on.trainSets.start[u]!),
    testUsers: Int32Array.from({ length: U }, (_, u) => u).filter((u) => on.testSets.start[u + 1]! > on.testSets.start[u]!),
    temperature: Uint8Array.from({ length: I }, (_, i) => (itemDegree[i] === 0 ? 2 : on.split.cold[i]!)),
  };
}

/** Items of user u in one of the sets, ascending. */
export const ofUser = (sets: ItemSets, u: number): Int32Array => sets.items.subarray(sets.start[u]!, sets.start[u + 1]!);

/** Items the person has, as the model may know them. @throws Problem for a user or item that is not there */
export function historyOf({ on }: Serving, person: ServedPerson): Int32Array {
  if ('history' in person) {
    const outside = person.history.find((i) => !Number.isInteger(i) || i < 0 || i >= on.train.I);
    if (outside !== undefined) throw new Problem(`There is no item number ${outside}.`, {}, `Items are numbered 0 to ${on.train.I - 1}.`);
    return profileOf(person.history, on.train.I);
  }
  checkUser(on, person.user);
  return ofUser(on.trainSets, person.user);
}

function checkUser({ train }: ServedSplit, user: number): void {
  if (!Number.isInteger(user) || user < 0 || user >= train.U) throw new Problem(`There is no user number ${user}.`, {}, `Users are numbered 0 to ${train.U - 1}.`);
}

/**
 * One row of scores per person.
 * @param forTest as the test had them: models that read a history in order know the validation item then
 * @returns row-major [people, I]. @throws Problem when a history is asked about and the model cannot fold in.
 */
export async function scoresOf(serving: Serving, people: readonly ServedPerson[], forTest = false): Promise<Float32Array> {
  const { I } = serving.on.train;
  const out = new Float32Array(people.length * I);
  const known: { user: number; row: number }[] = [];
  people.forEach((person, row) => {
    if ('user' in person) {
      checkUser(serving.on, person.user);
      known.push({ user: person.user, row });
      return;
    }
    const history = historyOf(serving, person);
    if (!serving.recommender.foldIn) throw new Problem(`${serving.run.model.id} cannot take in somebody who was not there when it was trained.`, {}, 'Choose a model that folds new users in, such as ItemKNN, EASE or ALS.');
    serving.recommender.foldIn(Array.from(history, itemIndex)).score(out.subarray(row * I, (row + 1) * I));
  });
  if (known.length === 0) return out;
  const scores = known.length === people.length ? out : new Float32Array(known.length * I);
  const users = Int32Array.from(known, (k) => k.user);
  const { recommender } = serving;
  await (forTest && recommender.scoreForTest ? recommender.scoreForTest(users, scores) : recommender.score(users, scores));
  if (scores !== out) known.forEach(({ row }, n) => out.set(scores.subarray(n * I, (n + 1) * I), row * I));
  return out;
}

/** What a user has in train (with times and values where there are any) and what was held out. */
export function historyDetails({ on }: Serving, user: number): ServedHistory {
  checkUser(on, user);
  const { train } = on;
  const byItem = new Map<number, { item: number; time: number | null; value: number | null }>();
  for (let n = train.userStart[user]!; n < train.userStart[user + 1]!; n++) {
    const item = train.item[n]!;
    const before = byItem.get(item);
    const time = train.time?.[n] ?? null;
    const value = train.value?.[n] ?? null;
    byItem.delete(item); // the last time counts for the order
    byItem.set(item, { item, time, value: before?.value != null && value !== null ? before.value + value : value });
  }
  return { train: [...byItem.values()], validation: [...ofUser(on.validationSets, user)], test: [...ofUser(on.testSets, user)] };
}
