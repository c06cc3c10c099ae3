import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../compute/load-backend';
import { DEFAULT_SPLIT } from '../core/split';
import type { ListOptions } from '../../workers/protocol';
import { catalogue, cardOf } from '../models/catalogue';
import { checkerboard, textOf } from '../models/small-world';
import { runExperiment, type ExperimentInput } from './experiment';
import { historyDetails, openServing, scoresOf, type Serving } from './serve';
import { recommend, scoresAndRanks } from './serve-lists';
import { newItem } from './serve-new-item';
import { why } from './serve-why';

const world = checkerboard();
const SMALL: Record<string, number> = { epochs: 2, embedding: 8, output: 8, negatives: 3, batch: 32, trees: 5, factors: 4, iterations: 2 };
const plain: ListOptions = { k: 5, seen: 'measured', discovery: 0, diversity: 0, without: [], only: [] };

async function fitAndOpen(id: string): Promise<{ serving: Serving; ranks: number[]; users: number }> {
  const card = cardOf(id);
  const text = card.needs.text ? world.text : null;
  const input: ExperimentInput = {
    runId: id, name: id, data: world.data, split: DEFAULT_SPLIT, card, text,
    params: Object.fromEntries(Object.entries(SMALL).filter(([name]) => card.params[name]?.kind === 'int')),
    seed: 3, patience: 0, selection: 'validation', maskValidation: true, backend: 'wasm', build: '0',
  };
  const { record, recommender } = await runExperiment(input);
  const state = structuredClone(await recommender.save());
  recommender.dispose?.();
  const serving = await openServing({ run: record, card, state, data: world.data, text: text ?? world.text });
  return { serving, ranks: record.perUser!.ranks, users: record.perUser!.users };
}

beforeAll(() => loadBackend('wasm'), 60_000);

describe.each(catalogue.filter((c) => c.task === 'rank').map((c) => c.id))('%s brought back from its weights', (id) => {
  it('ranks every held-out item where the experiment ranked it, and its list holds no item the user has', async () => {
    const { serving, ranks, users } = await fitAndOpen(id);
    const people = Array.from({ length: users }, (_, user) => ({ user }));
    const lists = await recommend(serving, people, plain);
    expect(lists.map((l) => l.heldOut.find((h) => h.part === 'test')!.rank)).toEqual(ranks);
    lists.forEach((list, user) => {
      const { train, validation } = historyDetails(serving, user);
      expect([...list.items].filter((i) => train.some((t) => t.item === i) || validation.includes(i))).toEqual([]);
      expect([...list.places]).toEqual([1, 2, 3, 4, 5].slice(0, list.items.length));
    });
    serving.dispose();
  }, 60_000);

  it('where it folds in, the history of a trained user gives that user’s list, if the model knows users by their history alone', async () => {
    const { serving } = await fitAndOpen(id);
    const history = historyDetails(serving, 3).train.map((t) => t.item);
    if (!serving.can.foldIn) {
      await expect(scoresOf(serving, [{ history }])).rejects.toThrow('cannot take in somebody');
    } else {
      const [folded, own] = [await scoresOf(serving, [{ history }]), await scoresOf(serving, [{ user: 3 }])];
      expect(folded.every(Number.isFinite)).toBe(true);
      if (BY_HISTORY.has(id)) folded.forEach((s, i) => expect(Math.abs(s - own[i]!), `item ${i}`).toBeLessThan(1e-5));
    }
    serving.dispose();
  }, 60_000);
});
/** Models whose score of a user is a function of the user's items alone, so that folding in must reproduce it (UserKNN's newcomer also has the user as a neighbour). */
const BY_HISTORY = new Set(['item-knn', 'ease', 'slim', 'pure-svd', 'content-knn', 'popularity']);

describe('lists', () => {
  it('discovery moves towards what few have, familiarity towards what many have; labels keep items out or in', async () => {
    const { serving } = await fitAndOpen('item-knn');
    const mean = async (discovery: number): Promise<number> => {
      const [list] = await recommend(serving, [{ user: 0 }], { ...plain, discovery });
      return list!.items.reduce((s, i) => s + serving.on.train.itemDegree[i]!, 0) / list!.items.length;
    };
    expect(await mean(1)).toBeLessThan(await mean(-1));
    const without = (await recommend(serving, [{ user: 0 }], { ...plain, without: [{ column: 'parity', level: 'odd' }] }))[0]!;
    expect([...without.items].every((i) => i % 2 === 0)).toBe(true);
    const only = (await recommend(serving, [{ user: 0 }], { ...plain, only: [{ column: 'parity', level: 'odd' }] }))[0]!;
    expect([...only.items].every((i) => i % 2 === 1)).toBe(true);
    expect(only.candidates).toBeLessThan(serving.on.train.I);
    serving.dispose();
  });

  it('diversity keeps the best first and then takes the other colour, which is least like it', async () => {
    const { serving } = await fitAndOpen('item-knn');
    const [same] = await recommend(serving, [{ user: 0 }], plain);
    const [mixed] = await recommend(serving, [{ user: 0 }], { ...plain, diversity: 0.9 });
    expect(serving.likeness.by).toBe('text');
    expect(mixed!.items[0]).toBe(same!.items[0]);
    expect(mixed!.items[1]! % 2).not.toBe(mixed!.items[0]! % 2);
    serving.dispose();
  });

  it.each([
    [{ k: 0 }, 'from 1 to 1000'], [{ discovery: 2 }, 'between -1 and 1'], [{ diversity: -0.1 }, 'between 0 and 1'],
    [{ without: [{ column: 'colour', level: 'x' }] }, 'no labels "colour"'], [{ only: [{ column: 'parity', level: 'blue' }] }, 'No item has "blue"'],
  ] as const)('%j is refused with what is allowed', async (wrong, says) => {
    const { serving } = await fitAndOpen('popularity');
    await expect(recommend(serving, [{ user: 0 }], { ...plain, ...wrong } as ListOptions)).rejects.toThrow(says);
    await expect(recommend(serving, [{ user: 99 }], plain)).rejects.toThrow('no user number 99');
    await expect(scoresAndRanks(serving, [{ history: [77] }], [0], 'train')).rejects.toThrow('no item number 77');
    serving.dispose();
  });

  it('a run of other data, another split or other text is refused before its weights are read', async () => {
    const { serving } = await fitAndOpen('popularity');
    const run = serving.run;
    const input = { card: cardOf('popularity'), state: { version: 1, arrays: {}, meta: {} }, data: world.data, text: null };
    await expect(openServing({ ...input, run: { ...run, data: { ...run.data, hash: 'x' } } })).rejects.toThrow('was trained on other data');
    await expect(openServing({ ...input, run: { ...run, split: { ...run.split, hash: 'x' } } })).rejects.toThrow('other held-out items');
    await expect(openServing({ ...input, run: { ...run, text: { column: 'lyrics', encoder: 'minilm' } } })).rejects.toThrow('not in the workspace');
    serving.dispose();
  });
});

describe('why', () => {
  it('names items of the history only, the label that the history shares, and the words two texts share', async () => {
    const data = { ...world.data, items: { ...world.data.items, columns: [...world.data.items.columns, { kind: 'text' as const, name: 'parity text', values: world.data.items.ids.map((_, i) => `the ${i % 2 ? 'lonely' : 'happy'} song ${i}`) }] } };
    const card = cardOf('content-knn');
    const base = { runId: 'w', name: 'w', data, split: DEFAULT_SPLIT, card, text: textOf(world), params: {}, seed: 1, patience: 0, selection: 'validation' as const, maskValidation: true, backend: 'typescript', build: '0' };
    const { record, recommender } = await runExperiment(base);
    const serving = await openServing({ run: record, card, state: await recommender.save(), data, text: textOf(world) });
    const [list] = await recommend(serving, [{ user: 1 }], plain);
    const item = list!.items[0]!;
    const history = historyDetails(serving, 1).train.map((t) => t.item);
    const said = await why(serving, { user: 1 }, item);
    expect(said.reasons!.length).toBeGreaterThan(0);
    expect(said.nearestBy).toBe('model');
    expect(said.nearest.every((n) => history.includes(n.item))).toBe(true);
    expect(said.shared[0]).toMatchObject({ column: 'parity', level: 'odd', inHistory: history.length });
    expect(said.text!.words[0]!.word).toBe('lonely');
    expect(said.text!.words.reduce((s, w) => s + w.share, 0)).toBeCloseTo(1, 6);
    // Somebody folded in has no reasons of the model, and the rest all the same.
    expect(await why(serving, { history }, item)).toMatchObject({ reasons: null, nearestBy: 'model' });
  });
});

describe('a new item', () => {
  it('stands where its twin in the catalogue stands, in the lists of those who like its kind', async () => {
    const { serving } = await fitAndOpen('content-knn');
    const dim = world.text.dim;
    // The text of item 5, which is odd.
    const answer = await newItem(serving, { text: world.text.vectors.slice(5 * dim, 6 * dim), columns: {} }, 8);
    expect(answer.similar.items[0]).toBe(5);
    expect(answer.users.every((u) => u.user % 2 === 1)).toBe(true);
    expect(answer.asked).toBe(24);
    const { ranks } = await scoresAndRanks(serving, [{ user: 1 }], [5], 'none');
    expect(ranks[0]).toBeGreaterThan(0);
    serving.dispose();
  });
  it('is refused by a model that knows items by who had them', async () => {
    const { serving } = await fitAndOpen('ease');
    await expect(newItem(serving, { text: null, columns: {} }, 3)).rejects.toThrow('Choose a model that reads text');
    serving.dispose();
  });
});
