// The pair head (see ../pair-head.ts), eight pairs side by side: in a panel [f][8] lane t of row f belongs to pair t, so that layer norm
// needs no sum across lanes and every weight is one broadcast. Panels of a block stay in cache from the first layer to the score.
//   h = p_u[a] + p_v[b] + dot · p_d   [H1]
//   s = ⟨GELU(LN₂(GELU(LN₁(h)) W₂ + b₂)), w₃⟩ + b₃
// H1 and H2 are multiples of 8.

const PANELS: i32 = 4; // per block: 32 pairs

// ------------------------------------------------------------------ products of panels


/** C[4][8] = start + A[4, k] · B[k][8], with A packed [k][4]; k a multiple of 4. `start` is 0 or 4 floats. */
function panelTile(a: usize, b: usize, k: i32, start: usize, c: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (start) {
    c00 = v128.load32_splat(start);
    c10 = v128.load32_splat(start, 4);
    c20 = v128.load32_splat(start, 8);
    c30 = v128.load32_splat(start, 12);
    c01 = c00;
    c11 = c10;
    c21 = c20;
    c31 = c30;
  }
  const end = b + (<usize>k << 5);
  do {
    const x = v128.load(b), y = v128.load(b, 16);
    const s0 = v128.load32_splat(a), s1 = v128.load32_splat(a, 4), s2 = v128.load32_splat(a, 8), s3 = v128.load32_splat(a, 12);
    c00 = madd(s0, x, c00);
    c01 = madd(s0, y, c01);
    c10 = madd(s1, x, c10);
    c11 = madd(s1, y, c11);
    c20 = madd(s2, x, c20);
    c21 = madd(s2, y, c21);
    c30 = madd(s3, x, c30);
    c31 = madd(s3, y, c31);
    a += 16;
    b += 32;
  } while (b < end);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

/** Panels C[n][8] = start[n] + A[n, k] · panels B[k][8], A packed [n / 4][k][4]. */
function panelProduct(a: usize, b: usize, k: i32, start: usize, c: usize, n: i32, panels: i32): void {
  const kb = <usize>k << 5, nb = <usize>n << 5;
  for (let j = 0; j < n; j += 4) {
    const rows = a + ((<usize>j * <usize>k) << 2);
    for (let q = 0; q < panels; q++) panelTile(rows, b + <usize>q * kb, k, start ? start + (<usize>j << 2) : 0, c + <usize>q * nb + (<usize>j << 5));
  }
}

/** C[4, 8] (rows ldc bytes apart) += Σ over panels and their 8 pairs of A[4][pair] · B[pair][8]; `apart` bytes between panels of A. */
function outerTile(a: usize, apart: usize, b: usize, panels: i32, c: usize, ldc: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (let q = 0; q < panels; q++) {
    const end = a + 32;
    do {
      const x = v128.load(b), y = v128.load(b, 16);
      const s0 = v128.load32_splat(a), s1 = v128.load32_splat(a, 32), s2 = v128.load32_splat(a, 64), s3 = v128.load32_splat(a, 96);
      c00 = madd(s0, x, c00);
      c01 = madd(s0, y, c01);
      c10 = madd(s1, x, c10);
      c11 = madd(s1, y, c11);
      c20 = madd(s2, x, c20);
      c21 = madd(s2, y, c21);
      c30 = madd(s3, x, c30);
      c31 = madd(s3, y, c31);
      a += 4;
      b += 32;
    } while (a < end);
    a += apart - 32;
  }
  store8(c, c00, c01, true);
  store8(c + ldc, c10, c11, true);
  store8(c + 2 * ldc, c20, c21, true);
  store8(c + 3 * ldc, c30, c31, true);
}

/** A[n, k] with strides in bytes → [n / 4][k][4]. */
function packRows(a: usize, rs: usize, cs: usize, n: i32, k: i32, out: usize): void {
  for (let j = 0; j < n; j += 4) {
    for (let p = 0; p < k; p++) {
      const from = a + <usize>j * rs + <usize>p * cs;
      f32.store(out, f32.load(from));
      f32.store(out, f32.load(from + rs), 4);
      f32.store(out, f32.load(from + 2 * rs), 8);
      f32.store(out, f32.load(from + 3 * rs), 12);
      out += 16;
    }
  }
}

/** Four rows of four → four columns, stored `apart` bytes apart. */
@inline
function turn4(a: v128, b: v128, c: v128, d: v128, to: usize, apart: usize): void {
  const p = v128.shuffle<f32>(a, b, 0, 4, 1, 5), q = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const r = v128.shuffle<f32>(a, b, 2, 6, 3, 7), s = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(p, q, 0, 2));
  v128.store(to + apart, v128.shuffle<f64>(p, q, 1, 3));
  v128.store(to + 2 * apart, v128.shuffle<f64>(r, s, 0, 2));
  v128.store(to + 3 * apart, v128.shuffle<f64>(r, s, 1, 3));
}

// ------------------------------------------------------------------ layer norm + GELU of panels

/** x[n][8] → GELU(γ x̂ + β) in place. */
function normPanel(x: usize, n: i32, gamma: usize, beta: usize, eps: f32): void {
  const end = x + (<usize>n << 5);
  let s = f32x4.splat(0), t = s, s1 = s, t1 = s;
  let at = x;
  do {
    s = f32x4.add(s, v128.load(at));
    t = f32x4.add(t, v128.load(at, 16));
    s1 = f32x4.add(s1, v128.load(at, 32));
    t1 = f32x4.add(t1, v128.load(at, 48));
    at += 64;
  } while (at < end);
  const share = f32x4.splat(<f32>1 / <f32>n);
  const m = f32x4.mul(f32x4.add(s, s1), share), w = f32x4.mul(f32x4.add(t, t1), share);
  s = f32x4.splat(0), t = s, s1 = s, t1 = s;
  at = x;
  do {
    let c = f32x4.sub(v128.load(at), m), d = f32x4.sub(v128.load(at, 16), w);
    s = madd(c, c, s);
    t = madd(d, d, t);
    c = f32x4.sub(v128.load(at, 32), m);
    d = f32x4.sub(v128.load(at, 48), w);
    s1 = madd(c, c, s1);
    t1 = madd(d, d, t1);
    at += 64;
  } while (at < end);
  const r = deviation4(f32x4.mul(f32x4.add(s, s1), share), eps), q = deviation4(f32x4.mul(f32x4.add(t, t1), share), eps);
  const mr = f32x4.mul(m, r), wq = f32x4.mul(w, q);
  at = x;
  do {
    const g = v128.load32_splat(gamma), b = v128.load32_splat(beta);
    const h = f32x4.sub(f32x4.mul(v128.load(at), r), mr), k = f32x4.sub(f32x4.mul(v128.load(at, 16), q), wq);
    const y = madd(h, g, b), z = madd(k, g, b);
    v128.store(at, f32x4.mul(y, cdf4(y)));
    v128.store(at, f32x4.mul(z, cdf4(z)), 16);
    gamma += 4;
    beta += 4;
    at += 32;
  } while (at < end);
}

@inline
function deviation4(variance: v128, eps: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(eps))));
}

/** As normPanel, of x; x̂, the GELU's slope and the result go to hat, slope and y, the eight 1/√(var + eps) to r. */
function normPanelKept(x: usize, n: i32, gamma: usize, beta: usize, eps: f32, y: usize, hat: usize, slope: usize, r: usize): void {
  const bytes = <usize>n << 5;
  const share = f32x4.splat(<f32>1 / <f32>n);
  let s = f32x4.splat(0), t = s, s1 = s, t1 = s;
  let o: usize = 0;
  do {
    s = f32x4.add(s, v128.load(x + o));
    t = f32x4.add(t, v128.load(x + o, 16));
    s1 = f32x4.add(s1, v128.load(x + o, 32));
    t1 = f32x4.add(t1, v128.load(x + o, 48));
    o += 64;
  } while (o < bytes);
  const m = f32x4.mul(f32x4.add(s, s1), share), w = f32x4.mul(f32x4.add(t, t1), share);
  s = f32x4.splat(0), t = s, s1 = s, t1 = s;
  o = 0;
  do {
    let c = f32x4.sub(v128.load(x + o), m), d = f32x4.sub(v128.load(x + o, 16), w);
    s = madd(c, c, s);
    t = madd(d, d, t);
    c = f32x4.sub(v128.load(x + o, 32), m);
    d = f32x4.sub(v128.load(x + o, 48), w);
    s1 = madd(c, c, s1);
    t1 = madd(d, d, t1);
    o += 64;
  } while (o < bytes);
  const R = deviation4(f32x4.mul(f32x4.add(s, s1), share), eps), Q = deviation4(f32x4.mul(f32x4.add(t, t1), share), eps);
  v128.store(r, R);
  v128.store(r, Q, 16);
  o = 0;
  let g = gamma, b = beta;
  do {
    const G = v128.load32_splat(g), B = v128.load32_splat(b);
    const h = f32x4.mul(f32x4.sub(v128.load(x + o), m), R), k = f32x4.mul(f32x4.sub(v128.load(x + o, 16), w), Q);
    v128.store(hat + o, h);
    v128.store(hat + o, k, 16);
    const z = madd(h, G, B), v = madd(k, G, B);
    v128.store(slope + o, cdf4(z));
    v128.store(slope + o, cdf4(v), 16);
    v128.store(y + o, z);
    v128.store(y + o, v, 16);
    g += 4;
    b += 4;
    o += 32;
  } while (o < bytes);
  o = 0;
  // A loop of its own: with the constants of both polynomials in one, the registers do not suffice.
  do {
    const z = v128.load(y + o), v = v128.load(y + o, 16), c = v128.load(slope + o), d = v128.load(slope + o, 16);
    v128.store(y + o, f32x4.mul(z, c));
    v128.store(y + o, f32x4.mul(v, d), 16);
    v128.store(slope + o, geluSlope4(z, c));
    v128.store(slope + o, geluSlope4(v, d), 16);
    o += 32;
  } while (o < bytes);
}

@inline
function addTo(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x));
}

/** Gradient of normPanelKept: dx from d (the gradient of its result), both panels [n][8]; sums over pairs go to dGamma, dBeta and dX, four lanes each. */
function normPanelBack(d: usize, hat: usize, slope: usize, r: usize, n: i32, gamma: usize, dx: usize, dGamma: usize, dBeta: usize, dX: usize): void {
  const bytes = <usize>n << 5;
  let s = f32x4.splat(0), t = s, sh = s, th = s;
  let o: usize = 0, k: usize = 0;
  do {
    const g = v128.load32_splat(gamma + (k >> 2));
    const h = v128.load(hat + o), i = v128.load(hat + o, 16);
    let x = f32x4.mul(v128.load(d + o), v128.load(slope + o)), y = f32x4.mul(v128.load(d + o, 16), v128.load(slope + o, 16));
    addTo(dBeta + k, f32x4.add(x, y));
    v128.store(dGamma + k, madd(y, i, madd(x, h, v128.load(dGamma + k))));
    x = f32x4.mul(x, g);
    y = f32x4.mul(y, g);
    v128.store(dx + o, x);
    v128.store(dx + o, y, 16);
    s = f32x4.add(s, x);
    t = f32x4.add(t, y);
    sh = madd(x, h, sh);
    th = madd(y, i, th);
    o += 32;
    k += 16;
  } while (o < bytes);
  const share = f32x4.splat(<f32>1 / <f32>n);
  s = f32x4.mul(s, share);
  t = f32x4.mul(t, share);
  sh = f32x4.mul(sh, share);
  th = f32x4.mul(th, share);
  const R = v128.load(r), Q = v128.load(r, 16);
  o = 0;
  k = 0;
  do {
    const x = f32x4.mul(R, f32x4.sub(f32x4.sub(v128.load(dx + o), s), f32x4.mul(v128.load(hat + o), sh)));
    const y = f32x4.mul(Q, f32x4.sub(f32x4.sub(v128.load(dx + o, 16), t), f32x4.mul(v128.load(hat + o, 16), th)));
    v128.store(dx + o, x);
    v128.store(dx + o, y, 16);
    if (dX) addTo(dX + k, f32x4.add(x, y));
    o += 32;
    k += 16;
  } while (o < bytes);
}

// ------------------------------------------------------------------ scores

/** The eight scores of panel h2 [H2][8], activated, at `to`. */
function lastLayer(h2: usize, H2: i32, w3: usize, b3: f32, to: usize): void {
  let s = f32x4.splat(b3), t = s;
  for (let j = 0; j < H2; j++) {
    const w = v128.load32_splat(w3 + (<usize>j << 2));
    s = madd(w, v128.load(h2), s);
    t = madd(w, v128.load(h2, 16), t);
    h2 += 32;
  }
  v128.store(to, s);
  v128.store(to, t, 16);
}

/** First-layer rows of pairs first … first + 7 (past P − 1 the last pair again) as a panel; their dots go to `d` where there are any. */
function gatherPanel(pu: usize, pv: usize, dots: usize, pd: usize, a: usize, b: usize, first: i32, P: i32, H1: i32, h: usize, d: usize): void {
  const n1 = <usize>H1 << 2;
  for (let half = 0; half < 8; half += 4) {
    const k0 = <usize>min(first + half, P - 1) << 2, k1 = <usize>min(first + half + 1, P - 1) << 2, k2 = <usize>min(first + half + 2, P - 1) << 2, k3 = <usize>min(first + half + 3, P - 1) << 2;
    const p0 = pu + <usize>i32.load(a + k0) * n1, p1 = pu + <usize>i32.load(a + k1) * n1, p2 = pu + <usize>i32.load(a + k2) * n1, p3 = pu + <usize>i32.load(a + k3) * n1;
    const q0 = pv + <usize>i32.load(b + k0) * n1, q1 = pv + <usize>i32.load(b + k1) * n1, q2 = pv + <usize>i32.load(b + k2) * n1, q3 = pv + <usize>i32.load(b + k3) * n1;
    let to = h + (<usize>half << 2);
    for (let o: usize = 0; o < n1; o += 16) {
      turn4(
        f32x4.add(v128.load(p0 + o), v128.load(q0 + o)), f32x4.add(v128.load(p1 + o), v128.load(q1 + o)),
        f32x4.add(v128.load(p2 + o), v128.load(q2 + o)), f32x4.add(v128.load(p3 + o), v128.load(q3 + o)), to, 32,
      );
      to += 128;
    }
    if (dots) {
      const at = d + (<usize>half << 2);
      f32.store(at, f32.load(dots + k0));
      f32.store(at, f32.load(dots + k1), 4);
      f32.store(at, f32.load(dots + k2), 8);
      f32.store(at, f32.load(dots + k3), 12);
    }
  }
  if (!dots) return;
  const x = v128.load(d), y = v128.load(d, 16);
  for (let f: usize = 0; f < n1; f += 4) {
    const w = v128.load32_splat(pd + f);
    v128.store(h, madd(w, x, v128.load(h)));
    v128.store(h, madd(w, y, v128.load(h, 16)), 16);
    h += 32;
  }
}

/** Floats of scratch space for the pair head, forward or backward. */
export function pairHeadScratch(H1: i32, H2: i32): i32 {
  return 2 * H1 * H2 + PANELS * (8 * (4 * H1 + 5 * H2) + 64) + 4 * (3 * H1 + 4 * H2) + 64;
}

/** out[k] = score of pair (a[k], b[k]) before its GELU; dots may be 0. */
export function pairHead(
  pu: usize, pv: usize, dots: usize, pd: usize, a: usize, b: usize, P: i32, H1: i32, H2: i32,
  g1: usize, be1: usize, w2: usize, b2: usize, g2: usize, be2: usize, w3: usize, b3: f32, eps: f32, out: usize, scratch: usize,
): void {
  const packed = scratch, h1 = packed + ((<usize>H1 * <usize>H2) << 2), P1 = <usize>H1 << 5, P2 = <usize>H2 << 5;
  const h2 = h1 + PANELS * P1, d = h2 + PANELS * P2;
  packRows(w2, 4, <usize>H2 << 2, H2, H1, packed);
  for (let first = 0; first < P; first += 8 * PANELS) {
    const panels = min(PANELS, (P - first + 7) >> 3);
    for (let q = 0; q < panels; q++) {
      const h = h1 + <usize>q * P1;
      gatherPanel(pu, pv, dots, pd, a, b, first + 8 * q, P, H1, h, d);
      normPanel(h, H1, g1, be1, eps);
    }
    scoreBlock(h1, h2, packed, H1, H2, b2, g2, be2, w3, b3, eps, panels, d, out + (<usize>first << 2), min(8 * PANELS, P - first));
  }
}

/** Scores of a block whose first activations are at h1; `live` of them go to out. */
function scoreBlock(h1: usize, h2: usize, packed: usize, H1: i32, H2: i32, b2: usize, g2: usize, be2: usize, w3: usize, b3: f32, eps: f32, panels: i32, room: usize, out: usize, live: i32): void {
  panelProduct(packed, h1, H1, b2, h2, H2, panels);
  for (let q = 0; q < panels; q++) {
    const h = h2 + (<usize>(q * H2) << 5);
    normPanel(h, H2, g2, be2, eps);
    lastLayer(h, H2, w3, b3, room + (<usize>q << 5));
  }
  memory.copy(out, room, <usize>live << 2);
}

/**
 * out[r, c] = score of user row r with item row c before its GELU, for all rows × cols; dots [rows, cols] or 0.
 * A block of items is turned once and meets every user.
 */
export function pairHeadGrid(
  pu: usize, pv: usize, dots: usize, pd: usize, rows: i32, cols: i32, H1: i32, H2: i32,
  g1: usize, be1: usize, w2: usize, b2: usize, g2: usize, be2: usize, w3: usize, b3: f32, eps: f32, out: usize, scratch: usize,
): void {
  const n1 = <usize>H1 << 2, P1 = <usize>H1 << 5;
  const packed = scratch, h1 = packed + ((<usize>H1 * <usize>H2) << 2);
  const h2 = h1 + PANELS * P1, turned = h2 + PANELS * (<usize>H2 << 5), d = turned + PANELS * P1;
  packRows(w2, 4, <usize>H2 << 2, H2, H1, packed);
  for (let first = 0; first < cols; first += 8 * PANELS) {
    const live = min(8 * PANELS, cols - first), panels = (live + 7) >> 3;
    for (let t = 0; t < 8 * panels; t += 4) {
      const q0 = pv + <usize>min(first + t, cols - 1) * n1, q1 = pv + <usize>min(first + t + 1, cols - 1) * n1;
      const q2 = pv + <usize>min(first + t + 2, cols - 1) * n1, q3 = pv + <usize>min(first + t + 3, cols - 1) * n1;
      let to = turned + <usize>(t >> 3) * P1 + (<usize>(t & 7) << 2);
      for (let o: usize = 0; o < n1; o += 16) {
        turn4(v128.load(q0 + o), v128.load(q1 + o), v128.load(q2 + o), v128.load(q3 + o), to, 32);
        to += 128;
      }
    }
    for (let r = 0; r < rows; r++) {
      const u = pu + <usize>r * n1, at = <usize>(r * cols + first) << 2;
      if (dots) memory.copy(d, dots + at, <usize>live << 2);
      for (let q = 0; q < panels; q++) {
        const from = turned + <usize>q * P1, to = h1 + <usize>q * P1;
        if (dots) {
          const x = v128.load(d + (<usize>q << 5)), y = v128.load(d + (<usize>q << 5), 16);
          let f: usize = 0;
          do {
            const w = v128.load32_splat(pd + f), s = v128.load32_splat(u + f);
            v128.store(to + 8 * f, madd(w, x, f32x4.add(s, v128.load(from + 8 * f))));
            v128.store(to + 8 * f, madd(w, y, f32x4.add(s, v128.load(from + 8 * f, 16))), 16);
            f += 4;
          } while (f < n1);
        } else {
          for (let f: usize = 0; f < n1; f += 4) {
            const s = v128.load32_splat(u + f);
            v128.store(to + 8 * f, f32x4.add(s, v128.load(from + 8 * f)));
            v128.store(to + 8 * f, f32x4.add(s, v128.load(from + 8 * f, 16)), 16);
          }
        }
        normPanel(to, H1, g1, be1, eps);
      }
      scoreBlock(h1, h2, packed, H1, H2, b2, g2, be2, w3, b3, eps, panels, d, out + at, live);
    }
  }
}
