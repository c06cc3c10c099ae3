/**
 * Small dense systems A x = b, A = Σ w y yᵀ + ridge, f × f row-major float64.
 * Only the lower triangle of A is read and written. Four rows y at a time: each entry of A is then loaded once per eight flops.
 */

/** A += Σ_k w_k y_k y_kᵀ (lower triangle) over k = from … to − 1, where y_k is row index[k] of Y. */
export function addWeightedOuter(A: Float64Array, f: number, Y: Float64Array, index: Int32Array, weight: Float64Array, from: number, to: number): void {
  let k = from;
  for (; k + 3 < to; k += 4) {
    outer4(A, f, Y, index[k]! * f, index[k + 1]! * f, index[k + 2]! * f, index[k + 3]! * f, weight[k]!, weight[k + 1]!, weight[k + 2]!, weight[k + 3]!);
  }
  for (; k < to; k++) outer1(A, f, Y, index[k]! * f, weight[k]!);
}

/** scale · YᵀY, lower triangle. */
export function gramian(Y: Float64Array, rows: number, f: number, scale = 1): Float64Array {
  const A = new Float64Array(f * f);
  let r = 0;
  for (; r + 3 < rows; r += 4) outer4(A, f, Y, r * f, (r + 1) * f, (r + 2) * f, (r + 3) * f, scale, scale, scale, scale);
  for (; r < rows; r++) outer1(A, f, Y, r * f, scale);
  return A;
}

/** Copies the lower triangle onto the upper. */
export function mirrored(A: Float64Array, f: number): Float64Array {
  for (let a = 0; a < f; a++) for (let b = 0; b < a; b++) A[b * f + a] = A[a * f + b]!;
  return A;
}

function outer1(A: Float64Array, f: number, Y: Float64Array, o: number, w: number): void {
  for (let a = 0; a < f; a++) {
    const c = w * Y[o + a]!;
    const row = a * f;
    for (let b = 0; b <= a; b++) A[row + b]! += c * Y[o + b]!;
  }
}

function outer4(A: Float64Array, f: number, Y: Float64Array, o0: number, o1: number, o2: number, o3: number, w0: number, w1: number, w2: number, w3: number): void {
  let a = 0;
  // Two rows of A share the loads of y.
  for (; a + 1 < f; a += 2) {
    const c0 = w0 * Y[o0 + a]!;
    const c1 = w1 * Y[o1 + a]!;
    const c2 = w2 * Y[o2 + a]!;
    const c3 = w3 * Y[o3 + a]!;
    const d0 = w0 * Y[o0 + a + 1]!;
    const d1 = w1 * Y[o1 + a + 1]!;
    const d2 = w2 * Y[o2 + a + 1]!;
    const d3 = w3 * Y[o3 + a + 1]!;
    const p = a * f;
    const q = p + f;
    for (let b = 0; b <= a; b++) {
      const y0 = Y[o0 + b]!;
      const y1 = Y[o1 + b]!;
      const y2 = Y[o2 + b]!;
      const y3 = Y[o3 + b]!;
      A[p + b]! += c0 * y0 + c1 * y1 + (c2 * y2 + c3 * y3);
      A[q + b]! += d0 * y0 + d1 * y1 + (d2 * y2 + d3 * y3);
    }
    A[q + a + 1]! += d0 * Y[o0 + a + 1]! + d1 * Y[o1 + a + 1]! + (d2 * Y[o2 + a + 1]! + d3 * Y[o3 + a + 1]!);
  }
  if (a < f) {
    const c0 = w0 * Y[o0 + a]!;
    const c1 = w1 * Y[o1 + a]!;
    const c2 = w2 * Y[o2 + a]!;
    const c3 = w3 * Y[o3 + a]!;
    const p = a * f;
    for (let b = 0; b <= a; b++) A[p + b]! += c0 * Y[o0 + b]! + c1 * Y[o1 + b]! + (c2 * Y[o2 + b]! + c3 * Y[o3 + b]!);
  }
}

/**
 * A = L Lᵀ in place (lower triangle).
 * @returns false when a pivot is not positive: A is singular to rounding, or not a number
 */
export function factorize(A: Float64Array, f: number): boolean {
  for (let j = 0; j < f; j++) {
    const pj = j * f;
    let s = A[pj + j]!;
    for (let k = 0; k < j; k++) s -= A[pj + k]! * A[pj + k]!;
    if (!(s > 0)) return false;
    const pivot = Math.sqrt(s);
    A[pj + j] = pivot;
    const inverse = 1 / pivot;
    let i = j + 1;
    // Four rows below share the loads of row j.
    for (; i + 3 < f; i += 4) {
      const p0 = i * f;
      const p1 = p0 + f;
      const p2 = p1 + f;
      const p3 = p2 + f;
      let s0 = A[p0 + j]!;
      let s1 = A[p1 + j]!;
      let s2 = A[p2 + j]!;
      let s3 = A[p3 + j]!;
      for (let k = 0; k < j; k++) {
        const l = A[pj + k]!;
        s0 -= A[p0 + k]! * l;
        s1 -= A[p1 + k]! * l;
        s2 -= A[p2 + k]! * l;
        s3 -= A[p3 + k]! * l;
      }
      A[p0 + j] = s0 * inverse;
      A[p1 + j] = s1 * inverse;
      A[p2 + j] = s2 * inverse;
      A[p3 + j] = s3 * inverse;
    }
    for (; i < f; i++) {
      const p = i * f;
      let t = A[p + j]!;
      for (let k = 0; k < j; k++) t -= A[p + k]! * A[pj + k]!;
      A[p + j] = t * inverse;
    }
  }
  return true;
}

/** x becomes A⁻¹ x, given the factor L of A. */
export function solveFactorized(L: Float64Array, f: number, x: Float64Array): void {
  for (let a = 0; a < f; a++) {
    const p = a * f;
    let s = x[a]!;
    for (let b = 0; b < a; b++) s -= L[p + b]! * x[b]!;
    x[a] = s / L[p + a]!;
  }
  for (let a = f - 1; a >= 0; a--) {
    const p = a * f;
    const v = x[a]! / L[p + a]!;
    x[a] = v;
    for (let b = 0; b < a; b++) x[b]! -= L[p + b]! * v;
  }
}
