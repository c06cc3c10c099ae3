import { expect, it } from 'vitest';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';

it('co-clustering with one cluster each: μ + (mean_u − μ) + (mean_i − μ); strangers get the mean of the known side', async () => {
  const train = trainFrom(3, 3, [[0, 0, 5], [0, 1, 3], [1, 0, 3], [1, 1, 1]]);
  const rows = await scoreRows(await fitModule.fit(contextFor(train, { userClusters: 1, itemClusters: 1, epochs: 2 })), train);
  expect(rows).toEqual([[5, 3, 4], [3, 1, 2], [4, 2, 3]]);
});
