/** The iterative k-core. */
import type { Interactions } from '../../core/dataset';

/**
 * Rows of the k-core, ascending: the largest set of rows in which every user and every item has at least k.
 * Each round drops every row whose user or item had fewer than k before the round; the end state does not depend on the order.
 */
export function coreRows(x: Interactions, k: number, users: number, items: number): Int32Array {
  let rows = Int32Array.from(x.user, (_, r) => r);
  for (;;) {
    const userDegree = new Int32Array(users);
    const itemDegree = new Int32Array(items);
    for (const r of rows) {
      userDegree[x.user[r]!]!++;
      itemDegree[x.item[r]!]!++;
    }
    const kept = rows.filter((r) => userDegree[x.user[r]!]! >= k && itemDegree[x.item[r]!]! >= k);
    if (kept.length === rows.length) return rows;
    rows = kept;
  }
}
