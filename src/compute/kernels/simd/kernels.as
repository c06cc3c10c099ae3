// SIMD kernels over the memory of tfjs's WASM backend (AssemblyScript; built by build.mjs into binary.ts).
// All pointers are byte addresses of float32 or int32 arrays; nothing is allocated here and there is no static data.
// Every kernel's slow twin is the TypeScript beside it in ../ ; the tests compare the two.

const KC: i32 = 256; // depth of a block of the inner sum: an 8-wide panel of B is then 8 KB, half of L1
const MC: i32 = 64; // rows of A per block

/** a · b + c: in one rounding where the flavour is built with relaxed SIMD. */
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// ------------------------------------------------------------------ matrix product

/** C[4, 8] (+)= A[4, k] · panel[k, 8]. Strides in bytes. */
function tile4(a: usize, ars: usize, acs: usize, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const a1 = ars, a2 = ars * 2, a3 = ars * 3;
  const end = b + (<usize>k << 5);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const s0 = v128.load32_splat(a), s1 = v128.load32_splat(a + a1), s2 = v128.load32_splat(a + a2), s3 = v128.load32_splat(a + a3);
    c00 = madd(s0, b0, c00);
    c01 = madd(s0, b1, c01);
    c10 = madd(s1, b0, c10);
    c11 = madd(s1, b1, c11);
    c20 = madd(s2, b0, c20);
    c21 = madd(s2, b1, c21);
    c30 = madd(s3, b0, c30);
    c31 = madd(s3, b1, c31);
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
    c0 = madd(s, v128.load(b), c0);
    c1 = madd(s, v128.load(b, 16), c1);
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

/**
 * Φ(x) = ½ + x P(x²)/Q(x²) on ±5.6, an own minimax fit: absolute error 2e-7 in float32, and exactly 0 and 1 beyond.
 * No exponential and one division: half the operations of the textbook forms.
 */
@inline
function cdf4(v: v128): v128 {
  const x = clamp4(v);
  const s = f32x4.mul(x, x);
  let p = madd(s, f32x4.splat(2.2144382337827775e-8), f32x4.splat(6.356200174195692e-6));
  p = madd(s, p, f32x4.splat(0.00017384038073942065));
  p = madd(s, p, f32x4.splat(0.00470719812437892));
  p = madd(s, p, f32x4.splat(0.0343753807246685));
  p = madd(s, p, f32x4.splat(0.398942232131958));
  let q = madd(s, f32x4.splat(1.1801593018390122e-6), f32x4.splat(7.509715214837343e-5));
  q = madd(s, q, f32x4.splat(0.0019129234133288264));
  q = madd(s, q, f32x4.splat(0.0289396271109581));
  q = madd(s, q, f32x4.splat(0.2528320252895355));
  q = madd(s, q, f32x4.splat(1));
  return f32x4.add(f32x4.div(f32x4.mul(x, p), q), f32x4.splat(0.5));
}

/** x held within ±5.6; a NaN stays. */
@inline
function clamp4(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(-5.6)), f32x4.splat(5.6));
}

/** Slope of x Φ(x): Φ + x φ, φ as the eighth power of a polynomial for e^(−x²/16); absolute error 4e-7. */
@inline
function geluSlope4(v: v128, cdf: v128): v128 {
  const x = clamp4(v);
  const s = f32x4.mul(x, x);
  let e = madd(s, f32x4.splat(5.0484446484366785e-11), f32x4.splat(-7.335147600429082e-9));
  e = madd(s, e, f32x4.splat(6.302237238742237e-7));
  e = madd(s, e, f32x4.splat(-4.0666029235580936e-5));
  e = madd(s, e, f32x4.splat(0.0019530802965164185));
  e = madd(s, e, f32x4.splat(-0.06249997392296791));
  e = madd(s, e, f32x4.splat(1));
  e = f32x4.mul(e, e);
  e = f32x4.mul(e, e);
  return madd(x, f32x4.mul(f32x4.mul(e, e), f32x4.splat(0.3989422804014327)), cdf);
}

@inline
function sum4(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** y[r] += b for every row. */
export function addRow(y: usize, b: usize, rows: i32, D: i32): void {
  const whole = <usize>(D & ~3) << 2, end = <usize>D << 2;
  for (let r = 0; r < rows; r++) {
    for (let o: usize = 0; o < whole; o += 16) v128.store(y + o, f32x4.add(v128.load(y + o), v128.load(b + o)));
    for (let o = whole; o < end; o += 4) f32.store(y + o, f32.load(y + o) + f32.load(b + o));
    y += end;
  }
}

export function gelu(x: usize, y: usize, n: i32): void {
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const v = v128.load(x);
    v128.store(y, f32x4.mul(v, cdf4(v)));
    x += 16;
    y += 16;
  }
  for (; k < n; k++) {
    const v = v128.load32_splat(x);
    f32.store(y, f32x4.extract_lane(f32x4.mul(v, cdf4(v)), 0));
    x += 4;
    y += 4;
  }
}

export function geluBack(x: usize, dy: usize, dx: usize, n: i32): void {
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const v = v128.load(x);
    v128.store(dx, f32x4.mul(v128.load(dy), geluSlope4(v, cdf4(v))));
    x += 16;
    dy += 16;
    dx += 16;
  }
  for (; k < n; k++) {
    const v = v128.load32_splat(x);
    f32.store(dx, f32.load(dy) * f32x4.extract_lane(geluSlope4(v, cdf4(v)), 0));
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
    const cdf = cdf4(z);
    v128.store(y + o, f32x4.mul(z, cdf));
    if (hat) {
      v128.store(hat + o, h);
      v128.store(slope + o, geluSlope4(z, cdf));
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
