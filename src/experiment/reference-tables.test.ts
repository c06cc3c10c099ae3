/** Popularity and chance on real data, against independent figures. The split and the ranks must be equal user by user. */
import { existsSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../core/dataset';
import { createRandom } from '../core/random';
import { DEFAULT_SPLIT, type SplitSpec } from '../core/split';
import { assemble } from '../data/assemble';
import { clean } from '../data/clean/clean';
import { splitData, trainData } from '../data/split/split';
import { evaluate } from '../metrics/evaluation';
import { randomExpectation } from '../metrics/random-expectation';
import { rank } from '../metrics/ranking';
import { cardOf } from '../models/catalogue';
import { measuring } from './measuring';

const shared = '../shared';
const available = existsSync(`${shared}/reference/hetrec.json`) && existsSync(`${shared}/data/hetrec2011-lastfm-2k.zip`);

interface Slice { n: number; hits5: number; hits10: number; hits20: number; hr5: number; hr10: number; hr20: number; ndcg5: number; ndcg10: number; ndcg20: number }
interface Section {
  split: Record<string, unknown> & { checksum: number; train_rows: number; test_rows: number; warm_cold: Record<string, number>; test_items_of_users_0_to_19: number[]; share_of_test_rows_older_than_newest_train_row?: number };
  random_expectation: Record<string, number>;
  results: { popularity: Record<'all' | 'warm' | 'cold', Slice> };
  ranks_by_user_index: { popularity: number[] };
}

/** The reader under test is src/data; here a few lines are enough and leave nothing to doubt. */
function table(archive: string, entry: string, columns: [user: number, item: number, value: number, time: number | null], header: boolean): DataSet {
  const text = new TextDecoder().decode(unzipSync(readFileSync(`${shared}/data/${archive}`))[entry]);
  const rows = text.split(/\r?\n/).filter(Boolean).slice(header ? 1 : 0).map((line) => line.split('\t'));
  const [user, item, value, time] = columns;
  return assemble({
    name: archive, recipe: 'test', sources: [], users: null, items: null,
    interactions: {
      user: rows.map((r) => r[user]!), item: rows.map((r) => r[item]!),
      time: time === null ? null : Float64Array.from(rows, (r) => Number(r[time])),
      value: Float32Array.from(rows, (r) => Number(r[value])), row: Int32Array.from(rows, (_, k) => k),
    },
  }).data;
}

async function popularityOn(data: DataSet, spec: SplitSpec) {
  const split = splitData(data, spec);
  const train = trainData(data, split);
  const card = cardOf('popularity');
  const model = await (await card.load()).fit({ train, text: null, params: { count: 'users' }, random: createRandom(0), signal: new AbortController().signal, report: async () => 'continue' });
  const ranking = await rank(model, measuring(train, split, true).test);
  return { split, ranking, evaluation: evaluate(ranking, split) };
}

const close = (a: number, b: number, what: string): void => expect(Math.abs(a - b), `${what}: ${a} and ${b}`).toBeLessThan(1e-12);

function compare(got: Awaited<ReturnType<typeof popularityOn>>, expected: Section): void {
  const { split, ranking, evaluation } = got;
  expect(split.summary.train).toBe(expected.split.train_rows);
  expect(split.summary.test).toBe(expected.split.test_rows);
  expect(Array.from(split.test.item.subarray(0, 20))).toEqual(expected.split.test_items_of_users_0_to_19);
  let checksum = 0;
  split.test.user.forEach((u, k) => {
    checksum = (checksum + (u + 1) * (split.test.item[k]! + 1)) % 4294967296;
  });
  expect(checksum).toBe(expected.split.checksum);
  const warmCold = expected.split.warm_cold;
  expect([split.summary.coldItems, split.summary.highestColdDegree, split.summary.lowestWarmDegree, split.summary.newItems]).toEqual([
    warmCold['cold_items'], warmCold['highest_cold_degree'], warmCold['lowest_warm_degree'], warmCold['items_without_train_rows'],
  ]);
  expect([...ranking.ranks]).toEqual(expected.ranks_by_user_index.popularity);
  for (const slice of ['all', 'warm', 'cold'] as const) {
    const e = expected.results.popularity[slice];
    const { n, metrics } = evaluation[slice];
    expect(n).toBe(e.n);
    for (const k of [5, 10, 20] as const) {
      expect(Math.round(metrics[`HR@${k}`]!.value * n)).toBe(e[`hits${k}`]);
      close(metrics[`HR@${k}`]!.value, e[`hr${k}`], `${slice} HR@${k}`);
      close(metrics[`NDCG@${k}`]!.value, e[`ndcg${k}`], `${slice} NDCG@${k}`);
    }
  }
  const chance = randomExpectation(ranking, split).all.metrics;
  for (const k of [5, 10, 20]) {
    close(chance[`HR@${k}`]!.value, expected.random_expectation[`hr${k}`]!, `chance HR@${k}`);
    close(chance[`NDCG@${k}`]!.value, expected.random_expectation[`ndcg${k}`]!, `chance NDCG@${k}`);
  }
}

// Absent shared data is not a failure: the title of the skipped block says what was not checked.
describe.skipIf(!available)('popularity equals the reference tables (skipped where ../shared is absent)', () => {
  const reference = available ? (JSON.parse(readFileSync(`${shared}/reference/hetrec.json`, 'utf8')) as { lastfm: Section; ml100k: Section }) : null;

  it('HetRec Last.fm, 5-core, portable hash split: every rank, hits, NDCG to 1e-12', async () => {
    const raw = table('hetrec2011-lastfm-2k.zip', 'user_artists.dat', [0, 1, 2, null], true);
    const { data } = clean(raw, [{ kind: 'core', k: 5 }]);
    compare(await popularityOn(data, { ...DEFAULT_SPLIT, protocol: 'hash', validation: false }), reference!.lastfm);
  });
  it('ML-100K, last row of each user: every rank, hits, NDCG to 1e-12, and the leakage share', async () => {
    const got = await popularityOn(table('ml-100k.zip', 'ml-100k/u.data', [0, 1, 2, 3], false), { ...DEFAULT_SPLIT, validation: false });
    compare(got, reference!.ml100k);
    close(got.split.summary.leakage!, reference!.ml100k.split.share_of_test_rows_older_than_newest_train_row!, 'leakage');
  });
  it('HetRec artists by plays: Britney Spears 1, Depeche Mode .54376593, Lady Gaga .53962033', async () => {
    const data = table('hetrec2011-lastfm-2k.zip', 'user_artists.dat', [0, 1, 2, null], true);
    const train = {
      U: data.users.ids.length, I: data.items.ids.length, ...data.interactions,
      userStart: new Int32Array(data.users.ids.length + 1), itemDegree: new Int32Array(data.items.ids.length),
      users: data.users, items: data.items, validationItem: new Int32Array(data.users.ids.length).fill(-1),
    };
    const card = cardOf('popularity');
    const model = await (await card.load()).fit({ train, text: null, params: { count: 'value' }, random: createRandom(0), signal: new AbortController().signal, report: async () => 'continue' });
    const scores = new Float32Array(train.I);
    await model.score(Int32Array.of(0), scores);
    for (const [id, value] of [['289', 1], ['72', 0.54376593], ['89', 0.53962033]] as const) {
      expect(Math.abs(scores[data.items.ids.indexOf(id)]! - value)).toBeLessThan(5e-8);
    }
  });
});
