// The two loops that take the time of vector search, float32, rows padded to `width`, a multiple of four.

// @ts-ignore: decorator
@inline
function lanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** out[r] = row_r · query for n rows in turn. Two rows at a time, so that the query is read half as often. */
export function dots(rows: usize, n: i32, width: i32, query: usize, out: usize): void {
  const row = <usize>width << 2;
  let r = 0;
  for (; r + 2 <= n; r += 2) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), e = f32x4.splat(0);
    const second = rows + row;
    let d: usize = 0;
    for (; d + 32 <= row; d += 32) {
      const q = v128.load(query + d), p = v128.load(query + d, 16);
      a = f32x4.add(a, f32x4.mul(v128.load(rows + d), q));
      b = f32x4.add(b, f32x4.mul(v128.load(rows + d, 16), p));
      c = f32x4.add(c, f32x4.mul(v128.load(second + d), q));
      e = f32x4.add(e, f32x4.mul(v128.load(second + d, 16), p));
    }
    for (; d < row; d += 16) {
      const q = v128.load(query + d);
      a = f32x4.add(a, f32x4.mul(v128.load(rows + d), q));
      c = f32x4.add(c, f32x4.mul(v128.load(second + d), q));
    }
    store<f32>(out, lanes(f32x4.add(a, b)));
    store<f32>(out + 4, lanes(f32x4.add(c, e)));
    out += 8;
    rows += row << 1;
  }
  if (r < n) {
    let a = f32x4.splat(0);
    for (let d: usize = 0; d < row; d += 16) a = f32x4.add(a, f32x4.mul(v128.load(rows + d), v128.load(query + d)));
    store<f32>(out, lanes(a));
  }
}

/**
 * Nearest of 8·panels centroids to each of 4·groups rows: the least ‖c‖² − 2 x·c, ties to the lower centroid.
 * @param packed panels of eight centroids, [panels][width][8]
 * @param norms ‖c‖² [8·panels]; +∞ for padding
 * @param best out [4·groups] int32, least out [4·groups] float32
 */
export function nearest(rows: usize, groups: i32, width: i32, packed: usize, panels: i32, norms: usize, best: usize, least: usize): void {
  const row = <usize>width << 2;
  const two = f32x4.splat(2);
  for (let g = 0; g < groups; g++) {
    // Four running minima of eight lanes would need 16 registers: the lanes of one panel are compared as they come.
    for (let k: usize = 0; k < 4; k++) {
      store<f32>(least + (k << 2), Infinity);
      store<i32>(best + (k << 2), 0);
    }
    for (let p = 0; p < panels; p++) {
      let at = packed + <usize>p * row * 8;
      let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
      let c0 = f32x4.splat(0), c1 = f32x4.splat(0), e0 = f32x4.splat(0), e1 = f32x4.splat(0);
      for (let d: usize = 0; d < row; d += 4) {
        const low = v128.load(at), high = v128.load(at, 16);
        at += 32;
        const x = rows + d;
        const w0 = v128.load_splat<f32>(x);
        a0 = f32x4.add(a0, f32x4.mul(w0, low));
        a1 = f32x4.add(a1, f32x4.mul(w0, high));
        const w1 = v128.load_splat<f32>(x + row);
        b0 = f32x4.add(b0, f32x4.mul(w1, low));
        b1 = f32x4.add(b1, f32x4.mul(w1, high));
        const w2 = v128.load_splat<f32>(x + (row << 1));
        c0 = f32x4.add(c0, f32x4.mul(w2, low));
        c1 = f32x4.add(c1, f32x4.mul(w2, high));
        const w3 = v128.load_splat<f32>(x + row * 3);
        e0 = f32x4.add(e0, f32x4.mul(w3, low));
        e1 = f32x4.add(e1, f32x4.mul(w3, high));
      }
      const n0 = v128.load(norms + (<usize>p << 5)), n1 = v128.load(norms + (<usize>p << 5), 16);
      const first = p << 3;
      keep(f32x4.sub(n0, f32x4.mul(two, a0)), f32x4.sub(n1, f32x4.mul(two, a1)), first, best, least);
      keep(f32x4.sub(n0, f32x4.mul(two, b0)), f32x4.sub(n1, f32x4.mul(two, b1)), first, best + 4, least + 4);
      keep(f32x4.sub(n0, f32x4.mul(two, c0)), f32x4.sub(n1, f32x4.mul(two, c1)), first, best + 8, least + 8);
      keep(f32x4.sub(n0, f32x4.mul(two, e0)), f32x4.sub(n1, f32x4.mul(two, e1)), first, best + 12, least + 12);
    }
    rows += row << 2;
    best += 16;
    least += 16;
  }
}

function keep(low: v128, high: v128, first: i32, best: usize, least: usize): void {
  const now = load<f32>(least);
  const below = f32x4.splat(now);
  if (!v128.any_true(v128.or(f32x4.lt(low, below), f32x4.lt(high, below)))) return;
  let m = now;
  let c = load<i32>(best);
  const v0 = f32x4.extract_lane(low, 0), v1 = f32x4.extract_lane(low, 1), v2 = f32x4.extract_lane(low, 2), v3 = f32x4.extract_lane(low, 3);
  const v4 = f32x4.extract_lane(high, 0), v5 = f32x4.extract_lane(high, 1), v6 = f32x4.extract_lane(high, 2), v7 = f32x4.extract_lane(high, 3);
  if (v0 < m) { m = v0; c = first; }
  if (v1 < m) { m = v1; c = first + 1; }
  if (v2 < m) { m = v2; c = first + 2; }
  if (v3 < m) { m = v3; c = first + 3; }
  if (v4 < m) { m = v4; c = first + 4; }
  if (v5 < m) { m = v5; c = first + 5; }
  if (v6 < m) { m = v6; c = first + 6; }
  if (v7 < m) { m = v7; c = first + 7; }
  store<f32>(least, m);
  store<i32>(best, c);
}
