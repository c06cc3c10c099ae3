/** Scores and neighbours from vectors: s(u, i) = ⟨x_u, y_i⟩ (+ bias). Row-major float64 factors. */
import { scoreInPanels } from './factor-score-panels';

/**
 * out[b·I + i] = ⟨X[rows[b]], Y[i]⟩ + bias[i]. Each score is summed in the same order however many rows there are,
 * so a user's scores do not depend on the batch, nor on whether SIMD does the work.
 */
export function scoreRows(X: Float64Array, rows: ArrayLike<number>, Y: Float64Array, f: number, out: Float32Array, bias: Float64Array | null = null): void {
  if (!scoreInPanels(X, rows, Y, f, out, bias)) scoreRowsPlainly(X, rows, Y, f, out, bias);
}

/** The slow twin. Four users share the loads of an item's vector. */
export function scoreRowsPlainly(X: Float64Array, rows: ArrayLike<number>, Y: Float64Array, f: number, out: Float32Array, bias: Float64Array | null = null): void {
  const I = f > 0 ? Y.length / f : (bias?.length ?? 0);
  const B = rows.length;
  let b = 0;
  for (; b + 3 < B; b += 4) {
    const x0 = rows[b]! * f;
    const x1 = rows[b + 1]! * f;
    const x2 = rows[b + 2]! * f;
    const x3 = rows[b + 3]! * f;
    const o = b * I;
    for (let i = 0; i < I; i++) {
      const y = i * f;
      let s0 = bias ? bias[i]! : 0;
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let k = 0; k < f; k++) {
        const v = Y[y + k]!;
        s0 += X[x0 + k]! * v;
        s1 += X[x1 + k]! * v;
        s2 += X[x2 + k]! * v;
        s3 += X[x3 + k]! * v;
      }
      out[o + i] = s0;
      out[o + I + i] = s1;
      out[o + 2 * I + i] = s2;
      out[o + 3 * I + i] = s3;
    }
  }
  for (; b < B; b++) {
    const x = rows[b]! * f;
    const o = b * I;
    for (let i = 0; i < I; i++) {
      const y = i * f;
      let s = bias ? bias[i]! : 0;
      for (let k = 0; k < f; k++) s += X[x + k]! * Y[y + k]!;
      out[o + i] = s;
    }
  }
}

/** The k rows of Y with the highest cosine to row `of`, itself left out; ties by ascending row. A row of zeros has cosine 0 to all. */
export function nearestRows(Y: Float64Array, f: number, of: number, k: number): { items: Int32Array; scores: Float32Array } {
  const I = Y.length / f;
  const norm = (i: number): number => {
    let s = 0;
    for (let a = 0; a < f; a++) s += Y[i * f + a]! ** 2;
    return Math.sqrt(s);
  };
  const own = norm(of);
  const cosine = new Float32Array(I);
  for (let i = 0; i < I; i++) {
    let s = 0;
    for (let a = 0; a < f; a++) s += Y[of * f + a]! * Y[i * f + a]!;
    const n = own * norm(i);
    cosine[i] = n > 0 ? s / n : 0;
  }
  const items = Int32Array.from({ length: I }, (_, i) => i)
    .filter((i) => i !== of)
    .sort((a, b) => cosine[b]! - cosine[a]! || a - b)
    .slice(0, k);
  return { items, scores: Float32Array.from(items, (i) => cosine[i]!) };
}
