// Continues kernels.as: the k largest of each row, largest first; of equal ones the earlier first, and NaN last of all.

/** A key that is larger the earlier an element comes in the order: its value as an ordered whole number, then its place backwards. */
@inline
function keyOf(x: f32, i: i32): u64 {
  const bits = reinterpret<u32>(x + 0); // −0 becomes 0
  const ordered = x != x ? 0 : bits ^ (<u32>(<i32>bits >> 31) | 0x80000000);
  return (<u64>ordered << 32) | <u64>~<u32>i;
}

/** Puts x into a heap of n whose root, the smallest, is free. The hole goes down to a leaf first and x up from there: x is nearly always small. */
function sift(heap: usize, n: i32, x: u64, root: i32): void {
  let hole = root;
  let child = 2 * root + 1;
  for (; child + 1 < n; child = 2 * child + 1) {
    const at = heap + (<usize>child << 3);
    const a = load<u64>(at), b = load<u64>(at, 8);
    child += <i32>(b < a);
    store<u64>(heap + (<usize>hole << 3), min(a, b));
    hole = child;
  }
  if (child < n) {
    store<u64>(heap + (<usize>hole << 3), load<u64>(heap + (<usize>child << 3)));
    hole = child;
  }
  while (hole > root) {
    const above = (hole - 1) >> 1;
    const y = load<u64>(heap + (<usize>above << 3));
    if (y <= x) break;
    store<u64>(heap + (<usize>hole << 3), y);
    hole = above;
  }
  store<u64>(heap + (<usize>hole << 3), x);
}

/** Rows from … to of x [rows, n]: values and places [rows, k], 1 ≤ k ≤ n. heap: 2 k floats of scratch. */
export function topRows(x: usize, n: i32, k: i32, from: i32, to: i32, values: usize, places: usize, heap: usize): void {
  for (let r = from; r < to; r++) {
    const row = x + ((<usize>r * <usize>n) << 2);
    for (let i = 0; i < k; i++) store<u64>(heap + (<usize>i << 3), keyOf(f32.load(row + (<usize>i << 2)), i));
    for (let i = (k >> 1) - 1; i >= 0; i--) sift(heap, k, load<u64>(heap + (<usize>i << 3)), i);
    let worst = load<u64>(heap);
    for (let i = k; i < n; i++) {
      // Most of a row is no better than what is there: eight at a time are passed over.
      const last = f32.load(row + (<usize>~<u32>worst << 2));
      if (last == last) {
        const L = f32x4.splat(last);
        while (i + 8 <= n && !v128.any_true(v128.or(f32x4.gt(v128.load(row + (<usize>i << 2)), L), f32x4.gt(v128.load(row + (<usize>i << 2), 16), L)))) i += 8;
        if (i >= n) break;
      }
      const key = keyOf(f32.load(row + (<usize>i << 2)), i);
      if (key < worst) continue;
      sift(heap, k, key, 0);
      worst = load<u64>(heap);
    }
    for (let end = k - 1; end >= 0; end--) {
      const i = <i32>~<u32>load<u64>(heap);
      const at = (<usize>r * <usize>k + <usize>end) << 2;
      f32.store(values + at, f32.load(row + (<usize>i << 2)));
      i32.store(places + at, i);
      sift(heap, end, load<u64>(heap + (<usize>end << 3)), 0);
    }
  }
}
