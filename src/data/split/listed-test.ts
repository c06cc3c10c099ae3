/** "NCF: listed negatives" (He et al. 2017): the test that came with the data, each item to be ranked among its own listed negatives. */
import type { DataSet, ListedTest } from '../../core/dataset';
import { Problem } from '../../core/problem';
import type { HeldOut } from '../../core/split';
import type { OwnPairs } from './own-test';

/** @throws Problem when no listed test came with the data */
function listedTest(data: DataSet): ListedTest {
  if (!data.listed) throw new Problem('This data brought no test items with listed negatives.', { file: data.name }, 'Take another split, or add the files that list them (ml-1m.test.negative and the like).');
  return data.listed;
}

/** The listed test as pairs to split off. @throws Problem when none came with the data */
export function listedPairs(data: DataSet): OwnPairs {
  const { user, item } = listedTest(data);
  return { user: Array.from(user), item: Array.from(item), unknownUsers: 0, unknownItems: 0 };
}

export interface ListedCandidates {
  start: Int32Array; // [U+1]
  /** Of each user ascending and distinct, without the test item: listed among its own negatives, it counts once. */
  items: Int32Array;
  /** Negatives the file lists for a user; the most where users differ. */
  negatives: number;
}

/**
 * Who the test items are ranked against. @param test pairs that are measured, users ascending  @param notes receives what is worth telling
 * @throws Problem when no listed test came with the data
 */
export function listedCandidates(data: DataSet, test: HeldOut, notes: string[]): ListedCandidates {
  const { user, start: from, negatives } = listedTest(data);
  const U = data.users.ids.length;
  const target = new Int32Array(U).fill(-1);
  test.user.forEach((u, k) => (target[u] = test.item[k]!));
  const start = new Int32Array(U + 1);
  const items: number[] = [];
  let [most, fewest, among, u] = [0, Infinity, 0, 0];
  for (let q = 0; q < user.length; q++) {
    for (; u <= user[q]!; u++) start[u] = items.length;
    const own = target[user[q]!]!;
    if (own < 0) continue;
    const row = negatives.subarray(from[q]!, from[q + 1]!);
    most = Math.max(most, row.length);
    fewest = Math.min(fewest, row.length);
    if (row.includes(own)) among++;
    items.push(...[...new Set(row)].filter((i) => i !== own).sort((a, b) => a - b));
  }
  for (; u <= U; u++) start[u] = items.length;
  if (among > 0) notes.push(`${among} users’ test items are also among their listed negatives and are counted once.`);
  if (fewest < most) notes.push(`Users have from ${fewest} to ${most} listed negatives.`);
  return { start, items: Int32Array.from(items), negatives: most };
}
