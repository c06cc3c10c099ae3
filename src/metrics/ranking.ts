/** Ranking of held-out items among all candidates (or those listed for each user), in blocks of users so that memory stays bounded. */
import { userIndex } from '../core/ids';
import type { Recommender } from '../core/model';
import type { HeldOut } from '../core/split';
import { itemSets, type ItemSets } from './item-sets';
import { rankAmongListed, rankOneUser } from './rank-one-user';
import { topOfOneUser } from './top-of-one-user';

/** Q users with targets. */
export interface Ranking {
  users: Int32Array; // [Q]
  /** Targets of query q: targetStart[q] … targetStart[q+1]. */
  targetStart: Int32Array; // [Q+1]
  targets: Int32Array;
  /** Rank from 1 beside each target; 0 where it was not a candidate. */
  ranks: Int32Array;
  candidates: Int32Array; // [Q]
  /** The first items of each user's list, best first, where they were asked for. [Q] of at most `listLength` */
  lists: Int32Array[];
}

export interface RankingOptions {
  /** Awaited between blocks: the place to yield, to report progress and to cancel (by throwing). */
  between?: (done: number, total: number) => void | Promise<void>;
  /** Floats of scores held at once. */
  budget?: number;
  /** Keep this many items of every user's list too, from the same scores. 0 (the default): none, `lists` is empty. */
  listLength?: number;
}

/** Who is asked for what: the same for every epoch, so it is made once. */
export interface RankingTask {
  I: number;
  users: Int32Array;
  targetStart: Int32Array;
  targets: Int32Array;
  excluded: ItemSets;
  /** Where candidates are listed: a user's targets are ranked among these only (the targets themselves not counted twice). */
  listed?: ItemSets;
}

/**
 * @param excluded pairs a user is never offered: train, and validation items when the test is read
 * @param listed then the targets are ranked among these alone; `excluded` still says what stands in no list of `lists`
 */
export function rankingTask(U: number, I: number, held: HeldOut, excluded: readonly HeldOut[], listed?: ItemSets): RankingTask {
  const wanted = itemSets(U, [held]);
  const users: number[] = [];
  const targetStart = [0];
  for (let u = 0; u < U; u++) {
    if (wanted.start[u + 1] === wanted.start[u]) continue;
    users.push(u);
    targetStart.push(wanted.start[u + 1]!);
  }
  return { I, users: Int32Array.from(users), targetStart: Int32Array.from(targetStart), targets: wanted.items, excluded: itemSets(U, excluded), ...(listed ? { listed } : {}) };
}

export async function rank(recommender: Pick<Recommender, 'score'>, task: RankingTask, options: RankingOptions = {}): Promise<Ranking> {
  const { I, users, targetStart, targets, excluded, listed } = task;
  const Q = users.length;
  const block = Math.max(1, Math.min(1024, Q, Math.floor((options.budget ?? 4_000_000) / Math.max(1, I))));
  const scores = new Float32Array(block * I); // [block, I]
  const ranks = new Int32Array(targets.length);
  const candidates = new Int32Array(Q);
  const listLength = options.listLength ?? 0;
  const lists: Int32Array[] = [];
  for (let start = 0; start < Q; start += block) {
    const end = Math.min(Q, start + block);
    const part = Array.from(users.subarray(start, end), userIndex);
    await recommender.score(part, part.length === block ? scores : scores.subarray(0, part.length * I));
    for (let q = start; q < end; q++) {
      const u = users[q]!;
      candidates[q] = listed
        ? rankAmongListed(scores, (q - start) * I, listed.items, listed.start[u]!, listed.start[u + 1]!, targets, targetStart[q]!, targetStart[q + 1]!, ranks)
        : rankOneUser(
            scores, (q - start) * I, I,
            excluded.items, excluded.start[u]!, excluded.start[u + 1]!,
            targets, targetStart[q]!, targetStart[q + 1]!, ranks,
          );
      if (listLength > 0) lists.push(topOfOneUser(scores, (q - start) * I, I, excluded.items, excluded.start[u]!, excluded.start[u + 1]!, listLength));
    }
    await options.between?.(end, Q);
  }
  return { users, targetStart, targets, ranks, candidates, lists };
}
