// SIMD kernels for ranking (AssemblyScript; built by build.mjs into binary.ts): scores from factors, and what is asked of a row of scores.
// On imported memory; pointers are byte addresses. The slow twins are in ../factor-scores.ts and ../../metrics/score-rows.ts.

const TILES: i32 = 8; // item tiles kept in L1 while all users pass

/**
 * out[b, i] = bias[i] + Σ_k X[b, k] Y[i, k] in float64, rounded to float32. X and Y by tiles of four rows: tile t holds [f][4].
 * Each lane sums one score in the order of the factors, so the results are those of the twin bit for bit.
 * @param users, items numbers of tiles
 * @param ld floats in a row of out
 */
export function scorePanel(x: usize, users: i32, y: usize, items: i32, f: i32, bias: usize, out: usize, ld: i32): void {
  const tile = <usize>f << 5, row = <usize>ld << 2;
  for (let jb = 0; jb < items; jb += TILES) {
    const last = min(jb + TILES, items);
    for (let b = 0; b < users; b++) {
      for (let j = jb; j < last; j++) {
        const start0 = v128.load(bias + (<usize>j << 5)), start1 = v128.load(bias + (<usize>j << 5), 16);
        let c00 = start0, c01 = start1, c10 = start0, c11 = start1, c20 = start0, c21 = start1, c30 = start0, c31 = start1;
        let p = x + <usize>b * tile, q = y + <usize>j * tile;
        const end = q + tile;
        while (q < end) {
          const y0 = v128.load(q), y1 = v128.load(q, 16);
          const x0 = v128.load64_splat(p), x1 = v128.load64_splat(p, 8), x2 = v128.load64_splat(p, 16), x3 = v128.load64_splat(p, 24);
          c00 = f64x2.add(c00, f64x2.mul(x0, y0));
          c01 = f64x2.add(c01, f64x2.mul(x0, y1));
          c10 = f64x2.add(c10, f64x2.mul(x1, y0));
          c11 = f64x2.add(c11, f64x2.mul(x1, y1));
          c20 = f64x2.add(c20, f64x2.mul(x2, y0));
          c21 = f64x2.add(c21, f64x2.mul(x2, y1));
          c30 = f64x2.add(c30, f64x2.mul(x3, y0));
          c31 = f64x2.add(c31, f64x2.mul(x3, y1));
          p += 32;
          q += 32;
        }
        let at = out + (<usize>b << 2) * row + (<usize>j << 4);
        put(at, c00, c01);
        at += row;
        put(at, c10, c11);
        at += row;
        put(at, c20, c21);
        at += row;
        put(at, c30, c31);
      }
    }
  }
}

@inline
function put(at: usize, x: v128, y: v128): void {
  v128.store(at, v128.shuffle<u64>(f32x4.demote_f64x2_zero(x), f32x4.demote_f64x2_zero(y), 0, 2));
}

// From here on rows of float32 scores. A NaN counts for nothing: it is no candidate.

const SHORT: i32 = 24; // parts this short are sorted by insertion

/** How many of the n scores are ≥ s. */
export function atLeast(row: usize, n: i32, s: f32): i32 {
  const level = f32x4.splat(s);
  let a = i32x4.splat(0), b = a, c = a, d = a;
  let i = 0, at = row;
  for (; i + 16 <= n; i += 16) {
    a = i32x4.sub(a, f32x4.ge(v128.load(at), level));
    b = i32x4.sub(b, f32x4.ge(v128.load(at, 16), level));
    c = i32x4.sub(c, f32x4.ge(v128.load(at, 32), level));
    d = i32x4.sub(d, f32x4.ge(v128.load(at, 48), level));
    at += 64;
  }
  a = i32x4.add(i32x4.add(a, b), i32x4.add(c, d));
  let count = i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1) + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3);
  for (; i < n; i++) {
    count += <i32>(load<f32>(at) >= s);
    at += 4;
  }
  return count;
}

/**
 * The K best of n scores, best first, equal ones by ascending place: their places go to `out`.
 * maxima: room for 4 · max(16, K/2 rounded up) floats. keys: room for max(n, as many) u64.
 * @returns how many there are: K, or all that are numbers
 */
export function top(row: usize, n: i32, K: i32, maxima: usize, keys: usize, out: usize): i32 {
  if (K < 1) return 0;
  const found = collect(row, n, lowerBound(row, n, K, maxima, keys), keys);
  const kept = min(K, found);
  sortTop(keys, 0, found - 1, kept);
  for (let k = 0; k < kept; k++) store<u32>(out + (<usize>k << 2), ~(<u32>load<u64>(keys + (<usize>k << 3))));
  return kept;
}

/**
 * A number that at least K scores reach (or −∞). Every score belongs to one of at least 2K groups; the K-th largest of their maxima is such a number,
 * and on a row without order hardly more than K scores reach it.
 */
function lowerBound(row: usize, n: i32, K: i32, maxima: usize, keys: usize): f32 {
  const vectors = max(16, (K + 1) >> 1), groups = vectors << 2;
  const lowest: f32 = -Infinity;
  if (n <= groups) return lowest;
  const bytes = <usize>vectors << 4, last = maxima + bytes;
  for (let m = maxima; m < last; m += 16) v128.store(m, f32x4.splat(lowest));
  // The last n mod 4 scores belong to no group: the bound holds without them.
  const end = row + (<usize>(n & ~3) << 2);
  let at = row;
  while (at < end) {
    const stop = min(end, at + bytes);
    // pmax(a, b) is b only where a < b: a NaN never enters.
    for (let m = maxima; at < stop; at += 16, m += 16) v128.store(m, f32x4.pmax(v128.load(m), v128.load(at)));
  }
  for (let g = 0; g < groups; g++) store<u64>(keys + (<usize>g << 3), keyOf(load<f32>(maxima + (<usize>g << 2)), g));
  // Hoare's selection: afterwards the K largest stand in front.
  let low = 0, high = groups - 1;
  while (low < high) {
    const pivot = load<u64>(keys + (<usize>((low + high) >> 1) << 3));
    let i = low, j = high;
    while (i <= j) {
      while (load<u64>(keys + (<usize>i << 3)) > pivot) i++;
      while (load<u64>(keys + (<usize>j << 3)) < pivot) j--;
      if (i <= j) swap(keys, i++, j--);
    }
    if (K - 1 <= j) high = j;
    else if (K - 1 >= i) low = i;
    else break;
  }
  return load<f32>(maxima + (<usize>(~(<u32>load<u64>(keys + (<usize>(K - 1) << 3)))) << 2));
}

/** Keys of all scores ≥ s, in order of place. */
function collect(row: usize, n: i32, s: f32, keys: usize): i32 {
  const level = f32x4.splat(s);
  let i = 0, at = row, to = keys;
  for (; i + 16 <= n; i += 16) {
    const a = f32x4.ge(v128.load(at), level), b = f32x4.ge(v128.load(at, 16), level), c = f32x4.ge(v128.load(at, 32), level), d = f32x4.ge(v128.load(at, 48), level);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      let bits = i32x4.bitmask(a) | (i32x4.bitmask(b) << 4) | (i32x4.bitmask(c) << 8) | (i32x4.bitmask(d) << 12);
      while (bits != 0) {
        const lane = ctz(bits);
        store<u64>(to, keyOf(load<f32>(at + (<usize>lane << 2)), i + lane));
        to += 8;
        bits &= bits - 1;
      }
    }
    at += 64;
  }
  for (; i < n; i++) {
    const x = load<f32>(at);
    if (x >= s) {
      store<u64>(to, keyOf(x, i));
      to += 8;
    }
    at += 4;
  }
  return <i32>((to - keys) >> 3);
}

/** Larger for the better score, and for the earlier place among equal ones; no two keys are equal. −0 becomes +0. */
@inline
function keyOf(x: f32, place: i32): u64 {
  const bits = reinterpret<i32>(x + <f32>0);
  const order = <u32>(bits ^ ((bits >> 31) | i32.MIN_VALUE));
  return (<u64>order << 32) | <u64>(~(<u32>place));
}

@inline
function swap(keys: usize, i: i32, j: i32): void {
  const a = keys + (<usize>i << 3), b = keys + (<usize>j << 3);
  const t = load<u64>(a);
  store<u64>(a, load<u64>(b));
  store<u64>(b, t);
}

/** Brings the largest of keys[low … high] in descending order as far as place K needs it: parts that begin at K or later stay as they are. */
function sortTop(keys: usize, low: i32, high: i32, K: i32): void {
  while (high - low > SHORT) {
    const pivot = load<u64>(keys + (<usize>((low + high) >> 1) << 3));
    let i = low, j = high;
    while (i <= j) {
      while (load<u64>(keys + (<usize>i << 3)) > pivot) i++;
      while (load<u64>(keys + (<usize>j << 3)) < pivot) j--;
      if (i <= j) swap(keys, i++, j--);
    }
    // The shorter part by recursion, so that the stack stays small.
    if (j - low < high - i) {
      sortTop(keys, low, j, K);
      if (i >= K) return;
      low = i;
    } else {
      if (i < K) sortTop(keys, i, high, K);
      high = j;
    }
  }
  for (let i = low + 1; i <= high; i++) {
    const key = load<u64>(keys + (<usize>i << 3));
    let at = keys + (<usize>i << 3);
    const first = keys + (<usize>low << 3);
    while (at > first && load<u64>(at - 8) < key) {
      store<u64>(at, load<u64>(at - 8));
      at -= 8;
    }
    store<u64>(at, key);
  }
}
