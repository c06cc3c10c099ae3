import { beforeAll, describe, expect, it } from 'vitest';
import type { ListOptions } from '../../workers/protocol';
import { loadBackend } from '../compute/load-backend';
import { DEFAULT_SPLIT } from '../core/split';
import { catalogue, cardOf } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { runExperiment } from './experiment';
import { openServing, type Serving } from './serve';
import { buildServeIndex, searchFacts } from './serve-index';
import { recommend } from './serve-lists';

const world = checkerboard();
const SMALL: Record<string, number> = { epochs: 1, embedding: 8, output: 8, negatives: 3, batch: 32, factors: 4, iterations: 2 };
const plain: ListOptions = { k: 5, seen: 'measured', discovery: 0, diversity: 0, without: [], only: [] };
const I = world.data.items.ids.length;

async function opened(id: string, more: Record<string, unknown> = {}): Promise<Serving> {
  const card = cardOf(id);
  const params = { ...Object.fromEntries(Object.entries(SMALL).filter(([name]) => card.params[name]?.kind === 'int')), ...more };
  const { record, recommender } = await runExperiment({
    runId: id, name: id, data: world.data, split: DEFAULT_SPLIT, card, text: null, params, seed: 3, patience: 0, selection: 'validation', maskValidation: true, backend: 'wasm', build: '0',
  });
  const state = structuredClone(await recommender.save());
  recommender.dispose?.();
  return openServing({ run: record, card, state, data: world.data, text: null });
}
const people = [{ user: 0 }, { user: 3 }, { user: 5 }];

beforeAll(() => loadBackend('wasm'), 60_000);

describe('which lists an index can serve', () => {
  const searchable = ['als', 'ials', 'pure-svd', 'lightfm', 'two-tower-retrieval', 'sasrec', 'mult-vae', 'autorec'].filter((id) => catalogue.some((c) => c.id === id));
  it.each(searchable)('%s: an index that reads everything serves the list that scoring everything serves, for users and newcomers', async (id) => {
    const serving = await opened(id);
    expect(await searchFacts(serving)).toMatchObject({ can: true, n: I });
    await buildServeIndex(serving, { kind: 'ivf', nlist: 4 }, () => undefined);
    const all = [...people, ...(serving.can.foldIn ? [{ history: [0, 2, 4] }] : [])];
    const [by, own] = [await recommend(serving, all, { ...plain, search: { plan: { kind: 'ivf', nlist: 4 }, setting: 4 } }), await recommend(serving, all, plain)];
    by.forEach((list, n) => {
      // Equal scores may stand in another order: float32 products break ties that the model's own arithmetic keeps.
      list.scores.forEach((s, k) => expect(s).toBeCloseTo(own[n]!.scores[k]!, 3));
      expect(list.search).toMatchObject({ recall: 1, used: 4, n: I, scanned: I });
      expect(list.heldOut).toMatchObject(own[n]!.heldOut.map(({ item, rank }) => ({ item, rank })));
    });
    serving.dispose();
  });
  it.each(['item-knn', 'ease', 'buhs', 'popularity'])('%s: no index can, and it says so', async (id) => {
    const serving = await opened(id);
    expect((await searchFacts(serving)).can).toBe(false);
    await expect(buildServeIndex(serving, { kind: 'ivf', nlist: 4 }, () => undefined)).rejects.toThrow('no inner products of vectors');
    const [list] = await recommend(serving, people, { ...plain, search: { plan: { kind: 'ivf', nlist: 4 }, setting: 4 } });
    expect(list!.search).toEqual({ exact: 'no vectors' });
    serving.dispose();
  });
});

describe('a list through a narrow index', () => {
  it('is as long as an exact one, holds nothing the person has, and says what share it found', async () => {
    const serving = await opened('pure-svd');
    const plan = { kind: 'ivf', nlist: 6 } as const;
    await buildServeIndex(serving, plan, () => undefined);
    const lists = await recommend(serving, people, { ...plain, search: { plan, setting: 1 } });
    lists.forEach((list, n) => {
      expect(list.items).toHaveLength(5);
      const has = serving.on.trainSets.items.subarray(serving.on.trainSets.start[people[n]!.user]!, serving.on.trainSets.start[people[n]!.user + 1]!);
      expect([...list.items].filter((i) => has.includes(i))).toEqual([]);
      const { search } = list;
      if (!search || 'exact' in search) throw new Error('no report');
      expect(search.recall).toBeGreaterThanOrEqual(0);
      expect(search.recall).toBeLessThanOrEqual(1);
      expect(search.scanned).toBeLessThanOrEqual(I);
    });
    serving.dispose();
  });
  it('is exact, with the reason, where the index is another, or every candidate has to be weighed', async () => {
    const serving = await opened('pure-svd');
    const plan = { kind: 'ivf', nlist: 6 } as const;
    const why = async (options: Partial<ListOptions>) => (await recommend(serving, people, { ...plain, ...options }))[0]!.search;
    expect(await why({ search: { plan, setting: 1 } })).toEqual({ exact: 'not built' });
    await buildServeIndex(serving, plan, () => undefined);
    expect(await why({ search: { plan: { kind: 'ivf', nlist: 5 }, setting: 1 } })).toEqual({ exact: 'not built' });
    expect(await why({ discovery: 0.5, search: { plan, setting: 1 } })).toEqual({ exact: 'discovery' });
    await expect(why({ search: { plan, setting: 7 } })).rejects.toThrow('nprobe must be a whole number from 1 to 6');
    serving.dispose();
  });
});
