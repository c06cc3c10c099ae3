/**
 * A few conjugate-gradient steps on (G + ridge·1 + Σ_k w_k y_k y_kᵀ) x = Σ_k t_k y_k without forming the matrix
 * (Takács, Pilászy, Tikk 2011). One step costs 4·n·f + 2·f² flops for a row of n entries; forming and factorising costs n·f² + f³/3.
 */
const ENOUGH = 1e-20; // |residual|² below which a row is left as it is

/** Scratch space of a solve with f unknowns. */
export class ConjugateGradient {
  readonly #r: Float64Array;
  readonly #p: Float64Array;
  readonly #Ap: Float64Array;
  readonly #f: number;

  constructor(f: number) {
    this.#f = f;
    this.#r = new Float64Array(f);
    this.#p = new Float64Array(f);
    this.#Ap = new Float64Array(f);
  }

  /**
   * Improves x = X[at … at + f) in place from its present value.
   * @param G full symmetric [f, f]
   * @param index rows of Y, entries from … to − 1, with weights w and targets t
   */
  improve(
    X: Float64Array, at: number, G: Float64Array, ridge: number,
    Y: Float64Array, index: Int32Array, w: Float64Array, t: Float64Array, from: number, to: number, steps: number,
  ): void {
    const f = this.#f;
    const r = this.#r;
    const p = this.#p;
    const Ap = this.#Ap;
    for (let a = 0; a < f; a++) p[a] = X[at + a]!;
    apply(G, f, ridge, p, r);
    for (let a = 0; a < f; a++) r[a] = -r[a]!;
    addRows(r, p, f, Y, index, w, t, from, to, -1);
    let rs = 0;
    for (let a = 0; a < f; a++) rs += r[a]! * r[a]!;
    if (rs < ENOUGH) return;
    p.set(r);
    for (let step = 0; step < steps; step++) {
      apply(G, f, ridge, p, Ap);
      addRows(Ap, p, f, Y, index, w, null, from, to, 1);
      let curve = 0;
      for (let a = 0; a < f; a++) curve += p[a]! * Ap[a]!;
      const alpha = rs / curve;
      let next = 0;
      for (let a = 0; a < f; a++) {
        X[at + a]! += alpha * p[a]!;
        const left = r[a]! - alpha * Ap[a]!;
        r[a] = left;
        next += left * left;
      }
      if (next < ENOUGH) return;
      const beta = next / rs;
      for (let a = 0; a < f; a++) p[a] = r[a]! + beta * p[a]!;
      rs = next;
    }
  }
}

/** out = (G + ridge·1) v */
function apply(G: Float64Array, f: number, ridge: number, v: Float64Array, out: Float64Array): void {
  let a = 0;
  for (; a + 3 < f; a += 4) {
    const p0 = a * f;
    const p1 = p0 + f;
    const p2 = p1 + f;
    const p3 = p2 + f;
    let s0 = ridge * v[a]!;
    let s1 = ridge * v[a + 1]!;
    let s2 = ridge * v[a + 2]!;
    let s3 = ridge * v[a + 3]!;
    for (let b = 0; b < f; b++) {
      const x = v[b]!;
      s0 += G[p0 + b]! * x;
      s1 += G[p1 + b]! * x;
      s2 += G[p2 + b]! * x;
      s3 += G[p3 + b]! * x;
    }
    out[a] = s0;
    out[a + 1] = s1;
    out[a + 2] = s2;
    out[a + 3] = s3;
  }
  for (; a < f; a++) {
    const p = a * f;
    let s = ridge * v[a]!;
    for (let b = 0; b < f; b++) s += G[p + b]! * v[b]!;
    out[a] = s;
  }
}

/** out += Σ_k (t_k + sign · w_k ⟨y_k, v⟩) y_k; t = 0 where null. Four rows at a time. */
function addRows(
  out: Float64Array, v: Float64Array, f: number, Y: Float64Array, index: Int32Array,
  w: Float64Array, t: Float64Array | null, from: number, to: number, sign: number,
): void {
  let k = from;
  for (; k + 3 < to; k += 4) {
    const o0 = index[k]! * f;
    const o1 = index[k + 1]! * f;
    const o2 = index[k + 2]! * f;
    const o3 = index[k + 3]! * f;
    let d0 = 0;
    let d1 = 0;
    let d2 = 0;
    let d3 = 0;
    for (let a = 0; a < f; a++) {
      const x = v[a]!;
      d0 += Y[o0 + a]! * x;
      d1 += Y[o1 + a]! * x;
      d2 += Y[o2 + a]! * x;
      d3 += Y[o3 + a]! * x;
    }
    d0 *= sign * w[k]!;
    d1 *= sign * w[k + 1]!;
    d2 *= sign * w[k + 2]!;
    d3 *= sign * w[k + 3]!;
    if (t) {
      d0 += t[k]!;
      d1 += t[k + 1]!;
      d2 += t[k + 2]!;
      d3 += t[k + 3]!;
    }
    for (let a = 0; a < f; a++) out[a]! += d0 * Y[o0 + a]! + d1 * Y[o1 + a]! + (d2 * Y[o2 + a]! + d3 * Y[o3 + a]!);
  }
  for (; k < to; k++) {
    const o = index[k]! * f;
    let d = 0;
    for (let a = 0; a < f; a++) d += Y[o + a]! * v[a]!;
    d *= sign * w[k]!;
    if (t) d += t[k]!;
    for (let a = 0; a < f; a++) out[a]! += d * Y[o + a]!;
  }
}
