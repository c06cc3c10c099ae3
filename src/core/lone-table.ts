/** A table of users or items alone: something to look at, nothing to train on. A data set without interactions is one. */
import type { Counts, DataSet } from './dataset';

export type LoneTable = 'users' | 'items';

/** Which table a data set consists of when it has no interactions; null when it has some. */
export const loneTable = (c: Counts): LoneTable | null => (c.interactions > 0 ? null : c.users > 0 ? 'users' : 'items');

/** Every row of the table as an item that one nameless user met once: what counts interactions then counts rows. */
export function rowsAsItems(data: DataSet, which: LoneTable): DataSet {
  const items = data[which];
  const rows = items.ids.length;
  return {
    ...data,
    users: { ids: [''], columns: [], label: null },
    items,
    interactions: { user: new Int32Array(rows), item: Int32Array.from({ length: rows }, (_, r) => r), time: null, value: null, row: Int32Array.from({ length: rows }, (_, r) => r) },
  };
}
