/** Sets of items by user, as CSR: user u owns items[start[u]] … items[start[u+1]], ascending and distinct. */
import type { HeldOut } from '../core/split';

export interface ItemSets {
  start: Int32Array; // [U+1]
  items: Int32Array;
}

/** The union of several lists of (user, item) pairs; repeats count once. */
export function itemSets(U: number, lists: readonly HeldOut[]): ItemSets {
  const start = new Int32Array(U + 1);
  for (const { user } of lists) for (const u of user) start[u + 1]!++;
  for (let u = 0; u < U; u++) start[u + 1]! += start[u]!;
  const items = new Int32Array(start[U]!);
  const next = start.slice(0, U);
  for (const { user, item } of lists) for (let n = 0; n < user.length; n++) items[next[user[n]!]!++] = item[n]!;
  // Sort each user's part and close the gaps that repeats leave.
  let kept = 0;
  let from = 0;
  for (let u = 0; u < U; u++) {
    const end = start[u + 1]!;
    items.subarray(from, end).sort();
    const first = kept;
    for (let n = from; n < end; n++) if (kept === first || items[kept - 1] !== items[n]) items[kept++] = items[n]!;
    start[u] = first;
    from = end;
  }
  start[U] = kept;
  return { start, items: items.slice(0, kept) };
}

/** Binary search in items[from … to). */
export function contains(items: Int32Array, from: number, to: number, item: number): boolean {
  while (from < to) {
    const middle = (from + to) >> 1;
    const found = items[middle]!;
    if (found === item) return true;
    if (found < item) from = middle + 1;
    else to = middle;
  }
  return false;
}
