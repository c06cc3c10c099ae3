import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { ownItems, type Batch } from './sampling';
import { SoftmaxCorrection } from './softmax-correction';

beforeAll(() => loadBackend('cpu'));

// Three users, four items, four plays: item 0 has half of them. User 2 plays item 3 and is validated on item 1; nobody has item 2.
const train = {
  U: 3, I: 4, userStart: Int32Array.of(0, 2, 3, 4), item: Int32Array.of(0, 1, 0, 3), itemDegree: Int32Array.of(2, 1, 0, 1), validationItem: Int32Array.of(-1, -1, 1),
};
const batch: Batch = { users: Int32Array.of(0, 1, 2), items: Int32Array.of(0, 0, 3) };
const correction = (logQ: boolean, of = batch): number[] => {
  const c = new SoftmaxCorrection(train, ownItems(train), logQ).of(of);
  const values = [...c.dataSync()];
  c.dispose();
  return values;
};

describe('what is added to the logits of an in-batch softmax', () => {
  it('−ln of the item’s share of the plays: the popular item’s logit rises by ln 2, the rare one’s by ln 4, the positive’s as a rival’s', () => {
    const [, , rare, , popular] = correction(true);
    expect(popular).toBeCloseTo(Math.log(2), 6);
    expect(rare).toBeCloseTo(Math.log(4), 6);
  });
  it('a rival that is the user’s own does not count, be it of train or of validation; the positive always counts', () => {
    // Rows: users 0, 1, 2; columns: items 0, 0, 3. Users 0 and 1 have item 0, user 2 has neither in another column.
    expect(correction(false).map((x) => x < -1e8)).toEqual([false, true, false, true, false, false, false, false, false]);
    const validation = correction(false, { users: Int32Array.of(2, 0), items: Int32Array.of(3, 1) });
    expect(validation.map((x) => x < -1e8)).toEqual([false, true, false, false]);
  });
  it('without the correction for popularity only masks remain, and an item nobody has counts as one that a single play has', () => {
    expect(correction(false).filter((x) => x > -1e8)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(correction(true, { users: Int32Array.of(1), items: Int32Array.of(2) })[0]).toBeCloseTo(Math.log(4), 6);
  });
});
