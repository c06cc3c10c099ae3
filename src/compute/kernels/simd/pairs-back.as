// Gradient of the pair head (pairs.as), which computes the activations of a block again, and training on a ranking loss, where the gradient
// by a score is known as soon as the score is: forward and backward of a block then follow one another and nothing is computed twice.

/** Panel [n][8] → [n / 8][8 pairs][8], panels of the result `apart` bytes apart. */
function turnPanel(x: usize, n: i32, to: usize, apart: usize): void {
  for (let j = 0; j < n; j += 8) {
    for (let half: usize = 0; half < 32; half += 16) {
      const from = x + half, at = to + 8 * half;
      turn4(v128.load(from), v128.load(from, 32), v128.load(from, 64), v128.load(from, 96), at, 32);
      turn4(v128.load(from, 128), v128.load(from, 160), v128.load(from, 192), v128.load(from, 224), at + 16, 32);
    }
    x += 256;
    to += apart;
  }
}

/** Rows of panel dh [H1][8], one a pair, are added to the rows of their users and items. */
function scatterPanel(dh: usize, a: usize, b: usize, first: i32, P: i32, H1: i32, dpu: usize, dpv: usize): void {
  const n1 = <usize>H1 << 2;
  for (let half = 0; half < 8; half += 4) {
    const k0 = <usize>min(first + half, P - 1) << 2, k1 = <usize>min(first + half + 1, P - 1) << 2, k2 = <usize>min(first + half + 2, P - 1) << 2, k3 = <usize>min(first + half + 3, P - 1) << 2;
    const i0 = i32.load(a + k0), i1 = i32.load(a + k1), i2 = i32.load(a + k2), i3 = i32.load(a + k3);
    const p0 = dpu + <usize>i0 * n1, p1 = dpu + <usize>i1 * n1, p2 = dpu + <usize>i2 * n1, p3 = dpu + <usize>i3 * n1;
    const q0 = dpv + <usize>i32.load(b + k0) * n1, q1 = dpv + <usize>i32.load(b + k1) * n1, q2 = dpv + <usize>i32.load(b + k2) * n1, q3 = dpv + <usize>i32.load(b + k3) * n1;
    const one = i0 == i1 && i0 == i2 && i0 == i3; // pairs come user by user
    let from = dh + (<usize>half << 2);
    let o: usize = 0;
    do {
      const x = v128.load(from), y = v128.load(from, 32), z = v128.load(from, 64), w = v128.load(from, 96);
      const p = v128.shuffle<f32>(x, y, 0, 4, 1, 5), q = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
      const r = v128.shuffle<f32>(x, y, 2, 6, 3, 7), s = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
      const t0 = v128.shuffle<f64>(p, q, 0, 2), t1 = v128.shuffle<f64>(p, q, 1, 3), t2 = v128.shuffle<f64>(r, s, 0, 2), t3 = v128.shuffle<f64>(r, s, 1, 3);
      if (one) addTo(p0 + o, f32x4.add(f32x4.add(t0, t1), f32x4.add(t2, t3)));
      else {
        addTo(p0 + o, t0);
        addTo(p1 + o, t1);
        addTo(p2 + o, t2);
        addTo(p3 + o, t3);
      }
      addTo(q0 + o, t0);
      addTo(q1 + o, t1);
      addTo(q2 + o, t2);
      addTo(q3 + o, t3);
      from += 128;
      o += 16;
    } while (o < n1);
  }
}

/** d [n][8] = dy · w3, and dw3 += dy · act, four lanes each; d may be act. */
function lastLayerBack(act: usize, dy: usize, n: i32, w3: usize, dw3: usize, d: usize): void {
  const x = v128.load(dy), y = v128.load(dy, 16);
  const end = act + (<usize>n << 5);
  do {
    v128.store(dw3, madd(y, v128.load(act, 16), madd(x, v128.load(act), v128.load(dw3))));
    const w = v128.load32_splat(w3);
    v128.store(d, f32x4.mul(x, w));
    v128.store(d, f32x4.mul(y, w), 16);
    act += 32;
    d += 32;
    dw3 += 16;
    w3 += 4;
  } while (act < end);
}

/** Gradients by the dots of a panel's pairs (to out, eight floats) and by what they are multiplied by (four lanes each). */
function dotsBack(dh: usize, n: i32, pd: usize, dots: usize, out: usize, dpd: usize): void {
  const x = v128.load(dots), y = v128.load(dots, 16);
  const end = dh + (<usize>n << 5);
  let s = f32x4.splat(0), t = s;
  do {
    const d = v128.load(dh), e = v128.load(dh, 16), w = v128.load32_splat(pd);
    s = madd(d, w, s);
    t = madd(e, w, t);
    v128.store(dpd, madd(e, y, madd(d, x, v128.load(dpd))));
    dh += 32;
    dpd += 16;
    pd += 4;
  } while (dh < end);
  v128.store(out, s);
  v128.store(out, t, 16);
}

/** to[k] += the sum of four lanes, n times. */
function addLanes(lanes: usize, n: i32, to: usize): void {
  for (let k = 0; k < n; k++) {
    f32.store(to, f32.load(to) + sum4(v128.load(lanes)));
    lanes += 16;
    to += 4;
  }
}

/**
 * Slopes of a ranking loss by eight scores, given what they were before their GELU: the score of pair k stands against that of the positive
 * k / K. Writes the scores to out, the slopes (by the values before the GELU) to dy, and takes them from dpos (by the positive's score).
 */
function lossPanel(pre: usize, first: i32, live: i32, K: i32, bpr: i32, margin: f32, scale: f32, pos: usize, dpos: usize, out: usize, dy: usize): void {
  for (let half = 0; half < 8; half += 4) {
    const at = <usize>half << 2;
    const x = v128.load(pre + at);
    const c = cdf4(x);
    v128.store(dy + at, geluSlope4(x, c));
    v128.store(pre + at, f32x4.mul(x, c));
  }
  for (let t = 0; t < 8; t++) {
    const o = <usize>t << 2;
    let d: f32 = 0;
    if (t < live) {
      const row = <usize>((first + t) / K) << 2;
      const s = f32.load(pre + o);
      const apart = s - f32.load(pos + row);
      f32.store(out + o, s);
      if (bpr) {
        const e = f32x4.extract_lane(exp4(f32x4.splat(-abs(apart))), 0);
        d = scale * (apart < 0 ? e : 1) / (1 + e);
      } else if (apart + margin > 0) d = scale;
      f32.store(dpos + row, f32.load(dpos + row) - d);
    }
    f32.store(dy + o, d * f32.load(dy + o));
  }
}

/**
 * Gradients are added to dpu, dpv, dpd, dg1, dbe1, dw2, db2, dg2, dbe2, dw3 and db3 (one float): fill them with zeros first. ddots is written.
 * K = 0: dy[k] is the gradient by the score before its GELU. K > 0: pairs are negatives, K to a positive, of the margin loss (or BPR) times
 * scale; `scores` gets them after their GELU, pos holds those of the positives, and the gradient by these is added to dpos.
 */
export function pairHeadBack(
  pu: usize, pv: usize, dots: usize, pd: usize, a: usize, b: usize, P: i32, H1: i32, H2: i32,
  g1: usize, be1: usize, w2: usize, b2: usize, g2: usize, be2: usize, w3: usize, b3: f32, eps: f32, dy: usize,
  dpu: usize, dpv: usize, ddots: usize, dpd: usize, dg1: usize, dbe1: usize, dw2: usize, db2: usize, dg2: usize, dbe2: usize, dw3: usize, db3: usize, scratch: usize,
  K: i32, bpr: i32, margin: f32, scale: f32, pos: usize, dpos: usize, scores: usize,
): void {
  const n2 = <usize>H2 << 2, size = (<usize>H1 * <usize>H2) << 2, P1 = <usize>H1 << 5, P2 = <usize>H2 << 5;
  const packed = scratch, turned = packed + size;
  const act1 = turned + size, hat1 = act1 + PANELS * P1, slope1 = hat1 + PANELS * P1, d1 = slope1 + PANELS * P1;
  const act2 = d1 + PANELS * P1, hat2 = act2 + PANELS * P2, slope2 = hat2 + PANELS * P2, d2 = slope2 + PANELS * P2, across = d2 + PANELS * P2;
  const dotLanes = across + PANELS * P2, r1 = dotLanes + PANELS * 32, r2 = r1 + PANELS * 32, grad = r2 + PANELS * 32, pre = grad + PANELS * 32;
  const sums = pre + PANELS * 32;
  const sg1 = sums, sbe1 = sg1 + 4 * (<usize>H1 << 2), spd = sbe1 + 4 * (<usize>H1 << 2);
  const sg2 = spd + 4 * (<usize>H1 << 2), sbe2 = sg2 + 4 * n2, sb2 = sbe2 + 4 * n2, sw3 = sb2 + 4 * n2, end = sw3 + 4 * n2;
  memory.fill(sums, 0, end - sums);
  packRows(w2, 4, n2, H2, H1, packed);
  packRows(w2, n2, 4, H1, H2, turned);
  let sb3 = f32x4.splat(0);
  for (let first = 0; first < P; first += 8 * PANELS) {
    const live = min(8 * PANELS, P - first), panels = (live + 7) >> 3;
    const here = <usize>first << 2;
    let any = K > 0;
    if (!any) {
      memory.fill(grad, 0, PANELS * 32);
      memory.copy(grad, dy + here, <usize>live << 2);
      any = someOf(grad, panels);
    }
    if (any) {
      for (let q = 0; q < panels; q++) {
        const o = <usize>q * P1, l = <usize>q << 5;
        gatherPanel(pu, pv, dots, pd, a, b, first + 8 * q, P, H1, d1 + o, dotLanes + l);
        normPanelKept(d1 + o, H1, g1, be1, eps, act1 + o, hat1 + o, slope1 + o, r1 + l);
      }
      panelProduct(packed, act1, H1, b2, d2, H2, panels);
      for (let q = 0; q < panels; q++) {
        const o = <usize>q * P2, l = <usize>q << 5;
        normPanelKept(d2 + o, H2, g2, be2, eps, act2 + o, hat2 + o, slope2 + o, r2 + l);
        if (K > 0) {
          lastLayer(act2 + o, H2, w3, b3, pre + l);
          lossPanel(pre + l, first + 8 * q, live - 8 * q, K, bpr, margin, scale, pos, dpos, scores + here + l, grad + l);
        }
      }
      if (K > 0) any = someOf(grad, panels);
    }
    if (!any) {
      if (ddots) memory.fill(ddots + here, 0, <usize>live << 2);
      continue;
    }
    for (let q = 0; q < panels; q++) {
      const o = <usize>q * P2, l = <usize>q << 5;
      sb3 = f32x4.add(sb3, f32x4.add(v128.load(grad + l), v128.load(grad + l, 16)));
      lastLayerBack(act2 + o, grad + l, H2, w3, sw3, act2 + o);
      normPanelBack(act2 + o, hat2 + o, slope2 + o, r2 + l, H2, g2, d2 + o, sg2, sbe2, sb2);
      turnPanel(d2 + o, H2, across + (<usize>q << 8), PANELS * 256);
    }
    for (let f = 0; f < H1; f += 4) {
      for (let j = 0; j < H2; j += 8) outerTile(act1 + (<usize>f << 5), P1, across + <usize>(j >> 3) * (PANELS * 256), panels, dw2 + <usize>f * n2 + (<usize>j << 2), n2);
    }
    panelProduct(turned, d2, H2, 0, d1, H1, panels);
    for (let q = 0; q < panels; q++) {
      const o = <usize>q * P1, l = <usize>q << 5;
      normPanelBack(d1 + o, hat1 + o, slope1 + o, r1 + l, H1, g1, d1 + o, sg1, sbe1, 0);
      if (dots) dotsBack(d1 + o, H1, pd, dotLanes + l, pre + l, spd);
      scatterPanel(d1 + o, a, b, first + 8 * q, P, H1, dpu, dpv);
    }
    if (ddots) memory.copy(ddots + here, pre, <usize>live << 2);
  }
  addLanes(sg1, H1, dg1);
  addLanes(sbe1, H1, dbe1);
  if (dots) addLanes(spd, H1, dpd);
  addLanes(sg2, H2, dg2);
  addLanes(sbe2, H2, dbe2);
  addLanes(sb2, H2, db2);
  addLanes(sw3, H2, dw3);
  f32.store(db3, f32.load(db3) + sum4(sb3));
}

/** Whether any of 8 · panels floats is not 0. */
function someOf(x: usize, panels: i32): bool {
  let s = v128.load(x);
  for (let o: usize = 0; o < <usize>panels << 5; o += 16) s = v128.or(s, v128.load(x + o));
  return v128.any_true(s);
}
