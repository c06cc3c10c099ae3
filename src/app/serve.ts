/**
 * Finished runs' models, asked about people and items. `openModel(runId)` brings one back in the serve worker;
 * the handle it gives opens it again by itself when three others have pushed it out meanwhile.
 */
import type { ItemIndex } from '../core/ids';
import type { Matrix, ModelState, NewItem, Ranked } from '../core/model';
import { Problem } from '../core/problem';
import type { RunRecord } from '../core/run';
import type { IndexPlan } from '../retrieval/plan';
import type { ListOptions, ModelAbilities, NewItemAnswer, OpenAnswer, OpenedModel, SearchFacts, ServeCalls, ServedHistory, ServedList, ServedPerson, ServedWhy, TrainProgress, TrainerCalls } from '../../workers/protocol';
import { connect, type CallOptions, type Client, type WorkerLike } from '../../workers/rpc';
import { runs } from './runs';
import { settings } from './settings';
import { held, vectorKey } from './workspace';

const serveWorker = connect<ServeCalls>(() => new Worker(new URL('../../workers/serve.worker.ts', import.meta.url), { type: 'module', name: 'serve' }) as unknown as WorkerLike);

/** The weights of a run are not on this device (too big, pushed out, or the run came from a file). Fit it again to ask it. */
export class MissingWeights extends Problem {
  constructor(readonly run: RunRecord) {
    super(`The weights of "${run.name}" are not stored on this device.`, {}, 'Fit it again with the same settings to ask it; the run itself stays as it is.');
    this.name = 'MissingWeights';
  }
}

export const DEFAULT_LIST: ListOptions = { k: 10, seen: 'measured', discovery: 0, diversity: 0, without: [], only: [] };

/** A finished run's model. Which of the calls it can answer is in `can`; the others reject with a Problem that says so. */
export interface Served {
  run: RunRecord;
  can: ModelAbilities;
  /** What `diversity` compares items by. */
  likeness: OpenedModel['likeness'];
  itemDegree: Int32Array; // [I]
  userDegree: Int32Array; // [U]
  /** Users with a test item, ascending: the order of a run's `perUser.ranks`. */
  testUsers: Int32Array;
  /** 0 warm, 1 cold, 2 strictly new. */
  temperature: Uint8Array; // [I]
  /** One list per person: a user of the data, or a history of items where the model folds in. */
  recommend(people: readonly ServedPerson[], options?: Partial<ListOptions>, call?: CallOptions<never>): Promise<ServedList[]>;
  /** The first ten for somebody who has these items: `recommend` for one history. */
  foldIn(history: readonly ItemIndex[] | readonly number[], options?: Partial<ListOptions>): Promise<ServedList>;
  scores(people: readonly ServedPerson[], items: readonly number[], seen?: ListOptions['seen']): Promise<{ scores: Float32Array; ranks: Int32Array }>;
  history(user: number): Promise<ServedHistory>;
  similarItems(item: number, k: number): Promise<Ranked>;
  explain(person: ServedPerson, item: number): Promise<ServedWhy>;
  vectors(): Promise<{ users: Matrix; items: Matrix }>;
  /** Whether `ListOptions.search` can be served, and over how many vectors of what length. */
  searchFacts(): Promise<SearchFacts>;
  buildIndex(plan: IndexPlan, call?: CallOptions<{ share: number }>): Promise<{ bytes: number; seconds: number }>;
  newItem(item: NewItem, show: number, call?: CallOptions<{ done: number; total: number }>): Promise<NewItemAnswer>;
}

function findRun(runId: string): RunRecord {
  const run = runs.store.getState().runs.find((r) => r.id === runId);
  if (!run) throw new Problem('This run is not in the list of runs.', { value: runId }, 'Choose one that is, or train it.');
  return run;
}

/** The run's own text vectors; for a model without text the first there are, to compare items by. */
function textKeyFor(run: RunRecord): string | null {
  if (!run.text) return [...held.vectors.keys()].find((k) => /^lyrics/i.test(k)) ?? held.vectors.keys().next().value ?? null;
  const key = vectorKey(run.text);
  if (!held.vectors.has(key)) throw new Problem(`"${run.name}" reads the text vectors "${key}", and they are not in the workspace.`, {}, 'Embed that column with that encoder on the Text screen.');
  return key;
}

async function open(run: RunRecord, state?: ModelState): Promise<OpenedModel> {
  const data = held.data;
  if (!data) throw new Problem('No data are open, so there is nobody to recommend to.', {}, 'Open the demo or your own files on the Data screen.');
  if (run.data.hash !== data.hash) {
    throw new Problem(`"${run.name}" was trained on other data (${run.data.name}) than "${data.name}", which is open now.`, {}, 'Open that data with the same cleaning, or choose a run of the data in use.');
  }
  const textKey = textKeyFor(run);
  const { id, name, data: facts, split, model, text, measured } = run;
  const testFile = split.protocol === 'file' ? (held.testFile ?? undefined) : undefined;
  const ask = (): Promise<OpenAnswer> =>
    serveWorker.call('open', { run: { id, name, data: facts, split, model, text, measured }, dataHash: data.hash, textKey, ...(testFile ? { testFile } : {}), ...(state ? { state } : {}) });
  let answer = await ask();
  // The worker may have been started afresh, or hold other data: it says what it lacks.
  for (let tries = 0; answer.status === 'needs' && tries < 2; tries++) {
    if (answer.data) await serveWorker.call('data', { data });
    const vectors = textKey === null ? undefined : held.vectors.get(textKey);
    if (answer.text && textKey !== null && vectors) await serveWorker.call('text', { key: textKey, text: vectors });
    answer = await ask();
  }
  if (answer.status === 'open') return answer.opened;
  if (answer.status === 'absent') throw new MissingWeights(run);
  throw new Problem('The data changed while a model was being opened.', {}, 'Try again.');
}

/**
 * Brings a finished run's model back. COMPARE and Recommend use it alike.
 * @throws MissingWeights when its weights are not stored here: offer `fitAgain`; Problem when the run is of other data, or its text vectors are gone
 */
export async function openModel(runId: string): Promise<Served> {
  const run = findRun(runId);
  const opened = await open(run);
  return served(run, opened);
}

function served(run: RunRecord, opened: OpenedModel): Served {
  const runId = run.id;
  async function call<K extends keyof ServeCalls & string>(name: K, input: ServeCalls[K][0], options?: CallOptions<ServeCalls[K][2]>): Promise<ServeCalls[K][1]> {
    try {
      return await serveWorker.call(name, input, options);
    } catch (error) {
      if (!(error instanceof Problem && error.what.startsWith('This model is not open'))) throw error;
      await open(run);
      return serveWorker.call(name, input, options);
    }
  }
  const recommend: Served['recommend'] = (people, options = {}, rest) => call('recommend', { runId, people: [...people], options: { ...DEFAULT_LIST, ...options } }, rest);
  const { can, likeness, itemDegree, userDegree, testUsers, temperature } = opened;
  return {
    run, can, likeness, itemDegree, userDegree, testUsers, temperature,
    recommend,
    foldIn: async (history, options) => (await recommend([{ history: [...history] }], options))[0]!,
    scores: (people, items, seen = 'measured') => call('scores', { runId, people: [...people], items: [...items], seen }),
    history: (user) => call('history', { runId, user }),
    similarItems: (item, k) => call('similarItems', { runId, item, k }),
    explain: (person, item) => call('why', { runId, person, item }),
    vectors: () => call('vectors', { runId }),
    searchFacts: () => call('searchFacts', { runId }),
    buildIndex: (plan, rest) => call('buildIndex', { runId, plan }, rest),
    newItem: (item, show, rest) => call('newItem', { runId, item, show }, rest),
  };
}

/**
 * Fits a run again with its own settings, in a worker of its own, and opens it. The stored record is left alone.
 * @throws Problem when the data or vectors it needs are not open; the signal's reason on cancel
 */
export async function fitAgain(runId: string, options: CallOptions<TrainProgress> = {}): Promise<Served> {
  const run = findRun(runId);
  const data = held.data;
  if (!data || run.data.hash !== data.hash) throw new Problem(`"${run.name}" was trained on other data (${run.data.name}).`, {}, 'Open that data with the same cleaning first.');
  const textKey = run.text ? textKeyFor(run) : null;
  const client: Client<TrainerCalls> = connect<TrainerCalls>(() => new Worker(new URL('../../workers/trainer.worker.ts', import.meta.url), { type: 'module', name: 'fit again' }) as unknown as WorkerLike);
  try {
    await client.call(
      'train',
      {
        runId, name: run.name, data, split: run.split.spec, ...(run.split.protocol === 'file' && held.testFile ? { testFile: held.testFile } : {}),
        model: run.model.id, params: run.model.params, text: textKey === null ? null : (held.vectors.get(textKey) ?? null), seed: run.seed,
        patience: run.measured?.patience ?? 0, selection: run.selection === 'test' ? 'test' : 'validation', maskValidation: run.measured?.maskValidation ?? true,
        backend: settings.getState().backend, build: run.build,
      },
      options,
    );
    try {
      return await openModel(runId);
    } catch (error) {
      if (!(error instanceof MissingWeights)) throw error;
      // They did not fit into storage: handed over directly, they last as long as this visit.
      const state = await client.call('weights', { runId });
      if (!state) throw error;
      return served(run, await open(run, state));
    }
  } finally {
    client.restart(); // its tensors and the data it holds go with it
  }
}
