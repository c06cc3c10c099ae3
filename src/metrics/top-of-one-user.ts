/**
 * The K best candidates of one row of scores, best first: what this user would be shown.
 * Equal scores stand by ascending item, since a real list knows no target to hold back. An item whose score is NaN is not shown.
 */

/**
 * One pass: an item that does not pass the worst of the K so far costs one comparison.
 * @param scores rows of I float32 scores; the row begins at `offset`
 * @param excluded ascending, distinct: items[from … to)
 * @returns at most K items
 */
export function topOfOneUser(scores: Float32Array, offset: number, I: number, excluded: Int32Array, from: number, to: number, K: number): Int32Array {
  const items = new Int32Array(K);
  const values = new Float64Array(K);
  let length = 0;
  let next = from;
  /** Puts item i where it belongs among the first `length`; the last of a full list falls out. */
  const enter = (i: number, s: number): void => {
    while (next < to && excluded[next]! < i) next++;
    if (next < to && excluded[next] === i) return;
    let p = length < K ? length++ : K - 1;
    for (; p > 0 && values[p - 1]! < s; p--) {
      values[p] = values[p - 1]!;
      items[p] = items[p - 1]!;
    }
    values[p] = s;
    items[p] = i;
  };
  let i = 0;
  for (; i < I && length < K; i++) {
    const s = scores[offset + i]!;
    if (!Number.isNaN(s)) enter(i, s);
  }
  let worst = values[K - 1]!;
  // Four at a time: nearly all fail, and the loop's own work is most of the cost.
  for (; i < I; i += 4) {
    const o = offset + i;
    if (i + 3 < I && !(scores[o]! > worst || scores[o + 1]! > worst || scores[o + 2]! > worst || scores[o + 3]! > worst)) continue;
    for (let j = i; j < Math.min(I, i + 4); j++) {
      const s = scores[offset + j]!;
      if (!(s > worst)) continue;
      enter(j, s);
      worst = values[K - 1]!;
    }
  }
  return length < K ? items.slice(0, length) : items;
}
