/** Whether the order of rows can stand in for time. */
import type { DataSet } from '../core/dataset';

/** What the rows of each user are sorted by, when that is not time. */
export type RowOrder = 'value' | 'item' | null;

/** Share of the judged users whose rows must be in order: a few exceptions do not make the file chronological. */
const MOST = 0.9;
/** Users with fewer rows are in order by chance too often (1 in 24 at four rows) to tell anything. */
const FEWEST = 4;

/**
 * Without timestamps the order of rows stands in for time, which is nonsense where a user's rows are sorted by something else:
 * 'item' when they run through ascending item ids (as in the HetRec Last.fm file, where the last artist is then the rarest),
 * 'value' when they run from the highest to the lowest value. Null with timestamps, or when there is no such order.
 */
export function rowOrderOf(data: DataSet): RowOrder {
  const { user, item, value, time } = data.interactions;
  if (time !== null) return null;
  let judged = 0;
  let byItem = 0;
  let byValue = 0;
  for (let start = 0; start < user.length; ) {
    let end = start + 1;
    let rising = true;
    let falling = value !== null;
    for (; end < user.length && user[end] === user[start]; end++) {
      if (item[end]! < item[end - 1]!) rising = false;
      if (value && value[end]! > value[end - 1]!) falling = false;
    }
    if (end - start >= FEWEST) {
      judged += 1;
      if (rising && item[start] !== item[end - 1]) byItem += 1;
      // One value throughout is no order.
      if (falling && value && value[start] !== value[end - 1]) byValue += 1;
    }
    start = end;
  }
  if (judged === 0) return null;
  return byItem / judged > MOST ? 'item' : byValue / judged > MOST ? 'value' : null;
}
