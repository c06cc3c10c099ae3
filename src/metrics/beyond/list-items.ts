/** The lists that measures beyond accuracy look at: one per user, best item first, dense item indices. A list may be short or empty. */
export type TopList = ArrayLike<number>;

/** Mean of one value per list; lists without a value (NaN) are not in it. NaN when none has one. */
export function meanOverLists(lists: readonly TopList[], value: (list: TopList) => number): number {
  let sum = 0;
  let n = 0;
  for (const list of lists) {
    const v = value(list);
    if (Number.isNaN(v)) continue;
    sum += v;
    n++;
  }
  return n > 0 ? sum / n : NaN;
}

/** How many lists hold each item. [I] */
export function timesRecommended(lists: readonly TopList[], I: number): Int32Array {
  const times = new Int32Array(I);
  for (const list of lists) for (let p = 0; p < list.length; p++) times[list[p]!]!++;
  return times;
}
