/** What the serve worker answers: finished runs' models, brought back from stored weights and asked about people and items. */
import type { DataSet, TextVectors } from '../src/core/dataset';
import { itemIndex } from '../src/core/ids';
import type { AnyModelCard } from '../src/core/model';
import { messageOf, Problem } from '../src/core/problem';
import { createBreather } from '../src/experiment/macrotask';
import { checkDataOf, describeOpened, historyDetails, openServing, splitForServing, type ServedSplit, type Serving } from '../src/experiment/serve';
import { buildServeIndex, searchFacts } from '../src/experiment/serve-index';
import { recommend, scoresAndRanks } from '../src/experiment/serve-lists';
import { newItem } from '../src/experiment/serve-new-item';
import { why } from '../src/experiment/serve-why';
import { cardOf } from '../src/models/catalogue';
import { usesTensors } from '../src/models/members';
import type { ServeCalls, ServedRun } from './protocol';
import type { Handlers } from './rpc';
import { readWeights } from './weights-store';

/** Models open at once. */
const SHELF = 3;
/** Most recently used last. */
const open = new Map<string, Serving>();
let data: DataSet | null = null;
const texts = new Map<string, TextVectors>();
/** Splits of the data in use, so that models of one split share it. */
const splits = new Map<string, ServedSplit>();

function served(runId: string): Serving {
  const found = open.get(runId);
  if (!found) throw new Problem('This model is not open any more.', {}, 'Open it again.');
  open.delete(runId);
  open.set(runId, found);
  return found;
}

function letGo(runId: string): void {
  open.get(runId)?.dispose();
  open.delete(runId);
}

function card(id: string): AnyModelCard {
  try {
    return cardOf(id);
  } catch (error) {
    throw new Problem(messageOf(error), {}, 'This run was made by a build with other models: train it again here.');
  }
}

let engine: Promise<unknown> | null = null;
/** Scores for a few people need no graphics card, and the result must not depend on one. */
const startEngine = (): Promise<unknown> => (engine ??= import('../src/compute/backend').then((b) => b.chooseBackend('wasm', { threads: 1 }).catch(() => b.chooseBackend('cpu'))));

async function splitOf(run: ServedRun, of: DataSet, testFile: File | undefined): Promise<ServedSplit> {
  const key = JSON.stringify([run.split.spec, testFile ? [testFile.name, testFile.size, testFile.lastModified] : null]);
  const known = splits.get(key);
  if (known) return known;
  const testPairs = run.split.protocol === 'file' && testFile ? await (await import('../src/data/test-file')).readTestFile(testFile) : undefined;
  const made = splitForServing(of, run.split.spec, testPairs);
  if (splits.size >= SHELF) splits.delete(splits.keys().next().value!);
  splits.set(key, made);
  return made;
}

/** Opening is one at a time, so that two askers of one run do not restore it twice. */
let opening: Promise<unknown> = Promise.resolve();

export const handlers: Handlers<ServeCalls> = {
  open(input) {
    const turn = opening.then(() => openRun(input));
    opening = turn.catch(() => undefined);
    return turn;
  },

  data(input) {
    for (const runId of open.keys()) letGo(runId);
    splits.clear();
    texts.clear();
    data = input.data;
    return { hash: data.hash };
  },

  text({ key, text }) {
    texts.set(key, text);
    return { key };
  },

  close({ runId }) {
    letGo(runId);
    return { open: [...open.keys()] };
  },

  recommend: ({ runId, people, options }) => recommend(served(runId), people, options),
  scores: ({ runId, people, items, seen }) => scoresAndRanks(served(runId), people, items, seen),
  history: ({ runId, user }) => historyDetails(served(runId), user),

  async similarItems({ runId, item, k }) {
    const { recommender, run } = served(runId);
    if (!recommender.similarItems) throw new Problem(`${run.model.id} does not say which items are alike.`, {}, 'Ask another model.');
    return recommender.similarItems(itemIndex(item), k);
  },

  why: ({ runId, person, item }) => why(served(runId), person, item),

  async vectors({ runId }, ctx) {
    const { recommender, run } = served(runId);
    if (!recommender.vectors) throw new Problem(`${run.model.id} has no vectors of items: it compares them pair by pair.`, {}, 'Map the text vectors, or choose a model with factors.');
    const { users, items } = await recommender.vectors();
    // Copies: the model may hold on to what it gave.
    const copy = { users: { ...users, data: users.data.slice() }, items: { ...items, data: items.data.slice() } };
    ctx.transfer([copy.users.data.buffer, copy.items.data.buffer]);
    return copy;
  },

  searchFacts: ({ runId }) => searchFacts(served(runId)),

  async buildIndex({ runId, plan }, { signal, progress }) {
    const breathe = createBreather();
    const began = performance.now();
    const bytes = await buildServeIndex(served(runId), plan, async (share) => {
      progress({ share });
      await breathe();
      signal.throwIfAborted();
    });
    return { bytes, seconds: (performance.now() - began) / 1000 };
  },

  newItem({ runId, item, show }, { signal, progress }) {
    const breathe = createBreather();
    return newItem(served(runId), item, show, {
      async between(done, total) {
        progress({ done, total });
        await breathe();
        signal.throwIfAborted();
      },
    });
  },
};

async function openRun({ run, dataHash, textKey, testFile, state: given }: ServeCalls['open'][0]): Promise<ServeCalls['open'][1]> {
  const known = open.get(run.id);
  if (known && data?.hash === dataHash && known.run.split.hash === run.split.hash) return { status: 'open', opened: describeOpened(served(run.id)) };
  const needs = { data: data?.hash !== dataHash, text: textKey !== null && !texts.has(textKey) };
  if (data && !needs.data) checkDataOf(run, data.hash, data.name);
  if (!data || needs.data || needs.text) return { status: 'needs', data: needs.data, text: textKey !== null && (needs.data || needs.text) };
  const state = given ?? (await readWeights(run.id));
  if (!state) return { status: 'absent' };
  const chosen = card(run.model.id);
  if (usesTensors(chosen, run.model.params)) await startEngine();
  const serving = await openServing({ run, card: chosen, state, data, text: textKey === null ? null : (texts.get(textKey) ?? null) }, await splitOf(run, data, testFile));
  letGo(run.id);
  open.set(run.id, serving);
  for (const oldest of [...open.keys()].slice(0, Math.max(0, open.size - SHELF))) letGo(oldest);
  return { status: 'open', opened: describeOpened(serving) };
}
