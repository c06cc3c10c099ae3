/** Counts of the loaded plays, and what follows from them for a model's picture. U users, I items, N plays. */
import type { Interactions } from '../../../core/dataset';
import { biasedShares } from '../../../models/buhs/history-sample';

export interface PlayCounts {
  /** Plays of each item, [I]. */
  items: Int32Array;
  /** Users who have plays, by how many: shortest history first. */
  users: Int32Array;
  /** User u has rows start[u] … start[u + 1], [U + 1]. */
  start: Int32Array;
}

export function playCounts({ user, item }: Pick<Interactions, 'user' | 'item'>, U: number, I: number): PlayCounts {
  const items = new Int32Array(I);
  const start = new Int32Array(U + 1);
  for (let n = 0; n < item.length; n++) {
    items[item[n]!]!++;
    start[user[n]! + 1]!++;
  }
  for (let u = 0; u < U; u++) start[u + 1]! += start[u]!;
  const length = (u: number): number => start[u + 1]! - start[u]!;
  const users = Int32Array.from({ length: U }, (_, u) => u).filter((u) => length(u) > 0).sort((a, b) => length(a) - length(b) || a - b);
  return { items, users, start };
}

export interface Share {
  plays: number;
  /** Probability of one item with so many plays to be drawn first. */
  probability: number;
  /** Items of the history with so many plays. */
  items: number;
}

/** One history, by the plays of its items: how likely one of them is the first to be drawn at temperature T. */
export function sharesByPlays(history: readonly number[], plays: ArrayLike<number>, T: number): Share[] {
  const distinct = [...new Set(history)];
  const p = biasedShares(distinct.map((i) => plays[i]!), T);
  const found = new Map<number, Share>();
  distinct.forEach((i, k) => {
    const n = plays[i]!;
    found.set(n, { plays: n, probability: p[k]!, items: (found.get(n)?.items ?? 0) + 1 });
  });
  return [...found.values()].sort((a, b) => a.plays - b.plays);
}

/** Tenth of the items (0: least played … 9: most played) each item is in; ties go by item. Items nobody has played are in the lowest. [I] */
export function tenths(plays: ArrayLike<number>): Uint8Array {
  const order = Array.from({ length: plays.length }, (_, i) => i).sort((a, b) => plays[a]! - plays[b]! || a - b);
  const out = new Uint8Array(plays.length);
  order.forEach((i, k) => (out[i] = Math.floor((10 * k) / plays.length)));
  return out;
}

/** Share of `items` (repeats count) in each tenth, [10]; all 0 when there are none. */
export function shareOfTenths(items: Iterable<number>, tenth: Uint8Array): number[] {
  const counts = Array.from({ length: 10 }, () => 0);
  let n = 0;
  for (const i of items) {
    counts[tenth[i]!]!++;
    n++;
  }
  return counts.map((c) => (n ? c / n : 0));
}

/** Mean of −ln q over the played items of each tenth, q an item's share of all plays; null where nobody played any. [10] */
export function correctionOfTenths(plays: ArrayLike<number>, tenth: Uint8Array): (number | null)[] {
  const N = Array.from(plays).reduce((s, n) => s + n, 0);
  const sum = Array.from({ length: 10 }, () => 0);
  const count = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < plays.length; i++) {
    if (plays[i]! <= 0) continue;
    sum[tenth[i]!]! += -Math.log(plays[i]! / N);
    count[tenth[i]!]!++;
  }
  return sum.map((s, k) => (count[k] ? s / count[k]! : null));
}
