/**
 * Every k-core at once. The k-core is the largest part in which each user and each item has at least k interactions.
 * Peeling always the entity with the fewest left gives each its core number (Batagelj & Zaveršnik 2003, an O(N) algorithm for
 * cores, here on the two-sided graph); the k-core is made of those whose number is at least k.
 */
import type { DataSet } from '../../core/dataset';
import { rowsBy, startsOf } from './selection';

export interface CoreFunnel {
  /** Position k − 1 holds the k-core, for k = 1 … the largest k that leaves anything. */
  users: Int32Array;
  items: Int32Array;
  interactions: Int32Array;
}

/** @param has which rows take part; all unless given */
export function coreFunnel(data: DataSet, has: ((n: number) => boolean) | null = null): CoreFunnel {
  const all = data.interactions;
  // Rows stay in order of user.
  const user = has ? all.user.filter((_, n) => has(n)) : all.user;
  const item = has ? all.item.filter((_, n) => has(n)) : all.item;
  const [U, I, N] = [data.users.ids.length, data.items.ids.length, user.length];
  const number = coreNumbers(user, item, U, I);
  let most = 0;
  for (const c of number) if (c > most) most = c;
  const users = new Int32Array(most);
  const items = new Int32Array(most);
  const interactions = new Int32Array(most);
  for (let v = 0; v < U + I; v++) if (number[v]! > 0) (v < U ? users : items)[number[v]! - 1]!++;
  for (let n = 0; n < N; n++) {
    const c = Math.min(number[user[n]!]!, number[U + item[n]!]!);
    if (c > 0) interactions[c - 1]!++;
  }
  for (const list of [users, items, interactions]) for (let k = most - 2; k >= 0; k--) list[k]! += list[k + 1]!;
  return { users, items, interactions };
}

/** [U + I] core numbers, users first; 0 without an interaction. */
function coreNumbers(user: Int32Array, item: Int32Array, U: number, I: number): Int32Array {
  const V = U + I;
  const userStart = startsOf(user, U);
  const itemStart = startsOf(item, I);
  const itemRows = rowsBy(item, itemStart);
  const degree = new Int32Array(V);
  for (let u = 0; u < U; u++) degree[u] = userStart[u + 1]! - userStart[u]!;
  for (let i = 0; i < I; i++) degree[U + i] = itemStart[i + 1]! - itemStart[i]!;

  // Vertices in buckets by degree; `at` is each vertex's place, `bucket[d]` the first place of degree d.
  let most = 0;
  for (const d of degree) if (d > most) most = d;
  const bucket = new Int32Array(most + 2);
  for (const d of degree) bucket[d + 1]!++;
  for (let d = 1; d < bucket.length; d++) bucket[d]! += bucket[d - 1]!;
  const order = new Int32Array(V);
  const at = new Int32Array(V);
  const next = bucket.slice();
  for (let v = 0; v < V; v++) {
    at[v] = next[degree[v]!]!++;
    order[at[v]!] = v;
  }
  const lower = (w: number, floor: number): void => {
    const d = degree[w]!;
    if (d <= floor) return;
    const first = bucket[d]!;
    const other = order[first]!;
    const place = at[w]!;
    order[place] = other;
    at[other] = place;
    order[first] = w;
    at[w] = first;
    bucket[d]!++;
    degree[w] = d - 1;
  };
  for (let k = 0; k < V; k++) {
    const v = order[k]!;
    const floor = degree[v]!;
    if (v < U) for (let n = userStart[v]!; n < userStart[v + 1]!; n++) lower(U + item[n]!, floor);
    else for (let r = itemStart[v - U]!; r < itemStart[v - U + 1]!; r++) lower(user[itemRows[r]!]!, floor);
  }
  return degree;
}
