// Continues kernels.as: optimisers beside Adam, one launch for a parameter.

/** s += d², out = w − rate·d/(√s + eps) with d = g + decay·w, for the first n & ~3 entries; the caller does the rest. */
export function adagrad(w: usize, s: usize, g: usize, out: usize, n: i32, rate: f32, eps: f32, decay: f32): void {
  const RATE = f32x4.splat(rate), EPS = f32x4.splat(eps), DECAY = f32x4.splat(decay);
  const end = <usize>(n & ~3) << 2;
  for (let o: usize = 0; o < end; o += 16) {
    const x = v128.load(w + o);
    const d = f32x4.add(v128.load(g + o), f32x4.mul(DECAY, x));
    const sk = f32x4.add(v128.load(s + o), f32x4.mul(d, d));
    v128.store(s + o, sk);
    v128.store(out + o, f32x4.sub(x, f32x4.div(f32x4.mul(RATE, d), f32x4.add(f32x4.sqrt(sk), EPS))));
  }
}

/** Lazy Adam for rows list[from … to] of [R, D], named once each: m and v move there, out = w − rate·m/(√v + eps); `out` holds w already. */
export function adamRows(w: usize, m: usize, v: usize, g: usize, list: usize, D: i32, from: i32, to: i32, out: usize, beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, eps: f32): void {
  const B1 = f32x4.splat(beta1), R1 = f32x4.splat(rest1), B2 = f32x4.splat(beta2), R2 = f32x4.splat(rest2), RATE = f32x4.splat(rate), EPS = f32x4.splat(eps);
  const bytes = <usize>D << 2, whole = <usize>(D & ~3) << 2;
  for (let k = from; k < to; k++) {
    const row = <usize>i32.load(list + (<usize>k << 2)) * bytes;
    for (let o = row; o < row + whole; o += 16) {
      const d = v128.load(g + o);
      const mk = f32x4.add(f32x4.mul(B1, v128.load(m + o)), f32x4.mul(R1, d));
      const vk = f32x4.add(f32x4.mul(B2, v128.load(v + o)), f32x4.mul(R2, f32x4.mul(d, d)));
      v128.store(m + o, mk);
      v128.store(v + o, vk);
      v128.store(out + o, f32x4.sub(v128.load(w + o), f32x4.div(f32x4.mul(RATE, mk), f32x4.add(f32x4.sqrt(vk), EPS))));
    }
    for (let o = row + whole; o < row + bytes; o += 4) {
      const d = f32.load(g + o);
      const mk = beta1 * f32.load(m + o) + rest1 * d, vk = beta2 * f32.load(v + o) + rest2 * (d * d);
      f32.store(m + o, mk);
      f32.store(v + o, vk);
      f32.store(out + o, f32.load(w + o) - (rate * mk) / (sqrt<f32>(vk) + eps));
    }
  }
}
