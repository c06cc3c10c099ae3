/** Ranking of held-out items among all candidates (or those listed for each user), in blocks of users so that memory stays bounded. */
import { userIndex } from '../core/ids';
import type { Recommender } from '../core/model';
import type { Metric } from '../core/metric';
import type { HeldOut } from '../core/split';
import { itemSets, type ItemSets } from './item-sets';
import { rankInRows, takeOut } from './rank-in-rows';
import { createPace } from './pace';
import { rankAmongListed, rankOneUser } from './rank-one-user';
import { takeScoreRows, type ScoreRows } from './score-rows';

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

/** Ranks of query q, whose scores are row `row` of a block that stays as it is; writes them beside its targets. */
function rankQuery({ I, users, targetStart, targets, excluded, listed }: RankingTask, scores: Float32Array, row: number, q: number, ranks: Int32Array): void {
  const u = users[q]!;
  const [first, last] = [targetStart[q]!, targetStart[q + 1]!];
  if (listed) rankAmongListed(scores, row * I, listed.items, listed.start[u]!, listed.start[u + 1]!, targets, first, last, ranks);
  else rankOneUser(scores, row * I, I, excluded.items, excluded.start[u]!, excluded.start[u + 1]!, targets, first, last, ranks);
}

/** The same where the row may be spent: afterwards the excluded items are out of it. Returns the number of candidates. */
function rankAndTakeOut({ I, users, targetStart, targets, excluded, listed }: RankingTask, rows: ScoreRows, row: number, q: number, ranks: Int32Array): number {
  const u = users[q]!;
  const [first, last] = [targetStart[q]!, targetStart[q + 1]!];
  const [from, to] = [excluded.start[u]!, excluded.start[u + 1]!];
  if (!listed) return rankInRows(rows, row, I, excluded.items, from, to, targets, first, last, ranks);
  const candidates = rankAmongListed(rows.scores, row * I, listed.items, listed.start[u]!, listed.start[u + 1]!, targets, first, last, ranks);
  takeOut(rows, row, I, excluded.items, from, to);
  return candidates;
}

const blockOf = ({ I, users }: RankingTask, budget = 4_000_000): number => Math.max(1, Math.min(1024, users.length, Math.floor(budget / Math.max(1, I))));

/**
 * Mean of a metric at K over all queries, for several variants of a model at once: `scores` is called once a block of users
 * and hands over every variant's scores [B, I].
 */
export async function compareVariants(
  task: RankingTask, variants: number, scores: (users: Int32Array, each: (variant: number, scores: Float32Array) => void) => Promise<void>,
  metric: Metric, k: number, between?: RankingOptions['between'],
): Promise<number[]> {
  const { users, targetStart } = task;
  const ranks = new Int32Array(task.targets.length);
  const sums = new Float64Array(variants);
  const counts = new Int32Array(variants);
  // Several blocks are held at once by whoever makes the variants.
  const block = blockOf(task, 1_000_000);
  const pace = createPace(block);
  for (let start = 0, end = 0; start < users.length; start = end) {
    end = Math.min(users.length, start + pace.users);
    const began = performance.now();
    await scores(users.slice(start, end), (variant, rows) => {
      for (let q = start; q < end; q++) {
        rankQuery(task, rows, q - start, q, ranks);
        const found = ranks.slice(targetStart[q]!, targetStart[q + 1]!).filter((r) => r > 0).sort();
        const value = metric.at({ ranks: found, relevant: targetStart[q + 1]! - targetStart[q]! }, k);
        if (Number.isNaN(value)) continue;
        sums[variant]! += value;
        counts[variant]!++;
      }
    });
    pace.took(performance.now() - began, end - start, false);
    await between?.(end, users.length);
  }
  return Array.from(sums, (s, v) => s / counts[v]!);
}

/** Scores users in blocks and ranks their targets. @throws what `between` throws: that is how a ranking is cancelled */
export async function rank(recommender: Pick<Recommender, 'score'>, task: RankingTask, options: RankingOptions = {}): Promise<Ranking> {
  const { I, users, targetStart, targets } = task;
  const Q = users.length;
  const block = blockOf(task, options.budget);
  const pace = createPace(block);
  const ranks = new Int32Array(targets.length);
  const candidates = new Int32Array(Q);
  const listLength = Math.min(I, options.listLength ?? 0);
  const lists: Int32Array[] = [];
  const rows = takeScoreRows(block, I, listLength); // scores [block, I]
  try {
    for (let start = 0, end = 0; start < Q; start = end) {
      end = Math.min(Q, start + pace.users);
      const part = Array.from(users.subarray(start, end), userIndex);
      const began = performance.now();
      const later = recommender.score(part, part.length === block ? rows.scores : rows.scores.subarray(0, part.length * I));
      pace.took(performance.now() - began, part.length, later !== undefined);
      await later;
      for (let q = start; q < end; q++) {
        candidates[q] = rankAndTakeOut(task, rows, q - start, q, ranks);
        if (listLength > 0) lists.push(rows.top(q - start, listLength));
      }
      await options.between?.(end, Q);
    }
  } finally {
    rows.release();
  }
  return { users, targetStart, targets, ranks, candidates, lists };
}
