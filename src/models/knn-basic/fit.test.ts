import { expect, it } from 'vitest';
import { defaultsOf } from '../../core/params';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { params } from './params';

// Users 1 and 2 are as far from user 0: one point on item 0, so both have similarity ½. Item 1 they gave 4 and 1.
const train = trainFrom(3, 3, [[0, 0, 3], [1, 0, 4], [1, 1, 4], [2, 0, 2], [2, 1, 1]]);

it('KNNBasic: neighbours of equal similarity who gave 4 and 1 -> 2.5; only the first of them -> 4; nobody rated it -> the mean', async () => {
  const rows = async (k: number) => scoreRows(await fitModule.fit(contextFor(train, { ...defaultsOf(params), k })), train);
  expect((await rows(40))[0]![1]).toBe(2.5);
  expect((await rows(1))[0]![1]).toBe(4);
  expect((await rows(40))[0]![2]).toBeCloseTo(2.8, 6);
});
