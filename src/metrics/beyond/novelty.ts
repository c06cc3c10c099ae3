import { meanOverLists, type TopList } from './list-items';

/**
 * Novelty@K = −log₂(train users of the item ÷ U), mean over the list, then over users, in bits: an item that half of the users
 * know carries 1 bit, one that everybody knows 0 (Zhou et al. 2010, self-information).
 * Awkward cases: an item nobody has in train would carry infinitely much and drown every other; it counts as one that a single
 * user has, log₂ U bits, the most that a known item can carry. An empty list has no value and is not in the mean.
 * Worked: 8 users; a list of items that 8 and 2 of them have: (0 + 2)/2 = 1 bit.
 * @param trainUsers users who have the item in train [I]
 */
export function novelty(lists: readonly TopList[], trainUsers: ArrayLike<number>, U: number): number {
  return meanOverLists(lists, (list) => {
    let bits = 0;
    for (let p = 0; p < list.length; p++) bits -= Math.log2(Math.max(1, trainUsers[list[p]!]!) / U);
    return bits / list.length;
  });
}
