/** Whether the order of rows can stand in for time. */
import type { DataSet } from '../core/dataset';

/**
 * True when there are no timestamps and most users' rows fall in value from first to last, as in the HetRec Last.fm file:
 * then "the last interaction" is merely the one with the fewest plays, and leaving it out measures the wrong thing.
 * Looks at users with at least four rows; rows of equal value count as in order, but a user with one value only says nothing.
 */
export function rowsFallInValue(data: DataSet): boolean {
  const { user, value, time } = data.interactions;
  if (time !== null || value === null) return false;
  let judged = 0;
  let falling = 0;
  for (let start = 0; start < user.length; ) {
    let end = start + 1;
    let inOrder = true;
    while (end < user.length && user[end] === user[start]) {
      if (value[end]! > value[end - 1]!) inOrder = false;
      end += 1;
    }
    if (end - start >= 4 && value[start] !== value[end - 1]) {
      judged += 1;
      if (inOrder) falling += 1;
    }
    start = end;
  }
  return judged > 0 && falling / judged > 0.9;
}
