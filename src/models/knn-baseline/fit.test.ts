import { expect, it } from 'vitest';
import { defaultsOf } from '../../core/params';
import { alternatingBaselines } from '../../math/rating-baselines';
import { ratingMatrix } from '../../math/rating-matrix';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { params } from './params';

it('KNNBaseline: one neighbour, so the prediction is my baseline plus how far they lay from theirs', async () => {
  const train = trainFrom(2, 3, [[0, 0, 2], [1, 0, 3], [1, 1, 5], [0, 2, 1]]);
  const { bu } = await alternatingBaselines(ratingMatrix(train), { epochs: 10, regUsers: 15, regItems: 10 });
  // Item 1 counts alike on both sides, so what is left is the difference of the users.
  expect((await scoreRows(await fitModule.fit(contextFor(train, defaultsOf(params))), train))[0]![1]).toBeCloseTo(5 + bu[0]! - bu[1]!, 6);
});
