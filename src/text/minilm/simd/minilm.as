// SIMD kernels for the forward pass of MiniLM (AssemblyScript; built by build.mjs into binary.ts). What they compute is said in ../forward.ts.
// float32 on imported memory; pointers are byte addresses. T word pieces in all, D = 384 of width. Widths are multiples of 8.
// Quantised rows ("levels") are i16 by tiles of four rows: tile t holds [K / 2][4 rows][2]. Weights are i8 by panels of eight columns: [K / 2][8][2].

const D: i32 = 384;
const HEADS: i32 = 12;
const HEAD: i32 = 32;
const ROW: usize = 1536; // bytes of D floats

@inline
function bytes4(at: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(at))));
}

@inline
function sum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

@inline
function largest(x: v128): f32 {
  return max(max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)), max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)));
}

/** out[t] = word[ids[t]] + kind + place[places[t]]; tables of i8 with one scale a row. */
export function embed(T: i32, ids: usize, places: usize, words: usize, wordScales: usize, kind: usize, table: usize, tableScales: usize, out: usize): void {
  for (let t = 0; t < T; t++) {
    const id = <usize>load<i32>(ids + (<usize>t << 2)), place = <usize>load<i32>(places + (<usize>t << 2));
    const w = words + id * D, p = table + place * D;
    const ws = f32x4.splat(load<f32>(wordScales + (id << 2))), ps = f32x4.splat(load<f32>(tableScales + (place << 2)));
    for (let d = 0; d < D; d += 4) {
      const x = f32x4.add(f32x4.mul(bytes4(w + d), ws), v128.load(kind + (<usize>d << 2)));
      v128.store(out + (<usize>d << 2), f32x4.add(x, f32x4.mul(bytes4(p + d), ps)));
    }
    out += ROW;
  }
}

/** x[t] ← LayerNorm(x[t] + y[t]) (y = 0: of x[t] alone), in place. ε 1e-12 */
export function addNorm(T: i32, x: usize, y: usize, gamma: usize, beta: usize): void {
  for (let t = 0; t < T; t++) {
    let total = f32x4.splat(0);
    for (let d: usize = 0; d < ROW; d += 16) {
      let v = v128.load(x + d);
      if (y) {
        v = f32x4.add(v, v128.load(y + d));
        v128.store(x + d, v);
      }
      total = f32x4.add(total, v);
    }
    const mean = f32x4.splat(sum(total) / <f32>D);
    let squares = f32x4.splat(0);
    for (let d: usize = 0; d < ROW; d += 16) {
      const v = f32x4.sub(v128.load(x + d), mean);
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    const scale = f32x4.splat(<f32>1 / sqrt<f32>(sum(squares) / <f32>D + <f32>1e-12));
    for (let d: usize = 0; d < ROW; d += 16) {
      const v = f32x4.mul(f32x4.sub(v128.load(x + d), mean), scale);
      v128.store(x + d, f32x4.add(f32x4.mul(v, v128.load(gamma + d)), v128.load(beta + d)));
    }
    x += ROW;
    if (y) y += ROW;
  }
}

/** Four pairs of levels into their places. */
@inline
function putPairs(to: usize, levels: v128): void {
  v128.store32_lane(to, levels, 0);
  v128.store32_lane(to, levels, 1, 16);
  v128.store32_lane(to, levels, 2, 32);
  v128.store32_lane(to, levels, 3, 48);
}

@inline
function level(x: v128, inverse: v128, middle: v128): v128 {
  return i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.mul(x, inverse), middle));
}

/** Rows of D to −127 … 127 with one scale a row; each column is first multiplied by smooth[d] (smooth = 0: by nothing). */
export function quantise(T: i32, x: usize, smooth: usize, levels: usize, scales: usize): void {
  const middle = f32x4.splat(128.5), zero = i32x4.splat(128);
  for (let t = 0; t < T; t++) {
    let most = f32x4.splat(0);
    for (let d: usize = 0; d < ROW; d += 16) {
      const v = v128.load(x + d);
      most = f32x4.max(most, f32x4.abs(smooth ? f32x4.mul(v, v128.load(smooth + d)) : v));
    }
    const span = largest(most) + <f32>1e-6;
    store<f32>(scales + (<usize>t << 2), span * <f32>0.007874016);
    const inverse = f32x4.splat(<f32>127 / span);
    let to = levels + (<usize>t >> 2) * <usize>(D * 8) + ((<usize>t & 3) << 2);
    for (let d: usize = 0; d < ROW; d += 32) {
      let a = v128.load(x + d), b = v128.load(x + d, 16);
      if (smooth) {
        a = f32x4.mul(a, v128.load(smooth + d));
        b = f32x4.mul(b, v128.load(smooth + d, 16));
      }
      putPairs(to, i16x8.narrow_i32x4_s(i32x4.sub(level(a, inverse, middle), zero), i32x4.sub(level(b, inverse, middle), zero)));
      to += 64;
    }
    x += ROW;
  }
}

/** eˣ to about 1e-7, for x ≤ 0 (Cephes' polynomial). */
@inline
function exp(x: v128): v128 {
  x = f32x4.max(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** x Φ(x): erf by Abramowitz and Stegun 7.1.26, to 1.5e-7. */
@inline
function gelu(x: v128): v128 {
  const one = f32x4.splat(1), y = f32x4.abs(f32x4.mul(x, f32x4.splat(0.70710678)));
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(y, f32x4.splat(0.3275911))));
  let p = f32x4.splat(1.061405429);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-1.453152027));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.421413741));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.284496736));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.254829592));
  // Half of what lies beyond |x|: Φ(−|x|).
  const beyond = f32x4.mul(f32x4.mul(f32x4.splat(0.5), f32x4.mul(p, t)), exp(f32x4.neg(f32x4.mul(y, y))));
  return f32x4.mul(x, v128.bitselect(beyond, f32x4.sub(one, beyond), f32x4.lt(x, f32x4.splat(0))));
}

/** Rows of `width`: GELU in place, then 0 … 255 from −0.17 to the row's largest. */
export function geluQuantise(T: i32, width: i32, x: usize, levels: usize, scales: usize): void {
  const bytes = <usize>width << 2, floor = f32x4.splat(0.17), half = f32x4.splat(0.5);
  for (let t = 0; t < T; t++) {
    let most = f32x4.splat(-1);
    for (let d: usize = 0; d < bytes; d += 16) {
      const v = gelu(v128.load(x + d));
      v128.store(x + d, v);
      most = f32x4.max(most, v);
    }
    const span = largest(most) + <f32>0.17;
    store<f32>(scales + (<usize>t << 2), span * <f32>0.003921569);
    const inverse = f32x4.splat(<f32>255 / span);
    let to = levels + (<usize>t >> 2) * (<usize>width << 3) + ((<usize>t & 3) << 2);
    for (let d: usize = 0; d < bytes; d += 32) {
      putPairs(to, i16x8.narrow_i32x4_s(level(f32x4.add(v128.load(x + d), floor), inverse, half), level(f32x4.add(v128.load(x + d, 16), floor), inverse, half)));
      to += 64;
    }
    x += bytes;
  }
}

@inline
function put(at: usize, x: v128, rowScale: v128, scale: v128, bias: v128): void {
  v128.store(at, f32x4.add(f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(x), rowScale), scale), bias));
}

/** out[t, n] = scales[t] · columns[n] · Σ_k levels[t, k] weights[k, n] + bias[n] for n < N, summed in whole numbers. T is rounded up to four. */
export function linear(T: i32, K: i32, N: i32, levels: usize, scales: usize, weights: usize, columns: usize, bias: usize, out: usize): void {
  const bytes = <usize>K << 3, row = <usize>N << 2;
  for (let n = 0; n < N; n += 8) {
    const at = <usize>n << 2;
    const s0 = v128.load(columns + at), s1 = v128.load(columns + at, 16), b0 = v128.load(bias + at), b1 = v128.load(bias + at, 16);
    let p = levels;
    for (let t = 0; t < T; t += 4) {
      let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
      let q = weights;
      const end = q + bytes;
      while (q < end) {
        const w0 = v128.load8x8_s(q), w1 = v128.load8x8_s(q, 8);
        const x0 = v128.load32_splat(p), x1 = v128.load32_splat(p, 4), x2 = v128.load32_splat(p, 8), x3 = v128.load32_splat(p, 12);
        c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x0, w0));
        c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x0, w1));
        c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x1, w0));
        c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x1, w1));
        c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x2, w0));
        c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x2, w1));
        c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x3, w0));
        c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x3, w1));
        p += 16;
        q += 16;
      }
      const r = scales + (<usize>t << 2);
      let o = out + <usize>t * row + at;
      const r0 = v128.load32_splat(r), r1 = v128.load32_splat(r, 4), r2 = v128.load32_splat(r, 8), r3 = v128.load32_splat(r, 12);
      put(o, c00, r0, s0, b0);
      put(o + 16, c01, r0, s1, b1);
      o += row;
      put(o, c10, r1, s0, b0);
      put(o + 16, c11, r1, s1, b1);
      o += row;
      put(o, c20, r2, s0, b0);
      put(o + 16, c21, r2, s1, b1);
      o += row;
      put(o, c30, r3, s0, b0);
      put(o + 16, c31, r3, s1, b1);
    }
    weights += bytes;
  }
}

/** Attention of one text of L word pieces: qkv [L, 3 D] with queries, keys and values side by side → out [L, D]. row: room for L + 3 floats. */
export function attend(L: i32, qkv: usize, out: usize, row: usize): void {
  const stride: usize = 3 * ROW, last = row + (<usize>L << 2);
  for (let h = 0; h < HEADS; h++) {
    const at = <usize>(h * HEAD) << 2;
    for (let i = 0; i < L; i++) {
      const q = qkv + <usize>i * stride + at;
      let k = qkv + ROW + at;
      let most: f32 = -Infinity;
      for (let r = row; r < last; r += 4) {
        let dot = f32x4.mul(v128.load(q), v128.load(k));
        for (let d: usize = 16; d < <usize>(HEAD * 4); d += 16) dot = f32x4.add(dot, f32x4.mul(v128.load(q + d), v128.load(k + d)));
        const s = sum(dot) * <f32>0.17677669;
        store<f32>(r, s);
        most = max(most, s);
        k += stride;
      }
      const level = f32x4.splat(most);
      for (let r = row; r < last; r += 16) v128.store(r, exp(f32x4.sub(v128.load(r), level)));
      let total: f32 = 0;
      for (let r = row; r < last; r += 4) total += load<f32>(r);
      let v = qkv + 2 * ROW + at;
      const o = out + <usize>i * ROW + at;
      let a = f32x4.splat(0), b = a, c = a, d = a, e = a, f = a, g = a, j = a;
      for (let r = row; r < last; r += 4) {
        const w = f32x4.splat(load<f32>(r) / total);
        a = f32x4.add(a, f32x4.mul(w, v128.load(v)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(v, 16)));
        c = f32x4.add(c, f32x4.mul(w, v128.load(v, 32)));
        d = f32x4.add(d, f32x4.mul(w, v128.load(v, 48)));
        e = f32x4.add(e, f32x4.mul(w, v128.load(v, 64)));
        f = f32x4.add(f, f32x4.mul(w, v128.load(v, 80)));
        g = f32x4.add(g, f32x4.mul(w, v128.load(v, 96)));
        j = f32x4.add(j, f32x4.mul(w, v128.load(v, 112)));
        v += stride;
      }
      v128.store(o, a);
      v128.store(o, b, 16);
      v128.store(o, c, 32);
      v128.store(o, d, 48);
      v128.store(o, e, 64);
      v128.store(o, f, 80);
      v128.store(o, g, 96);
      v128.store(o, j, 112);
    }
  }
}

/** The mean of L rows of D, brought to length 1. */
export function pool(L: i32, x: usize, out: usize): void {
  const share = f32x4.splat(<f32>1 / <f32>L);
  let squares = f32x4.splat(0);
  for (let d: usize = 0; d < ROW; d += 16) {
    let total = f32x4.splat(0);
    for (let i = 0; i < L; i++) total = f32x4.add(total, v128.load(x + <usize>i * ROW + d));
    total = f32x4.mul(total, share);
    v128.store(out + d, total);
    squares = f32x4.add(squares, f32x4.mul(total, total));
  }
  const scale = f32x4.splat(<f32>1 / max(sqrt<f32>(sum(squares)), <f32>1e-12));
  for (let d: usize = 0; d < ROW; d += 16) v128.store(out + d, f32x4.mul(v128.load(out + d), scale));
}
