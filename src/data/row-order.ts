/** Orders interactions by (user, time, source row). */

/**
 * Positions of the rows in order of (user, time, row). A counting sort by user, then each user's own rows, which are few:
 * fast for millions of rows. A time that is not a number counts as the earliest.
 * @param user dense codes below `users`
 */
export function orderOfRows(user: Int32Array, users: number, time: Float64Array | null, row: Int32Array): Int32Array {
  const start = new Int32Array(users + 1);
  for (const u of user) start[u + 1]!++;
  for (let u = 0; u < users; u++) start[u + 1]! += start[u]!;
  const next = start.slice(0, users);
  const order = new Int32Array(user.length);
  for (let k = 0; k < user.length; k++) order[next[user[k]!]!++] = k;

  const when = (k: number): number => {
    const t = time ? time[k]! : 0;
    return Number.isNaN(t) ? Number.NEGATIVE_INFINITY : t;
  };
  const compare = (a: number, b: number): number => {
    const x = when(a);
    const y = when(b);
    return x < y ? -1 : x > y ? 1 : row[a]! - row[b]!;
  };
  for (let u = 0; u < users; u++) {
    const from = start[u]!;
    const to = start[u + 1]!;
    let sorted = true;
    for (let k = from + 1; k < to && sorted; k++) sorted = compare(order[k - 1]!, order[k]!) <= 0;
    if (!sorted) order.subarray(from, to).sort(compare);
  }
  return order;
}
