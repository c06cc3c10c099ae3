/**
 * The largest singular values of a sparse matrix and their right singular vectors, by block Krylov with full reorthogonalisation.
 * The Krylov space of XᵀX (or XXᵀ, whichever is smaller) grows by blocks until the residual of every wanted pair is small;
 * as blocks, so that equal singular values are found as often as they occur.
 */
import type { Step } from '../core/phases';
import type { Random } from '../core/random';
import { transpose, type Csr } from './csr';
import { symmetricEigen, type Eigen } from './symmetric-eigen';

export interface TruncatedSvd {
  /** Descending. */
  singular: Float64Array; // [f]
  /** Row k: the k-th right singular vector. */
  right: Float64Array; // [f, cols]
  /** Largest ‖Av − θv‖ / θ₁ of the pairs returned, A the smaller Gram matrix: how exact it is. */
  residual: number;
}

const BLOCK = 8;
const TOLERANCE = 1e-11;

/** @param f at most min(rows, cols) are found; @param tolerance largest residual to be content with */
export async function truncatedSvd(x: Csr, f: number, random: Random, step: Step = () => undefined, tolerance = TOLERANCE): Promise<TruncatedSvd> {
  const xt = transpose(x);
  const [small, large] = x.rows < x.cols ? [x, xt] : [xt, x]; // small: [n, N]
  const n = small.rows;
  const wanted = Math.min(f, n);
  const between = new Float64Array(small.cols);
  /** out = A v with A = small · smallᵀ */
  const apply = (v: Float64Array, out: Float64Array): void => {
    times(large, v, between);
    times(small, between, out);
  };
  const { values, vectors, residual } = await largestEigen(n, wanted, apply, random, step, tolerance);
  // Squares are known to some 1e-16 of the largest: what lies below 1e-13 of it is 0 as far as can be told.
  const singular = values.map((t) => (t > 1e-13 * values[0]! ? Math.sqrt(t) : 0));
  if (small === xt) return { singular, right: vectors, residual };
  // Left vectors were found: v = Xᵀu / σ. Where σ is 0 there is no direction left, and its row stays 0.
  const right = new Float64Array(wanted * x.cols);
  for (let k = 0; k < wanted; k++) {
    if (singular[k] === 0) continue;
    const row = right.subarray(k * x.cols, (k + 1) * x.cols);
    times(xt, vectors.subarray(k * n, (k + 1) * n), row);
    for (let c = 0; c < x.cols; c++) row[c]! /= singular[k]!;
  }
  return { singular, right, residual };
}

/** out = M v */
function times(m: Csr, v: Float64Array, out: Float64Array): void {
  for (let r = 0; r < m.rows; r++) {
    let s = 0;
    for (let e = m.start[r]!; e < m.start[r + 1]!; e++) s += m.value[e]! * v[m.index[e]!]!;
    out[r] = s;
  }
}

async function largestEigen(
  n: number, wanted: number, apply: (v: Float64Array, out: Float64Array) => void, random: Random, step: Step, tolerance: number,
): Promise<{ values: Float64Array; vectors: Float64Array; residual: number }> {
  const basis: Float64Array[] = [];
  /** h[j]: A·basis[j] on the basis there was, so H = QᵀAQ is known as the basis grows. */
  const h: Float64Array[] = [];
  const noise = random.stream('start');
  const fresh = () => Float64Array.from({ length: n }, () => noise.normal());
  let next = Array.from({ length: Math.min(BLOCK, n) }, fresh);
  let checkAt = Math.min(n, 2 * wanted + 2 * BLOCK);
  for (;;) {
    const first = basis.length;
    for (const candidate of next) {
      if (basis.length === n) break;
      basis.push(orthonormal(candidate, basis, fresh));
      const wait = step(Math.min(basis.length, n));
      if (wait) await wait;
    }
    const images: Float64Array<ArrayBuffer>[] = [];
    for (let j = first; j < basis.length; j++) {
      const image = new Float64Array(n);
      apply(basis[j]!, image);
      images.push(image);
      h.push(Float64Array.from(basis, (q) => inner(q, image)));
    }
    const m = basis.length;
    if (m >= checkAt || m === n) {
      const eigen = await symmetricEigen(projected(h, m), m, () => step(m));
      const residual = m === n ? 0 : residualOf(eigen, m, wanted, images, basis, first);
      if (residual <= tolerance || m === n) return { values: eigen.values.slice(0, wanted), vectors: combine(eigen, m, wanted, basis, n), residual };
      checkAt = Math.min(n, Math.ceil(m * 1.25));
    }
    next = images;
  }
}

/** v made orthogonal to all of the basis (twice, which is enough) and of length 1; a new random direction where nothing is left of it. */
function orthonormal(v: Float64Array<ArrayBuffer>, basis: readonly Float64Array[], fresh: () => Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  for (let w = v.slice(); ; w = fresh()) {
    const before = Math.sqrt(inner(w, w));
    for (let turn = 0; turn < 2; turn++) {
      for (const q of basis) {
        const along = inner(q, w);
        for (let k = 0; k < w.length; k++) w[k]! -= along * q[k]!;
      }
    }
    const norm = Math.sqrt(inner(w, w));
    if (!(norm > 1e-10 * before)) continue;
    for (let k = 0; k < w.length; k++) w[k]! /= norm;
    return w;
  }
}

function inner(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let k = 0;
  for (; k + 1 < a.length; k += 2) {
    s0 += a[k]! * b[k]!;
    s1 += a[k + 1]! * b[k + 1]!;
  }
  return k < a.length ? s0 + s1 + a[k]! * b[k]! : s0 + s1;
}

/** H from what each image was projected on; earlier images meet later vectors by symmetry. */
function projected(h: readonly Float64Array[], m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let j = 0; j < m; j++) for (let i = 0; i < Math.min(h[j]!.length, j + 1); i++) out[i * m + j] = out[j * m + i] = h[j]![i]!;
  return out;
}

/** Only the last block's images reach out of the space: ‖(I − QQᵀ) A Q_last y_last‖ / θ₁, the largest over wanted pairs. */
function residualOf({ values, vectors }: Eigen, m: number, wanted: number, images: readonly Float64Array[], basis: readonly Float64Array[], first: number): number {
  const outside = images.map((image) => {
    const w = image.slice();
    for (const q of basis) {
      const along = inner(q, w);
      for (let k = 0; k < w.length; k++) w[k]! -= along * q[k]!;
    }
    return w;
  });
  const grams = outside.map((a) => outside.map((b) => inner(a, b)));
  let worst = 0;
  for (let t = 0; t < wanted; t++) {
    let squared = 0;
    for (let a = 0; a < outside.length; a++) for (let b = 0; b < outside.length; b++) squared += vectors[t * m + first + a]! * vectors[t * m + first + b]! * grams[a]![b]!;
    worst = Math.max(worst, Math.sqrt(Math.max(0, squared)));
  }
  return values[0]! > 0 ? worst / values[0]! : 0;
}

function combine({ vectors }: Eigen, m: number, wanted: number, basis: readonly Float64Array[], n: number): Float64Array {
  const out = new Float64Array(wanted * n);
  for (let t = 0; t < wanted; t++) {
    const row = out.subarray(t * n, (t + 1) * n);
    for (let j = 0; j < m; j++) {
      const y = vectors[t * m + j]!;
      const q = basis[j]!;
      for (let k = 0; k < n; k++) row[k]! += y * q[k]!;
    }
  }
  return out;
}
