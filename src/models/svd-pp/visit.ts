/**
 * The steps of SVD++. Every rating of user u moves y_j of all n items j that u rated, by the same vector: y_j ← (1 − γλ) y_j + γ e q_i ÷ √n.
 * So within a user's ratings y_j = c·y_j⁰ + s with one number c and one vector s for all of them, and Σ_j y_j = c Σ_j y_j⁰ + n·s.
 * `visit` keeps only c and s and writes y back once per user: D steps per rating instead of n·D, and the same result up to rounding.
 * `visitPlainly` is the definition, kept to be compared with.
 */
import type { RatingMatrix } from '../../math/rating-matrix';

export interface Weights {
  bu: Float64Array; // [U]
  bi: Float64Array; // [I]
  p: Float64Array; // [U, D]
  q: Float64Array; // [I, D]
  y: Float64Array; // [I, D]
}
export interface StepSizes {
  factors: number;
  learningRate: number;
  regularisation: number;
}

/** @returns Σ e² over the ratings of users from … to − 1, e before its step */
export function visit(m: RatingMatrix, { bu, bi, p, q, y }: Weights, o: StepSizes, from: number, to: number): number {
  const { start, other, value } = m.users;
  const D = o.factors;
  const rate = o.learningRate;
  const keep = 1 - rate * o.regularisation;
  const implicit = new Float64Array(D); // Σ_j y_j ÷ √n as it stands
  const shift = new Float64Array(D); // s
  let squares = 0;
  for (let u = from; u < to; u++) {
    const [first, end] = [start[u]!, start[u + 1]!];
    const n = end - first;
    if (n === 0) continue;
    const root = Math.sqrt(n);
    const pu = p.subarray(u * D, (u + 1) * D);
    implicit.fill(0);
    shift.fill(0);
    let c = 1;
    for (let e = first; e < end; e++) for (let d = 0, at = other[e]! * D; d < D; d++) implicit[d]! += y[at + d]!;
    for (let d = 0; d < D; d++) implicit[d]! /= root;
    for (let e = first; e < end; e++) {
      const i = other[e]!;
      const at = i * D;
      let dot = 0;
      for (let d = 0; d < D; d++) dot += q[at + d]! * (pu[d]! + implicit[d]!);
      const error = value[e]! - (m.mean + bu[u]! + bi[i]! + dot);
      squares += error * error;
      const step = rate * error;
      bu[u] = keep * bu[u]! + step;
      bi[i] = keep * bi[i]! + step;
      c *= keep;
      for (let d = 0; d < D; d++) {
        const a = pu[d]!;
        const b = q[at + d]!;
        const z = implicit[d]!;
        pu[d] = keep * a + step * b;
        q[at + d] = keep * b + step * (a + z);
        shift[d] = keep * shift[d]! + (step / root) * b;
        implicit[d] = keep * z + step * b; // n · (γ e q ÷ √n) ÷ √n
      }
    }
    for (let e = first; e < end; e++) for (let d = 0, at = other[e]! * D; d < D; d++) y[at + d] = c * y[at + d]! + shift[d]!;
  }
  return squares;
}

/** The same, word for word from the definition: n·D steps for each of the n ratings of a user. */
export function visitPlainly(m: RatingMatrix, { bu, bi, p, q, y }: Weights, o: StepSizes, from: number, to: number): number {
  const { start, other, value } = m.users;
  const { factors: D, learningRate: rate, regularisation: reg } = o;
  let squares = 0;
  for (let u = from; u < to; u++) {
    const rated = other.subarray(start[u]!, start[u + 1]!);
    const root = Math.sqrt(rated.length);
    for (let e = start[u]!; e < start[u + 1]!; e++) {
      const i = other[e]!;
      const implicit = Array.from({ length: D }, (_, d) => rated.reduce((s, j) => s + y[j * D + d]!, 0) / root);
      const dot = implicit.reduce((s, z, d) => s + q[i * D + d]! * (p[u * D + d]! + z), 0);
      const error = value[e]! - (m.mean + bu[u]! + bi[i]! + dot);
      squares += error * error;
      bu[u]! += rate * (error - reg * bu[u]!);
      bi[i]! += rate * (error - reg * bi[i]!);
      for (let d = 0; d < D; d++) {
        const a = p[u * D + d]!;
        const b = q[i * D + d]!;
        p[u * D + d]! += rate * (error * b - reg * a);
        q[i * D + d]! += rate * (error * (a + implicit[d]!) - reg * b);
        for (const j of rated) y[j * D + d]! += rate * ((error * b) / root - reg * y[j * D + d]!);
      }
    }
  }
  return squares;
}
