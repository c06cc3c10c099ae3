// Continues kernels.as and sequence.as: work in parts, for threads. What a part writes is touched by no other, and every number is summed in the
// same order whatever the parts.

// ------------------------------------------------------------------ matrix product

/** Columns from … to (from a multiple of 8) of B [k, n] packed, each panel to its place in `packed`. */
export function packPart(b: usize, brs: i32, bcs: i32, k: i32, from: i32, to: i32, packed: usize): void {
  pack(b + ((<usize>from * <usize>bcs) << 2), <usize>brs << 2, <usize>bcs << 2, k, to - from, packed + ((<usize>from * <usize>k) << 2));
}

/** Rows of A, stored as columns, four by four: [ceil(rows / 4)][depth][4]. `rows` need not be a multiple of 4; the rest of the last four is not read. */
function packLeft(a: usize, acs: usize, rows: i32, depth: i32, out: usize): void {
  for (let i = 0; i < rows; i += 4) {
    let from = a + (<usize>i << 2);
    const w = min(4, rows - i);
    for (let p = 0; p < depth; p++) {
      if (w == 4) v128.store(out, v128.load(from));
      else for (let q = 0; q < w; q++) f32.store(out + (<usize>q << 2), f32.load(from + (<usize>q << 2)));
      from += acs;
      out += 16;
    }
  }
}

/** Floats of scratch space of the products below. */
export function partScratch(): i32 {
  return MC * KC + 8;
}

/** C[m, n] (+)= A[m, k] · packed B, rows of C ldc floats apart; panels of B are `deep` ≥ k rows deep. */
export function productPart(a: usize, ars: i32, acs: i32, packed: usize, deep: i32, c: usize, ldc: i32, m: i32, n: i32, k: i32, accumulate: i32, scratch: usize): void {
  const RS = <usize>ars << 2, CS = <usize>acs << 2, LD = <usize>ldc << 2;
  const whole = n & ~7;
  const edge = scratch + ((<usize>MC * <usize>KC) << 2);
  const turned = ars == 1 && acs != 1 && n > 8;
  for (let kb = 0; kb < k; kb += KC) {
    const depth = min(KC, k - kb);
    const add = accumulate != 0 || kb > 0;
    for (let ib = 0; ib < m; ib += MC) {
      const rows = min(MC, m - ib);
      let from = a + <usize>ib * RS + <usize>kb * CS;
      let rs = RS, cs = CS, four = RS * 4;
      if (turned) {
        packLeft(from, CS, rows, depth, scratch);
        from = scratch;
        rs = 4;
        cs = 16;
        four = <usize>depth << 4;
      }
      for (let j = 0; j < n; j += 8) {
        const panel = packed + (((<usize>j * <usize>deep) + (<usize>kb << 3)) << 2);
        const to = c + <usize>ib * LD + (<usize>j << 2);
        let i = 0, row = from;
        if (j < whole) {
          for (; i + 4 <= rows; i += 4, row += four) tile4(row, rs, cs, panel, depth, to + <usize>i * LD, LD, add);
          for (; i < rows; i++, row += rs) tile1(row, cs, panel, depth, to + <usize>i * LD, add);
        } else {
          for (; i < rows; i++) {
            tile1(row + <usize>(i >> 2) * four + <usize>(i & 3) * rs, cs, panel, depth, edge, false);
            for (let q = 0; q < n - whole; q++) {
              const at = to + <usize>i * LD + (<usize>q << 2);
              f32.store(at, (add ? f32.load(at) : 0) + f32.load(edge + (<usize>q << 2)));
            }
          }
        }
      }
    }
  }
}

/** Columns of a product: B [k, n] is packed here. Scratch: ((n + 7) & ~7) · k floats and partScratch. */
export function sgemmPart(a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  pack(b, <usize>brs << 2, <usize>bcs << 2, k, n, scratch);
  productPart(a, ars, acs, scratch, k, c, ldc, m, n, k, 0, scratch + ((<usize>((n + 7) & ~7) * <usize>k) << 2));
}

// ------------------------------------------------------------------ sums, sparse rows

/** out[c] = Σ x[r, c] over all rows, for columns from … to of [rows, D]. */
export function columnSumsPart(x: usize, rows: i32, D: i32, from: i32, to: i32, out: usize): void {
  const width = <usize>D << 2;
  let c = from;
  for (; c + 16 <= to; c += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let p = x + (<usize>c << 2);
    for (let r = 0; r < rows; r++, p += width) {
      s0 = f32x4.add(s0, v128.load(p));
      s1 = f32x4.add(s1, v128.load(p, 16));
      s2 = f32x4.add(s2, v128.load(p, 32));
      s3 = f32x4.add(s3, v128.load(p, 48));
    }
    const o = out + (<usize>c << 2);
    v128.store(o, s0);
    v128.store(o, s1, 16);
    v128.store(o, s2, 32);
    v128.store(o, s3, 48);
  }
  for (; c < to; c++) {
    let s: f32 = 0;
    let p = x + (<usize>c << 2);
    for (let r = 0; r < rows; r++, p += width) s += f32.load(p);
    f32.store(out + (<usize>c << 2), s);
  }
}

/** dW[index[k]] += value[k] dy[b] for columns from … to of dW [R, D], which are filled with zeros first. */
export function sparseRowsBackPart(start: usize, index: usize, value: usize, dy: usize, B: i32, D: i32, R: i32, from: i32, to: i32, dW: usize): void {
  const bytes = <usize>D << 2, at = <usize>from << 2, n = to - from;
  for (let r = 0; r < R; r++) memory.fill(dW + <usize>r * bytes + at, 0, <usize>n << 2);
  for (let b = 0; b < B; b++) {
    const end = i32.load(start + (<usize>(b + 1) << 2));
    for (let k = i32.load(start + (<usize>b << 2)); k < end; k++) {
      addScaled(dy + <usize>b * bytes + at, dW + <usize>i32.load(index + (<usize>k << 2)) * bytes + at, n, f32.load(value + (<usize>k << 2)), 1);
    }
  }
}

/** out[b] = Σ_k value[k] W[index[k]] over k of row b, for rows from … to of out [B, D], filled with zeros first. */
export function sparseRowsPart(start: usize, index: usize, value: usize, W: usize, from: i32, to: i32, D: i32, out: usize): void {
  const bytes = <usize>D << 2;
  memory.fill(out + <usize>from * bytes, 0, <usize>(to - from) * bytes);
  for (let b = from; b < to; b++) {
    const end = i32.load(start + (<usize>(b + 1) << 2));
    for (let k = i32.load(start + (<usize>b << 2)); k < end; k++) {
      addScaled(W + <usize>i32.load(index + (<usize>k << 2)) * bytes, out + <usize>b * bytes, D, f32.load(value + (<usize>k << 2)), 1);
    }
  }
}

/** out[k] = table[index[k]] for k of from … to. */
export function rowsPart(table: usize, index: usize, D: i32, from: i32, to: i32, out: usize): void {
  const bytes = <usize>D << 2;
  for (let k = from; k < to; k++) memory.copy(out + <usize>k * bytes, table + <usize>i32.load(index + (<usize>k << 2)) * bytes, bytes);
}

/** out[index[k]] += x[k] for columns from … to of out [R, D], filled with zeros first; indices outside of 0 … R − 1 are skipped. */
export function addRowsPart(x: usize, index: usize, n: i32, D: i32, R: i32, from: i32, to: i32, out: usize): void {
  const bytes = <usize>D << 2, at = <usize>from << 2, w = to - from;
  for (let r = 0; r < R; r++) memory.fill(out + <usize>r * bytes + at, 0, <usize>w << 2);
  for (let k = 0; k < n; k++) {
    const r = i32.load(index + (<usize>k << 2));
    if (r >= 0 && r < R) addScaled(x + <usize>k * bytes + at, out + <usize>r * bytes + at, w, 1, 1);
  }
}

/** du[a_k] += dy[k] v[b_k] and dv[b_k] += dy[k] u[a_k], for columns from … to of du [n, D] and dv [m, D], filled with zeros first. */
export function pairDotsBackPart(u: usize, v: usize, a: usize, b: usize, dy: usize, P: i32, D: i32, n: i32, m: i32, from: i32, to: i32, du: usize, dv: usize): void {
  const bytes = <usize>D << 2, first = <usize>from << 2, end = <usize>to << 2;
  for (let r = 0; r < n; r++) memory.fill(du + <usize>r * bytes + first, 0, end - first);
  for (let r = 0; r < m; r++) memory.fill(dv + <usize>r * bytes + first, 0, end - first);
  for (let k = 0; k < P; k++) {
    const d = f32.load(dy + (<usize>k << 2));
    if (d == 0) continue;
    const g = f32x4.splat(d);
    const i = <usize>i32.load(a + (<usize>k << 2)) * bytes, j = <usize>i32.load(b + (<usize>k << 2)) * bytes;
    for (let o = first; o < end; o += 16) {
      v128.store(du + i + o, madd(g, v128.load(v + j + o), v128.load(du + i + o)));
      v128.store(dv + j + o, madd(g, v128.load(u + i + o), v128.load(dv + j + o)));
    }
  }
}

// ------------------------------------------------------------------ softmax losses

/** Rows from … to of the in-batch softmax: dx = (softmax(x/T + c) − identity)/(T B); facts[b] = (max, Σ e, own logit). */
export function inBatchRows(x: usize, correction: usize, from: i32, to: i32, B: i32, temperature: f32, dx: usize, facts: usize): void {
  const bytes = <usize>B << 2, whole = <usize>(B & ~3) << 2;
  const T = f32x4.splat(temperature);
  for (let b = from; b < to; b++) {
    const at = <usize>b * bytes, row = dx + at, f = facts + <usize>b * 12;
    for (let o: usize = 0; o < whole; o += 16) v128.store(row + o, f32x4.add(f32x4.div(v128.load(x + at + o), T), v128.load(correction + at + o)));
    for (let o = whole; o < bytes; o += 4) f32.store(row + o, f32.load(x + at + o) / temperature + f32.load(correction + at + o));
    const own = row + (<usize>b << 2);
    f32.store(f, f32.load(own), 8);
    softmaxRow(row, row, B, f);
    addScaled(row, row, B, 1 / (f32.load(f, 4) * temperature * <f32>B), 0);
    f32.store(own, f32.load(own) - 1 / (temperature * <f32>B));
  }
}

/**
 * Cross-entropy over a catalogue for `rows` rows of H: logits = H Wᵀ become (softmax − one-hot)/n, dH = that · W; facts[r] = (max, Σ e, own logit).
 * turned: Wᵀ packed, straight: W packed. Scratch: partScratch.
 */
export function crossEntropyRows(h: usize, turned: usize, straight: usize, target: usize, rows: i32, I: i32, D: i32, n: f32, logits: usize, dH: usize, facts: usize, scratch: usize): void {
  const wide = <usize>I << 2, narrow = <usize>D << 2;
  const BLOCK = 32; // logits of so many rows stay in cache from one product to the next
  for (let first = 0; first < rows; first += BLOCK) {
    const m = min(BLOCK, rows - first);
    const L = logits + <usize>first * wide;
    productPart(h + <usize>first * narrow, D, 1, turned, D, L, I, m, I, D, 0, scratch);
    for (let r = 0; r < m; r++) {
      const row = L + <usize>r * wide, f = facts + <usize>(first + r) * 12;
      const own = row + (<usize>i32.load(target + (<usize>(first + r) << 2)) << 2);
      f32.store(f, f32.load(own), 8);
      softmaxRow(row, row, I, f);
      addScaled(row, row, I, 1 / (f32.load(f, 4) * n), 0);
      f32.store(own, f32.load(own) - 1 / n);
    }
    productPart(L, I, 1, straight, I, dH + <usize>first * narrow, D, m, D, I, 0, scratch);
  }
}

/** Rows from … to of the multinomial loss: dx = (Σ value · softmax − value)/B; facts[b] = (max, Σ e). */
export function multinomialRows(logits: usize, start: usize, index: usize, value: usize, from: i32, to: i32, I: i32, B: f32, dx: usize, facts: usize): void {
  const bytes = <usize>I << 2;
  for (let b = from; b < to; b++) {
    const row = dx + <usize>b * bytes, f = facts + (<usize>b << 3);
    softmaxRow(logits + <usize>b * bytes, row, I, f);
    const first = i32.load(start + (<usize>b << 2)), end = i32.load(start + (<usize>(b + 1) << 2));
    let weight: f32 = 0;
    for (let k = first; k < end; k++) weight += f32.load(value + (<usize>k << 2));
    addScaled(row, row, I, weight / (f32.load(f, 4) * B), 0);
    for (let k = first; k < end; k++) {
      const at = row + (<usize>i32.load(index + (<usize>k << 2)) << 2);
      f32.store(at, f32.load(at) - f32.load(value + (<usize>k << 2)) / B);
    }
  }
}

// ------------------------------------------------------------------ causal attention; head widths are multiples of 8

const ROWS: i32 = 32; // rows of attention weights at once

@inline
function up8(n: i32): i32 {
  return (n + 7) & ~7;
}

/** Floats of scratch for sequences up to T long and heads of width d. */
export function attentionScratch(T: i32, d: i32): i32 {
  return 4 * up8(T) * d + 2 * ROWS * up8(T) + 2 * ROWS * d + MC * KC + 16;
}

/** Rows first … first + m of softmax(Q Kᵀ scale) without later columns, into W [m, wide] (zeros from the diagonal to `wide`). */
function attentionWeights(q: usize, D: i32, turnedK: usize, d: i32, first: i32, m: i32, wide: i32, scale: f32, W: usize, stats: usize, scratch: usize): void {
  productPart(q + ((<usize>first * <usize>D) << 2), D, 1, turnedK, d, W, wide, m, wide, d, 0, scratch);
  for (let r = 0; r < m; r++) {
    const row = W + ((<usize>r * <usize>wide) << 2);
    const n = first + r + 1;
    addScaled(row, row, n, scale, 0);
    softmaxRow(row, row, n, stats);
    addScaled(row, row, n, 1 / f32.load(stats, 4), 0);
    memory.fill(row + (<usize>n << 2), 0, <usize>(wide - n) << 2);
  }
}

/** Heads from … to (counted sequence by sequence) of the output. */
export function attention(q: usize, k: usize, v: usize, start: usize, heads: i32, D: i32, from: i32, to: i32, T: i32, out: usize, room: usize): void {
  const d = D / heads;
  const scale: f32 = 1 / sqrt<f32>(<f32>d);
  const turnedK = room, straightV = turnedK + ((<usize>up8(T) * <usize>d) << 2);
  const W = straightV + ((<usize>up8(T) * <usize>d) << 2), stats = W + ((<usize>ROWS * <usize>up8(T)) << 2), scratch = stats + 32;
  const wideD = <usize>D << 2;
  for (let job = from; job < to; job++) {
    const s = job / heads;
    const begin = i32.load(start + (<usize>s << 2)), t = i32.load(start + (<usize>(s + 1) << 2)) - begin;
    const at = ((<usize>begin * <usize>D) << 2) + ((<usize>(job % heads) * <usize>d) << 2);
    pack(k + at, 4, wideD, d, t, turnedK);
    pack(v + at, wideD, 4, t, d, straightV);
    for (let first = 0; first < t; first += ROWS) {
      const m = min(ROWS, t - first), wide = up8(first + m);
      attentionWeights(q + at, D, turnedK, d, first, m, wide, scale, W, stats, scratch);
      productPart(W, wide, 1, straightV, t, out + at + <usize>first * wideD, D, m, d, min(wide, t), 0, scratch);
    }
  }
}

/** Gradients by q, k and v of heads from … to. */
export function attentionBack(q: usize, k: usize, v: usize, dy: usize, start: usize, heads: i32, D: i32, from: i32, to: i32, T: i32, dq: usize, dk: usize, dv: usize, room: usize): void {
  const d = D / heads;
  const scale: f32 = 1 / sqrt<f32>(<f32>d);
  const panels = (<usize>up8(T) * <usize>d) << 2, square = (<usize>ROWS * <usize>up8(T)) << 2, few = (<usize>ROWS * <usize>d) << 2;
  const turnedK = room, turnedV = turnedK + panels, straightK = turnedV + panels;
  const W = straightK + panels, G = W + square, packedY = G + square, packedQ = packedY + few, stats = packedQ + few, scratch = stats + 32;
  const wideD = <usize>D << 2;
  for (let job = from; job < to; job++) {
    const s = job / heads;
    const begin = i32.load(start + (<usize>s << 2)), t = i32.load(start + (<usize>(s + 1) << 2)) - begin;
    const at = ((<usize>begin * <usize>D) << 2) + ((<usize>(job % heads) * <usize>d) << 2);
    pack(k + at, 4, wideD, d, t, turnedK);
    pack(v + at, 4, wideD, d, t, turnedV);
    pack(k + at, wideD, 4, t, d, straightK);
    for (let r = 0; r < t; r++) {
      memory.fill(dk + at + <usize>r * wideD, 0, <usize>d << 2);
      memory.fill(dv + at + <usize>r * wideD, 0, <usize>d << 2);
    }
    for (let first = 0; first < t; first += ROWS) {
      const m = min(ROWS, t - first), wide = up8(first + m), live = min(wide, t);
      const rows = at + <usize>first * wideD;
      attentionWeights(q + at, D, turnedK, d, first, m, wide, scale, W, stats, scratch);
      productPart(dy + rows, D, 1, turnedV, d, G, wide, m, wide, d, 0, scratch);
      pack(dy + rows, wideD, 4, m, d, packedY);
      pack(q + rows, wideD, 4, m, d, packedQ);
      productPart(W, 1, wide, packedY, m, dv + at, D, live, d, m, 1, scratch); // dV += Wᵀ dY
      for (let r = 0; r < m; r++) {
        const o = (<usize>r * <usize>wide) << 2, bytes = <usize>wide << 2;
        let sum = f32x4.splat(0);
        for (let c: usize = 0; c < bytes; c += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(W + o + c), v128.load(G + o + c)));
        const dot = f32x4.splat(sum4(sum)), S = f32x4.splat(scale);
        // W is 0 after the diagonal, so the gradient is too.
        for (let c: usize = 0; c < bytes; c += 16) v128.store(G + o + c, f32x4.mul(f32x4.mul(S, v128.load(W + o + c)), f32x4.sub(v128.load(G + o + c), dot)));
      }
      productPart(G, wide, 1, straightK, t, dq + rows, D, m, d, live, 0, scratch);
      productPart(G, 1, wide, packedQ, m, dk + at, D, live, d, m, 1, scratch);
    }
  }
}
