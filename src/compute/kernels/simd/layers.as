// Continues the files before: a layer with its bias, norm and GELU in one go, and batched products. Rows (or products of a batch) are parts: what a
// part writes is touched by no other.

/**
 * Rows of y = GELU(γ norm(h) + β), h = x W + b: a block of h goes through the norm while it is in cache. h is kept for the backward pass.
 * packed: W [k, D] in panels; γ and β may be 0; D a multiple of 4. Scratch: partScratch.
 */
export function linearNormGelu(x: usize, k: i32, packed: usize, b: usize, gamma: usize, beta: usize, h: usize, y: usize, rows: i32, D: i32, eps: f32, scratch: usize): void {
  const wide = <usize>k << 2, narrow = <usize>D << 2;
  const BLOCK = 64;
  for (let first = 0; first < rows; first += BLOCK) {
    const m = min(BLOCK, rows - first);
    const to = h + <usize>first * narrow;
    productPart(x + <usize>first * wide, k, 1, packed, k, to, D, m, D, k, 0, scratch);
    addRow(to, b, m, D);
    normGelu(to, gamma, beta, y + <usize>first * narrow, m, D, eps);
  }
}

/**
 * Backward by rows: dh from dy through GELU and norm, and dx = dh Wᵀ while dh is in cache. turned: Wᵀ [D, k] in panels.
 * dγ and dβ are filled with zeros by the caller. Scratch: 3 D floats and partScratch.
 */
export function linearNormGeluBack(h: usize, gamma: usize, beta: usize, dy: usize, dh: usize, dGamma: usize, dBeta: usize, rows: i32, D: i32, eps: f32, turned: usize, k: i32, dx: usize, scratch: usize): void {
  const wide = <usize>k << 2, narrow = <usize>D << 2;
  const BLOCK = 64;
  for (let first = 0; first < rows; first += BLOCK) {
    const m = min(BLOCK, rows - first);
    const at = <usize>first * narrow;
    normGeluBack(h + at, gamma, beta, dy + at, dh + at, dGamma, dBeta, m, D, eps, scratch);
    productPart(dh + at, D, 1, turned, D, dx + <usize>first * wide, k, m, k, D, 0, scratch + 3 * narrow);
  }
}

/** Products from … to of a batch: C[s] [m, n] = A[s] B[s]; a step of 0 uses one matrix for all. Scratch as sgemmPart. */
export function productsPart(a: usize, aStep: i32, ars: i32, acs: i32, b: usize, bStep: i32, brs: i32, bcs: i32, c: usize, m: i32, n: i32, k: i32, from: i32, to: i32, scratch: usize): void {
  const each = (<usize>m * <usize>n) << 2;
  for (let s = from; s < to; s++) {
    sgemmPart(a + ((<usize>s * <usize>aStep) << 2), ars, acs, b + ((<usize>s * <usize>bStep) << 2), brs, bcs, c + <usize>s * each, n, m, n, k, scratch);
  }
}

/** y = softmax(x) by rows. stats: 2 floats of scratch. */
export function softmaxRows(x: usize, y: usize, rows: i32, D: i32, stats: usize): void {
  const bytes = <usize>D << 2;
  for (let r = 0; r < rows; r++, x += bytes, y += bytes) {
    softmaxRow(x, y, D, stats);
    addScaled(y, y, D, 1 / f32.load(stats, 4), 0);
  }
}

/** dx = y ⊙ (dy − Σ dy ⊙ y) by rows. */
export function softmaxRowsBack(y: usize, dy: usize, dx: usize, rows: i32, D: i32): void {
  const bytes = <usize>D << 2, whole = <usize>(D & ~3) << 2;
  for (let r = 0; r < rows; r++, y += bytes, dy += bytes, dx += bytes) {
    let s4 = f32x4.splat(0);
    for (let o: usize = 0; o < whole; o += 16) s4 = madd(v128.load(y + o), v128.load(dy + o), s4);
    let s = sum4(s4);
    for (let o = whole; o < bytes; o += 4) s += f32.load(y + o) * f32.load(dy + o);
    const S = f32x4.splat(s);
    for (let o: usize = 0; o < whole; o += 16) v128.store(dx + o, f32x4.mul(v128.load(y + o), f32x4.sub(v128.load(dy + o), S)));
    for (let o = whole; o < bytes; o += 4) f32.store(dx + o, f32.load(y + o) * (f32.load(dy + o) - s));
  }
}
