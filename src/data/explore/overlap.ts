/** How alike people's histories are: friends against strangers, and each with the most similar other. */
import type { DataSet } from '../../core/dataset';
import { createRandom } from '../../core/random';
import { rowsBy, startsOf, type Selection } from './selection';

export interface OverlapBins {
  /** Bin b counts pairs with b/n ≤ Jaccard < (b + 1)/n; the last includes 1. */
  bins: Int32Array;
  mean: number;
  pairs: number;
  /** Share of pairs with at least one item in common. */
  sharing: number;
}
export interface Overlap {
  /** Null where nothing says who are friends. */
  friends: OverlapBins | null;
  /** Pairs drawn at random among the same users. */
  strangers: OverlapBins;
  /** Each sampled user with the most similar other. */
  nearest: OverlapBins;
  /** Of the sampled users with a friend: share whose most similar other is one. Null without friends. */
  nearestIsFriend: number | null;
  /** Friend pairs per user with at least one. */
  friendsEach: number | null;
}

const BINS = 25;

/** Jaccard = items of both / items of either, over the selection's interactions. Strangers and sample are drawn with `seed`. */
export function overlapOf(data: DataSet, selection: Selection, { seed = 1, pairs = 4000, sample = 300 } = {}): Overlap {
  const sets = itemSets(data, selection);
  const people = Int32Array.from({ length: data.users.ids.length }, (_, u) => u).filter((u) => sets.start[u + 1]! > sets.start[u]!);
  const random = createRandom(seed, 'explore/overlap');
  const given = data.side?.friends ?? null;
  const friendly = new Set<number>();
  const U = data.users.ids.length;
  const friendCount = new Int32Array(U);
  const likeFriends: number[] = [];
  if (given) {
    for (let k = 0; k < given.a.length; k++) {
      const [a, b] = [given.a[k]!, given.b[k]!];
      if (sets.start[a + 1] === sets.start[a] || sets.start[b + 1] === sets.start[b]) continue;
      friendly.add(a * U + b);
      friendCount[a]!++;
      friendCount[b]!++;
      likeFriends.push(jaccard(sets, a, b));
    }
  }
  const likeStrangers: number[] = [];
  for (let k = 0; people.length > 1 && k < pairs; k++) {
    const a = people[random.int(people.length)]!;
    const b = people[random.int(people.length)]!;
    if (a !== b && !friendly.has(Math.min(a, b) * U + Math.max(a, b))) likeStrangers.push(jaccard(sets, a, b));
  }
  const drawn = random.shuffle(people.slice()).subarray(0, sample);
  const shared = new Int32Array(U);
  const best: number[] = [];
  let withFriend = 0;
  let isFriend = 0;
  for (const u of drawn) {
    const near = nearest(sets, u, shared);
    if (near.user < 0) continue;
    best.push(near.likeness);
    if (friendCount[u]! === 0) continue;
    withFriend++;
    if (friendly.has(Math.min(u, near.user) * U + Math.max(u, near.user))) isFriend++;
  }
  const befriended = friendCount.reduce((n, c) => n + (c > 0 ? 1 : 0), 0);
  return {
    friends: given && likeFriends.length > 0 ? binned(likeFriends) : null,
    strangers: binned(likeStrangers),
    nearest: binned(best),
    nearestIsFriend: withFriend > 0 ? isFriend / withFriend : null,
    friendsEach: befriended > 0 ? (2 * friendly.size) / befriended : null,
  };
}

interface Sets {
  /** User u has items[start[u] … start[u + 1]), ascending, each once. */
  start: Int32Array;
  items: Int32Array;
  /** Item i is in the sets of byItem[itemStart[i] … itemStart[i + 1]). */
  itemStart: Int32Array;
  byItem: Int32Array;
}

function itemSets(data: DataSet, selection: Selection): Sets {
  const { user, item } = data.interactions;
  const U = data.users.ids.length;
  const keys: number[] = [];
  const start = new Int32Array(U + 1);
  let own: number[] = [];
  let at = 0;
  for (let n = 0; n <= user.length; n++) {
    while (at < (n < user.length ? user[n]! : U)) {
      own.sort((a, b) => a - b);
      own.forEach((i, k) => {
        if (k === 0 || own[k - 1] !== i) keys.push(i);
      });
      own = [];
      start[++at] = keys.length;
    }
    if (n < user.length && selection.has(n)) own.push(item[n]!);
  }
  const items = Int32Array.from(keys);
  const itemStart = startsOf(items, data.items.ids.length);
  const rows = rowsBy(items, itemStart);
  const owner = new Int32Array(items.length);
  for (let u = 0; u < U; u++) owner.fill(u, start[u]!, start[u + 1]!);
  return { start, items, itemStart, byItem: rows.map((r) => owner[r]!) };
}

function jaccard({ start, items }: Sets, a: number, b: number): number {
  let [x, y, both] = [start[a]!, start[b]!, 0];
  const [xEnd, yEnd] = [start[a + 1]!, start[b + 1]!];
  while (x < xEnd && y < yEnd) {
    const d = items[x]! - items[y]!;
    if (d === 0) both++;
    if (d <= 0) x++;
    if (d >= 0) y++;
  }
  const either = xEnd - start[a]! + yEnd - start[b]! - both;
  return either > 0 ? both / either : 0;
}

/** The most similar other user, the lower index on a tie; `shared` is scratch space of zeros and is left so. */
function nearest({ start, items, itemStart, byItem }: Sets, u: number, shared: Int32Array): { user: number; likeness: number } {
  const touched: number[] = [];
  for (let k = start[u]!; k < start[u + 1]!; k++) {
    for (let r = itemStart[items[k]!]!; r < itemStart[items[k]! + 1]!; r++) {
      const v = byItem[r]!;
      if (shared[v] === 0) touched.push(v);
      shared[v]!++;
    }
  }
  const size = start[u + 1]! - start[u]!;
  let best = { user: -1, likeness: 0 };
  for (const v of touched) {
    if (v !== u) {
      const likeness = shared[v]! / (size + start[v + 1]! - start[v]! - shared[v]!);
      if (likeness > best.likeness || (likeness === best.likeness && best.user >= 0 && v < best.user)) best = { user: v, likeness };
    }
    shared[v] = 0;
  }
  return best;
}

function binned(values: readonly number[]): OverlapBins {
  const bins = new Int32Array(BINS);
  let sum = 0;
  let sharing = 0;
  for (const v of values) {
    bins[Math.min(BINS - 1, Math.floor(v * BINS))]!++;
    sum += v;
    if (v > 0) sharing++;
  }
  return { bins, mean: values.length ? sum / values.length : 0, pairs: values.length, sharing: values.length ? sharing / values.length : 0 };
}
