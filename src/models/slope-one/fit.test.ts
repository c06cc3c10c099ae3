import { expect, it } from 'vitest';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';

it('Slope One: item 1 is rated ½ higher than item 0 by those who know both -> my mean plus ½', async () => {
  // dev(1, 0) = ((1.5 − 1) + (4.5 − 4)) / 2 = ½; user 2 gave item 0 a 2 and nothing else.
  const train = trainFrom(4, 3, [[0, 0, 1], [0, 1, 1.5], [1, 0, 4], [1, 1, 4.5], [2, 0, 2], [3, 2, 5]]);
  const rows = await scoreRows(await fitModule.fit(contextFor(train, {})), train);
  expect(rows[2]![1]).toBe(2.5);
  // Nobody rated items 0 and 2 both: user 2's mean stands.
  expect(rows[2]![2]).toBe(2);
});
