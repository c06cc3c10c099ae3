import { meanOverLists, type TopList } from './list-items';

/**
 * Average popularity@K = train users of the item, mean over the list, then over users.
 * Awkward cases: an item nobody has in train counts 0; an empty list has no value and is not in the mean.
 * Worked: a list of items that 5, 4 and 3 users have: 4.
 * @param trainUsers users who have the item in train [I]
 */
export function averagePopularity(lists: readonly TopList[], trainUsers: ArrayLike<number>): number {
  return meanOverLists(lists, (list) => {
    let sum = 0;
    for (let p = 0; p < list.length; p++) sum += trainUsers[list[p]!]!;
    return sum / list.length;
  });
}
