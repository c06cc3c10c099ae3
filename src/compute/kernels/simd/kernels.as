// SIMD kernels over the memory of tfjs's WASM backend (AssemblyScript; built by build.mjs into binary.ts).
// All pointers are byte addresses of float32 or int32 arrays; nothing is allocated here and there is no static data.
// Every kernel's slow twin is the TypeScript beside it in ../ ; the tests compare the two.

const KC: i32 = 256; // depth of a block of the inner sum: an 8-wide panel of B is then 8 KB, half of L1
const MC: i32 = 64; // rows of A per block
const T: i32 = 32; // pairs per block of the pair head: its activations (T × 128 floats, a few times) stay in L2

// ------------------------------------------------------------------ matrix product

/** C[4, 8] (+)= A[4, k] · panel[k, 8]. Strides in bytes. */
function tile4(a: usize, ars: usize, acs: usize, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const a1 = ars, a2 = ars * 2, a3 = ars * 3;
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const s0 = v128.load32_splat(a), s1 = v128.load32_splat(a + a1), s2 = v128.load32_splat(a + a2), s3 = v128.load32_splat(a + a3);
    c00 = f32x4.add(c00, f32x4.mul(s0, b0));
    c01 = f32x4.add(c01, f32x4.mul(s0, b1));
    c10 = f32x4.add(c10, f32x4.mul(s1, b0));
    c11 = f32x4.add(c11, f32x4.mul(s1, b1));
    c20 = f32x4.add(c20, f32x4.mul(s2, b0));
    c21 = f32x4.add(c21, f32x4.mul(s2, b1));
    c30 = f32x4.add(c30, f32x4.mul(s3, b0));
    c31 = f32x4.add(c31, f32x4.mul(s3, b1));
    a += acs;
    b += 32;
  }
  store8(c, c00, c01, accumulate);
  store8(c + ldc, c10, c11, accumulate);
  store8(c + 2 * ldc, c20, c21, accumulate);
  store8(c + 3 * ldc, c30, c31, accumulate);
}

function tile1(a: usize, acs: usize, b: usize, k: i32, c: usize, accumulate: bool): void {
  let c0 = f32x4.splat(0), c1 = c0;
  for (let p = 0; p < k; p++) {
    const s = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
    a += acs;
    b += 32;
  }
  store8(c, c0, c1, accumulate);
}

@inline
function store8(c: usize, x: v128, y: v128, accumulate: bool): void {
  if (accumulate) {
    x = f32x4.add(x, v128.load(c));
    y = f32x4.add(y, v128.load(c, 16));
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** B [k, n] → panels [ceil(n/8)][k][8], zeros past n. */
function pack(b: usize, brs: usize, bcs: usize, k: i32, n: i32, out: usize): void {
  for (let j = 0; j < n; j += 8) {
    let from = b + <usize>j * bcs;
    const w = min(8, n - j);
    for (let p = 0; p < k; p++) {
      if (w == 8 && bcs == 4) {
        v128.store(out, v128.load(from));
        v128.store(out, v128.load(from, 16), 16);
      } else {
        for (let q = 0; q < 8; q++) f32.store(out + (<usize>q << 2), q < w ? f32.load(from + <usize>q * bcs) : 0);
      }
      from += brs;
      out += 32;
    }
  }
}

/** C[m, n] (+)= A[m, k] · packed B, n a multiple of 8. */
function product(a: usize, ars: usize, acs: usize, packed: usize, c: usize, ldc: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  for (let kb = 0; kb < k; kb += KC) {
    const depth = min(KC, k - kb);
    const add = accumulate || kb > 0;
    for (let ib = 0; ib < m; ib += MC) {
      const rows = min(MC, m - ib);
      for (let j = 0; j < n; j += 8) {
        const panel = packed + (((<usize>j * <usize>k) + (<usize>kb << 3)) << 2);
        let i = 0;
        for (; i + 4 <= rows; i += 4) tile4(a + <usize>(ib + i) * ars + <usize>kb * acs, ars, acs, panel, depth, c + <usize>(ib + i) * ldc + (<usize>j << 2), ldc, add);
        for (; i < rows; i++) tile1(a + <usize>(ib + i) * ars + <usize>kb * acs, acs, panel, depth, c + <usize>(ib + i) * ldc + (<usize>j << 2), add);
      }
    }
  }
}

/** Floats of scratch space for sgemm. */
export function sgemmScratch(n: i32, k: i32): i32 {
  return ((n + 7) & ~7) * k + 8;
}

/** C [m, n], row-major = A · B, with A[i, p] at a + i·ars + p·acs and B[p, j] at b + p·brs + j·bcs (strides in floats). */
export function sgemm(a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, m: i32, n: i32, k: i32, scratch: usize): void {
  const RS = <usize>ars << 2, CS = <usize>acs << 2;
  pack(b, <usize>brs << 2, <usize>bcs << 2, k, n, scratch);
  const whole = n & ~7;
  const ldc = <usize>n << 2;
  product(a, RS, CS, scratch, c, ldc, m, whole, k, false);
  if (whole == n) return;
  // The last, partial panel goes through eight floats of scratch, row by row.
  const panel = scratch + ((<usize>whole * <usize>k) << 2);
  const row = scratch + ((<usize>((n + 7) & ~7) * <usize>k) << 2);
  for (let i = 0; i < m; i++) {
    tile1(a + <usize>i * RS, CS, panel, k, row, false);
    for (let j = whole; j < n; j++) f32.store(c + <usize>i * ldc + (<usize>j << 2), f32.load(row + (<usize>(j - whole) << 2)));
  }
}

// ------------------------------------------------------------------ normal distribution

/**
 * e^y for y ≤ 0: 2^n · e^f with |f| ≤ ln2/2 and a Taylor polynomial of degree 7, summed in pairs (Estrin) to keep the chain of
 * dependent operations short: it, not their number, is what takes the time. Adding 1.5 · 2^23 rounds to an integer n, which is then
 * found in the low bits of the sum.
 */
@inline
function exp4(y: v128): v128 {
  y = f32x4.pmax(f32x4.splat(-87), y); // a NaN in y stays
  const shifted = f32x4.add(f32x4.mul(y, f32x4.splat(1.4426950408889634)), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  const f = f32x4.sub(f32x4.sub(y, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  const f2 = f32x4.mul(f, f);
  const c01 = f32x4.add(f, f32x4.splat(1));
  const c23 = f32x4.add(f32x4.mul(f32x4.splat(1.6666667e-1), f), f32x4.splat(0.5));
  const c45 = f32x4.add(f32x4.mul(f32x4.splat(8.3333333e-3), f), f32x4.splat(4.1666667e-2));
  const c67 = f32x4.add(f32x4.mul(f32x4.splat(1.9841270e-4), f), f32x4.splat(1.3888889e-3));
  const low = f32x4.add(c01, f32x4.mul(c23, f2));
  const high = f32x4.add(c45, f32x4.mul(c67, f2));
  const e = f32x4.add(low, f32x4.mul(high, f32x4.mul(f2, f2)));
  return f32x4.mul(e, i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000)));
}

/** Φ(x) given e = exp(−x²/2): Abramowitz & Stegun 7.1.26, absolute error 1.5e-7 in erf. */
@inline
function cdf4(x: v128, e: v128): v128 {
  const t = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.abs(x), f32x4.splat(0.23164188))));
  const t2 = f32x4.mul(t, t);
  const q01 = f32x4.add(f32x4.mul(f32x4.splat(-0.284496736), t), f32x4.splat(0.254829592));
  const q23 = f32x4.add(f32x4.mul(f32x4.splat(-1.453152027), t), f32x4.splat(1.421413741));
  const q = f32x4.add(f32x4.add(q01, f32x4.mul(q23, t2)), f32x4.mul(f32x4.splat(1.061405429), f32x4.mul(t2, t2)));
  const tail = f32x4.mul(f32x4.mul(q, t), f32x4.mul(e, f32x4.splat(0.5)));
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
}

@inline
function gauss4(x: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

@inline
function geluSlope4(x: v128, cdf: v128, e: v128): v128 {
  return f32x4.add(cdf, f32x4.mul(x, f32x4.mul(e, f32x4.splat(0.3989422804014327))));
}

@inline
function sum4(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

export function gelu(x: usize, y: usize, n: i32): void {
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const v = v128.load(x);
    v128.store(y, f32x4.mul(v, cdf4(v, gauss4(v))));
    x += 16;
    y += 16;
  }
  for (; k < n; k++) {
    const v = v128.load32_splat(x);
    f32.store(y, f32x4.extract_lane(f32x4.mul(v, cdf4(v, gauss4(v))), 0));
    x += 4;
    y += 4;
  }
}

export function geluBack(x: usize, dy: usize, dx: usize, n: i32): void {
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const v = v128.load(x);
    const e = gauss4(v);
    v128.store(dx, f32x4.mul(v128.load(dy), geluSlope4(v, cdf4(v, e), e)));
    x += 16;
    dy += 16;
    dx += 16;
  }
  for (; k < n; k++) {
    const v = v128.load32_splat(x);
    const e = gauss4(v);
    f32.store(dx, f32.load(dy) * f32x4.extract_lane(geluSlope4(v, cdf4(v, e), e), 0));
    x += 4;
    dy += 4;
    dx += 4;
  }
}

// ------------------------------------------------------------------ layer norm + GELU; widths are multiples of 4

/** One row: y = GELU(γ x̂ + β); x̂ and the GELU's slope are kept where `hat` and `slope` are not 0. Returns 1/√(var + eps). */
function normRow(x: usize, D: i32, gamma: usize, beta: usize, eps: f32, y: usize, hat: usize, slope: usize): f32 {
  const bytes = <usize>D << 2;
  const whole = bytes & ~31;
  // Two sums side by side: one alone would wait for itself.
  let s = f32x4.splat(0), s1 = s;
  for (let o: usize = 0; o < whole; o += 32) {
    s = f32x4.add(s, v128.load(x + o));
    s1 = f32x4.add(s1, v128.load(x + o, 16));
  }
  if (whole < bytes) s = f32x4.add(s, v128.load(x + whole));
  const m = f32x4.splat(sum4(f32x4.add(s, s1)) / <f32>D);
  s = f32x4.splat(0);
  s1 = s;
  for (let o: usize = 0; o < whole; o += 32) {
    const c = f32x4.sub(v128.load(x + o), m), d = f32x4.sub(v128.load(x + o, 16), m);
    s = f32x4.add(s, f32x4.mul(c, c));
    s1 = f32x4.add(s1, f32x4.mul(d, d));
  }
  if (whole < bytes) {
    const c = f32x4.sub(v128.load(x + whole), m);
    s = f32x4.add(s, f32x4.mul(c, c));
  }
  const r: f32 = 1 / sqrt<f32>(sum4(f32x4.add(s, s1)) / <f32>D + eps);
  const R = f32x4.splat(r);
  for (let o: usize = 0; o < bytes; o += 16) {
    const h = f32x4.mul(f32x4.sub(v128.load(x + o), m), R);
    let z = h;
    if (gamma) z = f32x4.mul(z, v128.load(gamma + o));
    if (beta) z = f32x4.add(z, v128.load(beta + o));
    const e = gauss4(z);
    const cdf = cdf4(z, e);
    v128.store(y + o, f32x4.mul(z, cdf));
    if (hat) {
      v128.store(hat + o, h);
      v128.store(slope + o, geluSlope4(z, cdf, e));
    }
  }
  return r;
}

/** Gradient of normRow: dx from dy; dγ and dβ are added to where not 0. */
function normRowBack(dy: usize, hat: usize, slope: usize, r: f32, D: i32, gamma: usize, dx: usize, dGamma: usize, dBeta: usize): void {
  const bytes = <usize>D << 2;
  let s1 = f32x4.splat(0), s2 = s1;
  for (let o: usize = 0; o < bytes; o += 16) {
    const h = v128.load(hat + o);
    let d = f32x4.mul(v128.load(dy + o), v128.load(slope + o));
    if (dGamma) v128.store(dGamma + o, f32x4.add(v128.load(dGamma + o), f32x4.mul(d, h)));
    if (dBeta) v128.store(dBeta + o, f32x4.add(v128.load(dBeta + o), d));
    if (gamma) d = f32x4.mul(d, v128.load(gamma + o));
    v128.store(dx + o, d);
    s1 = f32x4.add(s1, d);
    s2 = f32x4.add(s2, f32x4.mul(d, h));
  }
  const m1 = f32x4.splat(sum4(s1) / <f32>D), m2 = f32x4.splat(sum4(s2) / <f32>D), R = f32x4.splat(r);
  for (let o: usize = 0; o < bytes; o += 16) {
    const d = f32x4.sub(f32x4.sub(v128.load(dx + o), m1), f32x4.mul(v128.load(hat + o), m2));
    v128.store(dx + o, f32x4.mul(d, R));
  }
}

export function normGelu(x: usize, gamma: usize, beta: usize, y: usize, rows: i32, D: i32, eps: f32): void {
  const bytes = <usize>D << 2;
  for (let k = 0; k < rows; k++) {
    normRow(x, D, gamma, beta, eps, y, 0, 0);
    x += bytes;
    y += bytes;
  }
}

/** dγ and dβ must be filled with zeros; scratch: 3 D floats. */
export function normGeluBack(x: usize, gamma: usize, beta: usize, dy: usize, dx: usize, dGamma: usize, dBeta: usize, rows: i32, D: i32, eps: f32, scratch: usize): void {
  const bytes = <usize>D << 2;
  for (let k = 0; k < rows; k++) {
    const r = normRow(x, D, gamma, beta, eps, scratch, scratch + bytes, scratch + 2 * bytes);
    normRowBack(dy, scratch + bytes, scratch + 2 * bytes, r, D, gamma, dx, dGamma, dBeta);
    x += bytes;
    dy += bytes;
    dx += bytes;
  }
}

// ------------------------------------------------------------------ pair dots, Adam

/** out[k] = ⟨u[a_k], v[b_k]⟩, D a multiple of 4. */
export function pairDots(u: usize, v: usize, a: usize, b: usize, P: i32, D: i32, out: usize): void {
  const bytes = <usize>D << 2;
  for (let k = 0; k < P; k++) {
    const p = u + <usize>i32.load(a) * bytes, q = v + <usize>i32.load(b) * bytes;
    let s = f32x4.splat(0);
    for (let o: usize = 0; o < bytes; o += 16) s = f32x4.add(s, f32x4.mul(v128.load(p + o), v128.load(q + o)));
    f32.store(out, sum4(s));
    a += 4;
    b += 4;
    out += 4;
  }
}

/** du and dv must be filled with zeros. */
export function pairDotsBack(u: usize, v: usize, a: usize, b: usize, dy: usize, P: i32, D: i32, du: usize, dv: usize): void {
  const bytes = <usize>D << 2;
  for (let k = 0; k < P; k++) {
    const d = f32.load(dy);
    if (d != 0) {
      const g = f32x4.splat(d);
      const i = <usize>i32.load(a) * bytes, j = <usize>i32.load(b) * bytes;
      for (let o: usize = 0; o < bytes; o += 16) {
        v128.store(du + i + o, f32x4.add(v128.load(du + i + o), f32x4.mul(g, v128.load(v + j + o))));
        v128.store(dv + j + o, f32x4.add(v128.load(dv + j + o), f32x4.mul(g, v128.load(u + i + o))));
      }
    }
    a += 4;
    b += 4;
    dy += 4;
  }
}

/** out = w − rate·m/(√v·root + eps) after both moments moved, for the first n & ~3 entries; the caller does the rest. */
export function adam(w: usize, m: usize, v: usize, g: usize, out: usize, n: i32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, root: f32, eps: f32, decay: f32): void {
  const B1 = f32x4.splat(beta1), R1 = f32x4.splat(rest1), B2 = f32x4.splat(beta2), R2 = f32x4.splat(rest2);
  const RATE = f32x4.splat(rate), ROOT = f32x4.splat(root), EPS = f32x4.splat(eps), DECAY = f32x4.splat(decay);
  const end = <usize>(n & ~3) << 2;
  for (let o: usize = 0; o < end; o += 16) {
    const x = v128.load(w + o);
    const d = f32x4.add(v128.load(g + o), f32x4.mul(DECAY, x));
    const mk = f32x4.add(f32x4.mul(B1, v128.load(m + o)), f32x4.mul(R1, d));
    const vk = f32x4.add(f32x4.mul(B2, v128.load(v + o)), f32x4.mul(R2, f32x4.mul(d, d)));
    v128.store(m + o, mk);
    v128.store(v + o, vk);
    v128.store(out + o, f32x4.sub(x, f32x4.div(f32x4.mul(RATE, mk), f32x4.add(f32x4.mul(f32x4.sqrt(vk), ROOT), EPS))));
  }
}

// ------------------------------------------------------------------ pair head

// h = p_u[a] + p_v[b] + dot · p_d   [H1]
// s = ⟨GELU(LN₂(GELU(LN₁(h)) W₂ + b₂)), w₃⟩ + b₃
// H1 and H2 are multiples of 8. Activations of a block of T pairs stay in cache; the gradient computes them again.

/** Floats of scratch space. */
export function pairHeadScratch(H1: i32, H2: i32): i32 {
  return 2 * H1 * H2 + T * (5 * H1 + 5 * H2 + 4) + H1;
}

/** Rows h of a block into `h1`. Past the end of the pairs the last pair is repeated. */
function gatherBlock(pu: usize, pv: usize, dots: usize, pd: usize, a: usize, b: usize, cols: i32, first: i32, P: i32, H1: i32, h1: usize): void {
  const bytes = <usize>H1 << 2;
  for (let t = 0; t < T; t++) {
    const k = min(first + t, P - 1);
    const p = pu + <usize>(cols ? k / cols : i32.load(a + (<usize>k << 2))) * bytes;
    const q = pv + <usize>(cols ? k % cols : i32.load(b + (<usize>k << 2))) * bytes;
    const to = h1 + <usize>t * bytes;
    if (dots) {
      const d = v128.load32_splat(dots + (<usize>k << 2));
      for (let o: usize = 0; o < bytes; o += 16) v128.store(to + o, f32x4.add(f32x4.add(v128.load(p + o), v128.load(q + o)), f32x4.mul(d, v128.load(pd + o))));
    } else {
      for (let o: usize = 0; o < bytes; o += 16) v128.store(to + o, f32x4.add(v128.load(p + o), v128.load(q + o)));
    }
  }
}

/** dst[t] = bias for t < T, so that the product can be added to it. */
function spread(bias: usize, bytes: usize, dst: usize): void {
  for (let t = 0; t < T; t++) memory.copy(dst + <usize>t * bytes, bias, bytes);
}

/** With cols > 0 pair k is (k / cols, k % cols) and a, b are not read. dots may be 0. */
export function pairHead(
  pu: usize, pv: usize, dots: usize, pd: usize, a: usize, b: usize, cols: i32, P: i32, H1: i32, H2: i32,
  g1: usize, be1: usize, w2: usize, b2: usize, g2: usize, be2: usize, w3: usize, b3: f32, eps: f32, out: usize, scratch: usize,
): void {
  const n1 = <usize>H1 << 2, n2 = <usize>H2 << 2;
  const packed = scratch;
  const h1 = packed + ((<usize>H1 * <usize>H2) << 2);
  const h2 = h1 + <usize>T * n1;
  pack(w2, n2, 4, H1, H2, packed);
  for (let first = 0; first < P; first += T) {
    gatherBlock(pu, pv, dots, pd, a, b, cols, first, P, H1, h1);
    for (let t = 0; t < T; t++) normRow(h1 + <usize>t * n1, H1, g1, be1, eps, h1 + <usize>t * n1, 0, 0);
    spread(b2, n2, h2);
    product(h1, n1, 4, packed, h2, n2, T, H2, H1, true);
    const live = min(T, P - first);
    for (let t = 0; t < live; t++) {
      const row = h2 + <usize>t * n2;
      normRow(row, H2, g2, be2, eps, row, 0, 0);
      let s = f32x4.splat(0);
      for (let o: usize = 0; o < n2; o += 16) s = f32x4.add(s, f32x4.mul(v128.load(row + o), v128.load(w3 + o)));
      f32.store(out + (<usize>(first + t) << 2), sum4(s) + b3);
    }
  }
}

/** Gradients, all filled with zeros by the caller: dpu, dpv, dpd, dg1, dbe1, dw2, db2, dg2, dbe2, dw3 and db3 (one float). ddots is written. */
export function pairHeadBack(
  pu: usize, pv: usize, dots: usize, pd: usize, a: usize, b: usize, P: i32, H1: i32, H2: i32,
  g1: usize, be1: usize, w2: usize, b2: usize, g2: usize, be2: usize, w3: usize, eps: f32, dy: usize,
  dpu: usize, dpv: usize, ddots: usize, dpd: usize, dg1: usize, dbe1: usize, dw2: usize, db2: usize, dg2: usize, dbe2: usize, dw3: usize, db3: usize, scratch: usize,
): void {
  const n1 = <usize>H1 << 2, n2 = <usize>H2 << 2, size = (<usize>H1 * <usize>H2) << 2;
  const packed = scratch, turned = packed + size;
  const h1 = turned + size, hat1 = h1 + <usize>T * n1, slope1 = hat1 + <usize>T * n1, d1 = slope1 + <usize>T * n1;
  const h2 = d1 + <usize>T * n1, hat2 = h2 + <usize>T * n2, slope2 = hat2 + <usize>T * n2, d2 = slope2 + <usize>T * n2, act2 = d2 + <usize>T * n2;
  const r1 = act2 + <usize>T * n2, r2 = r1 + (<usize>T << 2);
  pack(w2, n2, 4, H1, H2, packed);
  pack(w2, 4, n2, H2, H1, turned); // W₂ᵀ
  for (let first = 0; first < P; first += T) {
    const live = min(T, P - first);
    let any = false;
    for (let t = 0; t < live; t++) if (f32.load(dy + (<usize>(first + t) << 2)) != 0) any = true;
    if (!any) {
      if (ddots) for (let t = 0; t < live; t++) f32.store(ddots + (<usize>(first + t) << 2), 0);
      continue;
    }
    gatherBlock(pu, pv, dots, pd, a, b, 0, first, P, H1, d1);
    for (let t = 0; t < T; t++) {
      const o = <usize>t * n1;
      f32.store(r1 + (<usize>t << 2), normRow(d1 + o, H1, g1, be1, eps, h1 + o, hat1 + o, slope1 + o));
    }
    spread(b2, n2, h2);
    product(h1, n1, 4, packed, h2, n2, T, H2, H1, true);
    for (let t = 0; t < T; t++) {
      const o = <usize>t * n2;
      const d: f32 = t < live ? f32.load(dy + (<usize>(first + t) << 2)) : 0;
      f32.store(r2 + (<usize>t << 2), normRow(h2 + o, H2, g2, be2, eps, act2 + o, hat2 + o, slope2 + o));
      const g = f32x4.splat(d);
      for (let c: usize = 0; c < n2; c += 16) {
        v128.store(dw3 + c, f32x4.add(v128.load(dw3 + c), f32x4.mul(g, v128.load(act2 + o + c))));
        v128.store(act2 + o + c, f32x4.mul(g, v128.load(w3 + c)));
      }
      f32.store(db3, f32.load(db3) + d);
      normRowBack(act2 + o, hat2 + o, slope2 + o, f32.load(r2 + (<usize>t << 2)), H2, g2, d2 + o, dg2, dbe2);
      for (let c: usize = 0; c < n2; c += 16) v128.store(db2 + c, f32x4.add(v128.load(db2 + c), v128.load(d2 + o + c)));
    }
    // dW₂ += GELU(LN₁(h))ᵀ · d2: pack d2 [T, H2] into h2's place, which is no longer needed
    pack(d2, n2, 4, T, H2, h2);
    product(h1, 4, n1, h2, dw2, n2, H1, H2, T, true);
    // gradient of the first activations, into d1
    product(d2, n2, 4, turned, d1, n1, T, H1, H2, false);
    for (let t = 0; t < live; t++) {
      const o = <usize>t * n1;
      const k = <usize>(first + t) << 2;
      normRowBack(d1 + o, hat1 + o, slope1 + o, f32.load(r1 + (<usize>t << 2)), H1, g1, h1 + o, dg1, dbe1);
      const p = dpu + <usize>i32.load(a + k) * n1, q = dpv + <usize>i32.load(b + k) * n1;
      const dot = dots ? v128.load32_splat(dots + k) : f32x4.splat(0);
      let s = f32x4.splat(0);
      for (let c: usize = 0; c < n1; c += 16) {
        const d = v128.load(h1 + o + c);
        v128.store(p + c, f32x4.add(v128.load(p + c), d));
        v128.store(q + c, f32x4.add(v128.load(q + c), d));
        if (dots) {
          s = f32x4.add(s, f32x4.mul(d, v128.load(pd + c)));
          v128.store(dpd + c, f32x4.add(v128.load(dpd + c), f32x4.mul(d, dot)));
        }
      }
      if (ddots) f32.store(ddots + k, sum4(s));
    }
  }
}
