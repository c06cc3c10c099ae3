import { describe, expect, it } from 'vitest';
import type { Recommender } from '../core/model';
import { DEFAULT_SPLIT } from '../core/split';
import { splitData, trainData } from '../data/split/split';
import { checkerboard } from '../models/small-world';
import { measure, measureTest, measuring } from './measuring';

const { data } = checkerboard();
const split = splitData(data, DEFAULT_SPLIT);
const train = trainData(data, split);
const I = data.items.ids.length;
const N = train.item.length;

/** Says which question each block of users was asked. */
function listening(): { model: Pick<Recommender, 'score' | 'scoreForTest'>; asked: string[] } {
  const asked: string[] = [];
  const answer = (name: string) => (_: unknown, out: Float32Array): void => {
    asked.push(name);
    out.fill(0);
  };
  return { model: { score: answer('score'), scoreForTest: answer('scoreForTest') }, asked };
}

describe('what a model is asked', () => {
  it.each([
    { maskValidation: true, test: 'scoreForTest', why: 'the validation item is known by then' },
    { maskValidation: false, test: 'score', why: 'the validation item is one of the candidates' },
  ])('validation is read from score; the test, with maskValidation $maskValidation, from $test: $why', async ({ maskValidation, test }) => {
    const m = measuring(train, split, maskValidation);
    const { model, asked } = listening();
    await measure(model, 'validation', m);
    expect(new Set(asked)).toEqual(new Set(['score']));
    asked.length = 0;
    await measure(model, 'test', m);
    await measureTest(model, m);
    expect(new Set(asked)).toEqual(new Set([test]));
  });
});

describe('who is ranked against what', () => {
  const pairs = (task: { excluded: { items: Int32Array } }): number => task.excluded.items.length;
  it('train items are no candidates in either; validation items are none at the test, unless they are to stay in', () => {
    const masked = measuring(train, split, true);
    const V = split.validation.item.length;
    expect([pairs(masked.validation!), pairs(masked.test), pairs(measuring(train, split, false).test)]).toEqual([N, N + V, N]);
  });
  it('no list that is shown holds an item of train or validation, however high it scores', async () => {
    const m = measuring(train, split, true);
    const { lists } = await measureTest({ score: (users, out) => out.forEach((_, k) => (out[k] = Number(owned(users[Math.floor(k / I)]!).has(k % I)))) }, m);
    m.test.users.forEach((u, q) => expect([...lists[q]!].filter((i) => owned(u).has(i))).toEqual([]));
  });
});

/** What a user has in train or validation. */
function owned(user: number): Set<number> {
  const own = new Set(train.item.subarray(train.userStart[user]!, train.userStart[user + 1]!));
  if (train.validationItem[user]! >= 0) own.add(train.validationItem[user]!);
  return own;
}
