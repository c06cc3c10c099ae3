// Rows of alternating least squares by conjugate gradient, float32, four factors at a time.
// Matrices are row-major with `row` bytes a row, a multiple of 16; the padding is zero and stays zero, for every result is a sum of multiples of padding.
// Per pass over a row's entries four rows of Y are read from memory once: the second use finds them in the first cache.

const ENOUGH: f32 = 1e-20; // |residual|² below which a row is left as it is
const BLOCK: i32 = 64; // rows of Y a tile of the Gram matrix sums before it is put away

// @ts-ignore: decorator
@inline
function lanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** The four sums of lanes as one vector. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, row: usize): f32 {
  let s = f32x4.splat(0);
  for (let d: usize = 0; d < row; d += 16) s = f32x4.add(s, f32x4.mul(v128.load(a + d), v128.load(b + d)));
  return lanes(s);
}

/** ⟨y0, v⟩ … ⟨y3, v⟩ */
// @ts-ignore: decorator
@inline
function dots(y0: usize, y1: usize, y2: usize, y3: usize, v: usize, row: usize): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let d: usize = 0;
  if (row & 16) {
    const x = v128.load(v);
    s0 = f32x4.mul(v128.load(y0), x);
    s1 = f32x4.mul(v128.load(y1), x);
    s2 = f32x4.mul(v128.load(y2), x);
    s3 = f32x4.mul(v128.load(y3), x);
    d = 16;
  }
  let t0 = f32x4.splat(0);
  let t1 = t0;
  let t2 = t0;
  let t3 = t0;
  for (; d < row; d += 32) {
    const x = v128.load(v + d);
    s0 = f32x4.add(s0, f32x4.mul(v128.load(y0 + d), x));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(y1 + d), x));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(y2 + d), x));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(y3 + d), x));
    const z = v128.load(v + d, 16);
    t0 = f32x4.add(t0, f32x4.mul(v128.load(y0 + d, 16), z));
    t1 = f32x4.add(t1, f32x4.mul(v128.load(y1 + d, 16), z));
    t2 = f32x4.add(t2, f32x4.mul(v128.load(y2 + d, 16), z));
    t3 = f32x4.add(t3, f32x4.mul(v128.load(y3 + d, 16), z));
  }
  return sums(f32x4.add(s0, t0), f32x4.add(s1, t1), f32x4.add(s2, t2), f32x4.add(s3, t3));
}

/** out = (scale·G + ridge·1) v */
function apply(G: usize, row: usize, scale: f32, ridge: f32, v: usize, out: usize): void {
  const pull = f32x4.splat(ridge);
  const weight = f32x4.splat(scale);
  for (let a: usize = 0; a < row; a += 16) {
    v128.store(out + a, f32x4.add(f32x4.mul(pull, v128.load(v + a)), f32x4.mul(weight, dots(G, G + row, G + 2 * row, G + 3 * row, v, row))));
    G += row << 2;
  }
}

/** out += Σ_k c_k y_k over `count` entries, with c = t − w ⟨y, v⟩ where `first`, else w ⟨y, v⟩. */
function addRows(out: usize, v: usize, row: usize, Y: usize, index: usize, weight: usize, target: usize, count: i32, first: bool): void {
  let k = count;
  for (; k >= 4; k -= 4) {
    const y0 = Y + <usize>load<i32>(index) * row;
    const y1 = Y + <usize>load<i32>(index, 4) * row;
    const y2 = Y + <usize>load<i32>(index, 8) * row;
    const y3 = Y + <usize>load<i32>(index, 12) * row;
    let c = f32x4.mul(v128.load(weight), dots(y0, y1, y2, y3, v, row));
    if (first) c = f32x4.sub(v128.load(target), c);
    const c0 = v128.shuffle<f32>(c, c, 0, 0, 0, 0);
    const c1 = v128.shuffle<f32>(c, c, 1, 1, 1, 1);
    const c2 = v128.shuffle<f32>(c, c, 2, 2, 2, 2);
    const c3 = v128.shuffle<f32>(c, c, 3, 3, 3, 3);
    for (let d: usize = 0; d < row; d += 16) {
      const low = f32x4.add(f32x4.mul(c0, v128.load(y0 + d)), f32x4.mul(c1, v128.load(y1 + d)));
      const high = f32x4.add(f32x4.mul(c2, v128.load(y2 + d)), f32x4.mul(c3, v128.load(y3 + d)));
      v128.store(out + d, f32x4.add(v128.load(out + d), f32x4.add(low, high)));
    }
    index += 16;
    weight += 16;
    target += 16;
  }
  for (; k > 0; k--) {
    const y = Y + <usize>load<i32>(index) * row;
    let c: f32 = load<f32>(weight) * dot(y, v, row);
    if (first) c = load<f32>(target) - c;
    const all = f32x4.splat(c);
    for (let d: usize = 0; d < row; d += 16) v128.store(out + d, f32x4.add(v128.load(out + d), f32x4.mul(all, v128.load(y + d))));
    index += 4;
    weight += 4;
    target += 4;
  }
}

/** `steps` conjugate-gradient steps on x in place, from its present value; `room` holds three rows. */
function improve(x: usize, Y: usize, row: usize, G: usize, index: usize, weight: usize, target: usize, count: i32, scale: f32, ridge: f32, room: usize, steps: i32): void {
  const r = room;
  const p = room + row;
  const Ap = room + 2 * row;
  apply(G, row, scale, ridge, x, r);
  for (let d: usize = 0; d < row; d += 16) v128.store(r + d, f32x4.neg(v128.load(r + d)));
  addRows(r, x, row, Y, index, weight, target, count, true);
  let rs = dot(r, r, row);
  if (rs < ENOUGH) return;
  memory.copy(p, r, row);
  for (let step = 0; step < steps; step++) {
    apply(G, row, scale, ridge, p, Ap);
    addRows(Ap, p, row, Y, index, weight, target, count, false);
    const alpha = f32x4.splat(rs / dot(p, Ap, row));
    let left = f32x4.splat(0);
    for (let d: usize = 0; d < row; d += 16) {
      v128.store(x + d, f32x4.add(v128.load(x + d), f32x4.mul(alpha, v128.load(p + d))));
      const e = f32x4.sub(v128.load(r + d), f32x4.mul(alpha, v128.load(Ap + d)));
      v128.store(r + d, e);
      left = f32x4.add(left, f32x4.mul(e, e));
    }
    const next = lanes(left);
    if (next < ENOUGH) return;
    const beta = f32x4.splat(next / rs);
    for (let d: usize = 0; d < row; d += 16) v128.store(p + d, f32x4.add(v128.load(r + d), f32x4.mul(beta, v128.load(p + d))));
    rs = next;
  }
}

/** Rows from … to − 1 of X against Y, all pairs weighing `scale`; a row without entries becomes 0. CSR: `start` by rows of X, `index` rows of Y. */
export function solve(X: usize, Y: usize, row: usize, G: usize, start: usize, index: usize, weight: usize, target: usize, ridge: usize, room: usize, scale: f32, from: i32, to: i32, steps: i32): void {
  for (let u = from; u < to; u++) {
    const x = X + <usize>u * row;
    const first = load<i32>(start + (<usize>u << 2));
    const count = load<i32>(start + (<usize>u << 2), 4) - first;
    const skip = <usize>first << 2;
    if (count == 0) memory.fill(x, 0, row);
    else improve(x, Y, row, G, index + skip, weight + skip, target + skip, count, scale, load<f32>(ridge + (<usize>u << 2)), room, steps);
  }
}

/** Σ_listed (w s² − 2 t s + t), s = ⟨x, y⟩, over rows from … to − 1, to the float64 at `out`. */
export function listed(X: usize, Y: usize, row: usize, start: usize, index: usize, weight: usize, target: usize, from: i32, to: i32, out: usize): void {
  let sum: f64 = 0;
  let k = <usize>load<i32>(start + (<usize>from << 2)) << 2;
  for (let u = from; u < to; u++) {
    const x = X + <usize>u * row;
    const end = <usize>load<i32>(start + (<usize>u << 2), 4) << 2;
    for (; k + 16 <= end; k += 16) {
      const i = index + k;
      const s = dots(Y + <usize>load<i32>(i) * row, Y + <usize>load<i32>(i, 4) * row, Y + <usize>load<i32>(i, 8) * row, Y + <usize>load<i32>(i, 12) * row, x, row);
      const t = v128.load(target + k);
      const ws = f32x4.mul(v128.load(weight + k), s);
      sum += <f64>lanes(f32x4.add(f32x4.mul(f32x4.sub(ws, f32x4.add(t, t)), s), t));
    }
    for (; k < end; k += 4) {
      const s = dot(Y + <usize>load<i32>(index + k) * row, x, row);
      const t = load<f32>(target + k);
      sum += <f64>((load<f32>(weight + k) * s - 2 * t) * s + t);
    }
  }
  store<f64>(out, sum);
}

/** Rows from … to − 1 (multiples of 4) of G = YᵀY up to the diagonal and somewhat beyond: tiles of 4 × 4 over blocks of rows of Y. */
export function gram(Y: usize, rows: i32, row: usize, G: usize, from: i32, to: i32): void {
  const first = <usize>from << 2;
  const last = <usize>to << 2;
  memory.fill(G + <usize>from * row, 0, <usize>(to - from) * row);
  for (let block = 0; block < rows; block += BLOCK) {
    const begin = Y + <usize>block * row;
    const end = Y + <usize>min(rows, block + BLOCK) * row;
    for (let a = first; a < last; a += 16) {
      const tiles = G + (a >> 2) * row;
      for (let b: usize = 0; b <= a; b += 16) {
        const g = tiles + b;
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        for (let y = begin; y < end; y += row) {
          const z = v128.load(y + b);
          s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(y + a), z));
          s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(y + a, 4), z));
          s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(y + a, 8), z));
          s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(y + a, 12), z));
        }
        v128.store(g, f32x4.add(v128.load(g), s0));
        v128.store(g + row, f32x4.add(v128.load(g + row), s1));
        v128.store(g + 2 * row, f32x4.add(v128.load(g + 2 * row), s2));
        v128.store(g + 3 * row, f32x4.add(v128.load(g + 3 * row), s3));
      }
    }
  }
}

/** The upper triangle of G from the lower one. */
export function mirror(G: usize, row: usize): void {
  const f = row >> 2;
  for (let a: usize = 0; a < f; a++) for (let b: usize = 0; b < a; b++) store<f32>(G + b * row + (a << 2), load<f32>(G + a * row + (b << 2)));
}
