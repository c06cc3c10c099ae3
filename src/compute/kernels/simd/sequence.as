// Continues kernels.as (build.mjs puts both into one module): softmax rows, layer norm without GELU, dropout.

/** y = e^(x − max x) over n entries; stats[0] = max x, stats[1] = Σ y. x and y may be the same. */
export function softmaxRow(x: usize, y: usize, n: i32, stats: usize): void {
  const whole = <usize>(n & ~3) << 2, end = <usize>n << 2;
  let top4 = f32x4.splat(-Infinity);
  for (let o: usize = 0; o < whole; o += 16) top4 = f32x4.pmax(top4, v128.load(x + o));
  let top = max(max(f32x4.extract_lane(top4, 0), f32x4.extract_lane(top4, 1)), max(f32x4.extract_lane(top4, 2), f32x4.extract_lane(top4, 3)));
  for (let o = whole; o < end; o += 4) top = max(top, f32.load(x + o));
  const T = f32x4.splat(top);
  let s = f32x4.splat(0);
  for (let o: usize = 0; o < whole; o += 16) {
    const e = exp4(f32x4.sub(v128.load(x + o), T));
    v128.store(y + o, e);
    s = f32x4.add(s, e);
  }
  let sum = sum4(s);
  for (let o = whole; o < end; o += 4) {
    const e = f32x4.extract_lane(exp4(f32x4.sub(v128.load32_splat(x + o), T)), 0);
    f32.store(y + o, e);
    sum += e;
  }
  f32.store(stats, top);
  f32.store(stats + 4, sum);
}

/** y (+)= s · x. */
export function addScaled(x: usize, y: usize, n: i32, s: f32, accumulate: i32): void {
  const whole = <usize>(n & ~3) << 2, end = <usize>n << 2;
  const S = f32x4.splat(s);
  if (accumulate) {
    for (let o: usize = 0; o < whole; o += 16) v128.store(y + o, f32x4.add(v128.load(y + o), f32x4.mul(S, v128.load(x + o))));
    for (let o = whole; o < end; o += 4) f32.store(y + o, f32.load(y + o) + s * f32.load(x + o));
  } else {
    for (let o: usize = 0; o < whole; o += 16) v128.store(y + o, f32x4.mul(S, v128.load(x + o)));
    for (let o = whole; o < end; o += 4) f32.store(y + o, s * f32.load(x + o));
  }
}

/** (x − mean)/√(var + eps) of one row into hat; returns 1/√(var + eps). D a multiple of 4. */
function hatRow(x: usize, D: i32, eps: f32, hat: usize): f32 {
  const bytes = <usize>D << 2;
  let s = f32x4.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) s = f32x4.add(s, v128.load(x + o));
  const m = f32x4.splat(sum4(s) / <f32>D);
  s = f32x4.splat(0);
  for (let o: usize = 0; o < bytes; o += 16) {
    const c = f32x4.sub(v128.load(x + o), m);
    s = f32x4.add(s, f32x4.mul(c, c));
  }
  const r: f32 = 1 / sqrt<f32>(sum4(s) / <f32>D + eps);
  const R = f32x4.splat(r);
  for (let o: usize = 0; o < bytes; o += 16) v128.store(hat + o, f32x4.mul(f32x4.sub(v128.load(x + o), m), R));
  return r;
}

export function norm(x: usize, gamma: usize, beta: usize, y: usize, rows: i32, D: i32, eps: f32): void {
  const bytes = <usize>D << 2;
  for (let k = 0; k < rows; k++) {
    hatRow(x, D, eps, y);
    for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, f32x4.add(f32x4.mul(v128.load(y + o), v128.load(gamma + o)), v128.load(beta + o)));
    x += bytes;
    y += bytes;
  }
}

/** dγ and dβ are filled with zeros by the caller; hat: D floats of scratch. */
export function normBack(x: usize, gamma: usize, dy: usize, dx: usize, dGamma: usize, dBeta: usize, rows: i32, D: i32, eps: f32, hat: usize): void {
  const bytes = <usize>D << 2;
  for (let k = 0; k < rows; k++) {
    const R = f32x4.splat(hatRow(x, D, eps, hat));
    let s1 = f32x4.splat(0), s2 = s1;
    for (let o: usize = 0; o < bytes; o += 16) {
      const g = v128.load(dy + o), h = v128.load(hat + o);
      v128.store(dGamma + o, f32x4.add(v128.load(dGamma + o), f32x4.mul(g, h)));
      v128.store(dBeta + o, f32x4.add(v128.load(dBeta + o), g));
      const d = f32x4.mul(g, v128.load(gamma + o));
      v128.store(dx + o, d);
      s1 = f32x4.add(s1, d);
      s2 = f32x4.add(s2, f32x4.mul(d, h));
    }
    const m1 = f32x4.splat(sum4(s1) / <f32>D), m2 = f32x4.splat(sum4(s2) / <f32>D);
    for (let o: usize = 0; o < bytes; o += 16) {
      const d = f32x4.sub(f32x4.sub(v128.load(dx + o), m1), f32x4.mul(v128.load(hat + o), m2));
      v128.store(dx + o, f32x4.mul(d, R));
    }
    x += bytes;
    dy += bytes;
    dx += bytes;
  }
}

@inline
function mix4(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x85ebca6b));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** y[k] = x[k] · scale where mix32(k + key) ≥ threshold (both unsigned), else 0, for the first n & ~3 entries; the caller does the rest. */
export function dropout(x: usize, y: usize, n: i32, key: i32, threshold: i32, scale: f32): void {
  const end = <usize>(n & ~3) << 2;
  const S = f32x4.splat(scale), T = i32x4.splat(threshold), four = i32x4.splat(4);
  let c = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(key));
  for (let o: usize = 0; o < end; o += 16) {
    v128.store(y + o, v128.and(f32x4.mul(v128.load(x + o), S), i32x4.ge_u(mix4(c), T)));
    c = i32x4.add(c, four);
  }
}
