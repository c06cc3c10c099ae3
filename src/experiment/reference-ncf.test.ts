/** NCF's MovieLens 1M through the ordinary loader: its facts, and popularity rank by rank. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../core/split';
import { splitData, trainData } from '../data/split/split';
import { evaluate } from '../metrics/evaluation';
import { randomExpectation } from '../metrics/random-expectation';
import { rank } from '../metrics/ranking';
import { measuring } from './measuring';
import { openData, readJson } from './reference-claim';
import { namesInFile } from './reference-ncf';

const shared = '../shared';
const available = existsSync(`${shared}/data/ncf-ml-1m.zip`) && existsSync(`${shared}/reference/ncf.json`);
interface Reference {
  inputs: { train_rows: number; users: number; items: number; items_with_train_rows: number };
  expected: { popularity: { hits10: number; ndcg10: number; first_ten_ranks: number[] } };
  random_expectation: { hr10: number; ndcg10: number };
}

describe.skipIf(!available)('NCF MovieLens 1M (skipped where ../shared is absent)', () => {
  it('every row that rests on the file is in the file, and every row of the file is measured', () => {
    const { expected } = readJson(shared, 'reference/ncf.json') as { expected: Record<string, unknown> };
    expect([...namesInFile].sort()).toEqual(Object.keys(expected).sort());
  });
  it('brings 6,040 test items with 99 negatives each; popularity has the reference’s ranks, hits and NDCG, chance its expectation', async () => {
    const { inputs, expected, random_expectation: chance } = readJson(shared, 'reference/ncf.json') as Reference;
    const data = await openData(shared, 'data/ncf-ml-1m.zip');
    const split = splitData(data, { ...DEFAULT_SPLIT, protocol: 'listed', validation: false });
    expect(split.summary).toMatchObject({ train: inputs.train_rows, test: inputs.users, items: inputs.items, newItems: inputs.items - inputs.items_with_train_rows, sampled: { origin: 'listed', negatives: 99 } });
    expect(split.summary.notes[0]).toMatch(/^156 users’ test items are also among their listed negatives/);
    const train = trainData(data, split);
    const ranking = await rank({ score: (users, out) => users.forEach((_: number, b: number) => out.set(train.itemDegree, b * train.I)) }, measuring(train, split, true).test);
    expect([...ranking.ranks.subarray(0, 10)]).toEqual(expected.popularity.first_ten_ranks);
    const { metrics } = evaluate(ranking, split).all;
    expect(Math.round(metrics['HR@10']!.value * inputs.users)).toBe(expected.popularity.hits10);
    expect(metrics['NDCG@10']!.value).toBeCloseTo(expected.popularity.ndcg10, 11);
    const random = randomExpectation(ranking, split).all.metrics;
    expect(random['HR@10']!.value).toBeCloseTo(chance.hr10, 11);
    expect(random['NDCG@10']!.value).toBeCloseTo(chance.ndcg10, 11);
  }, 60_000);
});
