import { expect, it } from 'vitest';
import { defaultsOf } from '../../core/params';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { params } from './params';

it('KNNWithMeans: a neighbour who gave the item one point above their own mean -> one point above yours', async () => {
  // User 1 has mean 4 and gave item 1 a 5; user 0 has mean 2.
  const train = trainFrom(2, 3, [[0, 0, 2], [1, 0, 3], [1, 1, 5], [0, 2, 2], [1, 2, 4]]);
  expect((await scoreRows(await fitModule.fit(contextFor(train, defaultsOf(params))), train))[0]![1]).toBe(3);
});
