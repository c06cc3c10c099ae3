/** In whose lists an item would stand that nobody has had yet. */
import type { NewItemAnswer } from '../../workers/protocol';
import type { NewItem } from '../core/model';
import { Problem } from '../core/problem';
import { excludedFor } from './serve-lists';
import type { Serving } from './serve';

/** Floats of scores held at once. */
const BUDGET = 2_000_000;
const TOP = 10;
/** Neighbours told: the first ones are named, further down lie those that somebody has. */
const NEIGHBOURS = 1000;

export interface NewItemHooks {
  /** Awaited between blocks of users: the place to yield, to report progress and to cancel (by throwing). */
  between?: (done: number, total: number) => void | Promise<void>;
}

/**
 * Its rank for user u = 1 + the candidates of u that score at least as much (ties against it, as in the test).
 * @param show how many users to name
 * @throws Problem when the model knows items by their ids alone
 */
export async function newItem(serving: Serving, item: NewItem, show: number, hooks: NewItemHooks = {}): Promise<NewItemAnswer> {
  const { recommender, on, run } = serving;
  if (!recommender.scoreNewItem) throw new Problem(`${run.model.id} knows items by who had them, so it can say nothing about one nobody had.`, {}, 'Choose a model that reads text or features, such as content kNN or the two-tower network.');
  const { U, I } = on.train;
  const fresh = await recommender.scoreNewItem(item);
  try {
    const block = Math.max(1, Math.min(U, Math.floor(BUDGET / I)));
    const scores = new Float32Array(block * I);
    const own = new Float32Array(block);
    const found: NewItemAnswer['users'] = [];
    let inTop = 0;
    for (let from = 0; from < U; from += block) {
      const users = Int32Array.from({ length: Math.min(block, U - from) }, (_, n) => from + n);
      await recommender.score(users, scores.subarray(0, users.length * I));
      await fresh.score(users, own.subarray(0, users.length));
      users.forEach((user, b) => {
        const score = own[b]!;
        const rank = 1 + atLeast(scores, b * I, I, score, excludedFor(serving, { user }, 'train'));
        if (rank <= TOP) inTop++;
        found.push({ user, rank, score });
      });
      await hooks.between?.(from + users.length, U);
    }
    found.sort((a, b) => a.rank - b.rank || b.score - a.score || a.user - b.user);
    return { users: found.slice(0, show), inTop, asked: U, similar: fresh.similarItems(Math.min(NEIGHBOURS, I)), ...(fresh.placedBy ? { placedBy: fresh.placedBy } : {}) };
  } finally {
    fresh.dispose?.();
  }
}

/** Candidates with a score of at least `score`. */
function atLeast(scores: Float32Array, offset: number, I: number, score: number, excluded: Int32Array): number {
  let n = 0;
  for (let i = offset; i < offset + I; i++) if (scores[i]! >= score) n++;
  for (const i of excluded) if (scores[offset + i]! >= score) n--;
  return n;
}
