// Continues kernels.as: the k largest of each row, largest first; of equal ones the earlier first, and NaN last of all.

/** Whether x at place i comes after y at place j. */
@inline
function after(x: f32, i: i32, y: f32, j: i32): bool {
  if (x != x) return y == y || i > j;
  return x < y || (x == y && i > j);
}

/** Puts (x, i) into a heap of n whose root, now free, is the one that comes last; v and p are its values and places. */
function sift(v: usize, p: usize, n: i32, x: f32, i: i32, hole: i32): void {
  for (let child = 2 * hole + 1; child < n; child = 2 * hole + 1) {
    let at = <usize>child << 2;
    if (child + 1 < n && after(f32.load(v + at, 4), i32.load(p + at, 4), f32.load(v + at), i32.load(p + at))) {
      child++;
      at += 4;
    }
    const y = f32.load(v + at), j = i32.load(p + at);
    if (!after(y, j, x, i)) break;
    f32.store(v + (<usize>hole << 2), y);
    i32.store(p + (<usize>hole << 2), j);
    hole = child;
  }
  f32.store(v + (<usize>hole << 2), x);
  i32.store(p + (<usize>hole << 2), i);
}

/** Rows from … to of x [rows, n]: values and places [rows, k], 1 ≤ k ≤ n. The heap lives in the output, and is sorted there at the end. */
export function topRows(x: usize, n: i32, k: i32, from: i32, to: i32, values: usize, places: usize): void {
  for (let r = from; r < to; r++) {
    const row = x + ((<usize>r * <usize>n) << 2);
    const v = values + ((<usize>r * <usize>k) << 2), p = places + ((<usize>r * <usize>k) << 2);
    for (let i = 0; i < k; i++) {
      f32.store(v + (<usize>i << 2), f32.load(row + (<usize>i << 2)));
      i32.store(p + (<usize>i << 2), i);
    }
    for (let i = (k >> 1) - 1; i >= 0; i--) sift(v, p, k, f32.load(v + (<usize>i << 2)), i32.load(p + (<usize>i << 2)), i);
    let last = f32.load(v);
    let i = k;
    for (; i < n; i++) {
      // Most of a row is no better than what is there: eight at a time are passed over.
      if (last == last) {
        const L = f32x4.splat(last);
        while (i + 8 <= n && !v128.any_true(v128.or(f32x4.gt(v128.load(row + (<usize>i << 2)), L), f32x4.gt(v128.load(row + (<usize>i << 2), 16), L)))) i += 8;
        if (i >= n) break;
      }
      const y = f32.load(row + (<usize>i << 2));
      if (!after(last, i32.load(p), y, i)) continue;
      sift(v, p, k, y, i, 0);
      last = f32.load(v);
    }
    for (let end = k - 1; end > 0; end--) {
      const at = <usize>end << 2;
      const y = f32.load(v + at), j = i32.load(p + at);
      f32.store(v + at, f32.load(v));
      i32.store(p + at, i32.load(p));
      sift(v, p, end, y, j, 0);
    }
  }
}
