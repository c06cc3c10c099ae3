import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../core/params';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { params } from './params';

const plain = defaultsOf(params);
// μ = 3.
const train = trainFrom(3, 3, [[0, 0, 5], [0, 1, 3], [1, 0, 3], [1, 1, 1]]);

describe('baseline', () => {
  it('one round turn about, nothing held back: items first -> b_i = 1, −1, then users +1, −1; strangers get the known part', async () => {
    const rows = await scoreRows(await fitModule.fit(contextFor(train, { ...plain, epochs: 1, regItems: 0, regUsers: 0 })), train);
    expect(rows).toEqual([[5, 3, 4], [3, 1, 2], [4, 2, 3]]);
  });
  it('regularisation of 2 counts as two ratings at the mean: b_i = ±½', async () => {
    const rows = await scoreRows(await fitModule.fit(contextFor(train, { ...plain, epochs: 1, regItems: 2, regUsers: 1e3 })), train);
    expect(rows[2]![0]).toBeCloseTo(3.5, 6);
  });
  it('descent: the first rating moves both sides by rate times error, the next sees it', async () => {
    const rows = await scoreRows(await fitModule.fit(contextFor(trainFrom(2, 2, [[0, 0, 4], [0, 1, 2]]), { ...plain, method: 'sgd', epochs: 1, learningRate: 0.1, regularisation: 0 })), trainFrom(2, 2, []));
    // b_u = .1·1 = .1, then .1 + .1·(2 − 3.1) = −.01; b_0 = .1, b_1 = −.11.
    expect(rows[0]![0]).toBeCloseTo(3.09, 6);
    expect(rows[1]![1]).toBeCloseTo(2.89, 6);
  });
});
