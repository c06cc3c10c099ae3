/** Principal components of the rows of a dense matrix: the directions in which they differ most. */
import { symmetricEigen } from './symmetric-eigen';

export interface Pca {
  mean: Float64Array; // [D]
  /** Unit vectors, the one of largest variance first; of each, the entry of largest size is positive, so that signs do not depend on chance. */
  axes: Float64Array; // [k, D]
  /** Share of the total variance along each axis. [k] */
  explained: Float64Array;
  /** Rows the directions were taken from. */
  sampled: number;
}

/** Above this many rows the directions come from evenly spaced ones: a covariance of thousands of rows hardly moves with more. */
const PCA_ROWS = 6000;

/**
 * Covariance (n in the denominator), then all its eigenvectors: O(rows·D² + D³), meant for D up to about a thousand. Fewer rows than columns
 * go by the inner products of the rows instead, O(rows²·D + rows³). With fewer than k directions in the data the remaining axes explain 0.
 */
export async function fitPca(data: Float32Array, rows: number, D: number, k: number, most = PCA_ROWS): Promise<Pca> {
  const step = Math.max(1, Math.ceil(rows / most));
  const n = Math.ceil(rows / step);
  const mean = new Float64Array(D);
  for (let r = 0; r < rows; r += step) for (let d = 0; d < D; d++) mean[d]! += data[r * D + d]! / n;
  const { axes, values, total } = n < D ? await fromRows(data, mean, rows, step, k) : await fromColumns(data, mean, rows, step, n, k);
  const explained = Float64Array.from({ length: k }, (_, c) => (total > 0 ? Math.max(0, values[c] ?? 0) / total : 0));
  for (let c = 0; c < k; c++) {
    const axis = axes.subarray(c * D, (c + 1) * D);
    let largest = 0;
    for (let d = 1; d < D; d++) if (Math.abs(axis[d]!) > Math.abs(axis[largest]!) + 1e-12) largest = d;
    if (axis[largest]! < 0) for (let d = 0; d < D; d++) axis[d]! *= -1;
  }
  return { mean, axes, explained, sampled: n };
}

interface Directions {
  axes: Float64Array; // [k, D]
  values: Float64Array;
  /** Sum of all variances. */
  total: number;
}

async function fromColumns(data: Float32Array, mean: Float64Array, rows: number, step: number, n: number, k: number): Promise<Directions> {
  const D = mean.length;
  const covariance = new Float64Array(D * D);
  const centred = new Float64Array(D);
  for (let r = 0; r < rows; r += step) {
    for (let d = 0; d < D; d++) centred[d] = data[r * D + d]! - mean[d]!;
    for (let a = 0; a < D; a++) {
      const x = centred[a]! / n;
      if (x === 0) continue;
      for (let b = a; b < D; b++) covariance[a * D + b]! += x * centred[b]!;
    }
  }
  let total = 0;
  for (let a = 0; a < D; a++) {
    total += covariance[a * D + a]!;
    for (let b = 0; b < a; b++) covariance[a * D + b] = covariance[b * D + a]!;
  }
  const { values, vectors } = await symmetricEigen(covariance, D);
  const axes = new Float64Array(k * D);
  axes.set(vectors.subarray(0, Math.min(k, D) * D));
  return { axes, values, total };
}

/** XᵀX and XXᵀ share their values; u of XXᵀ gives Xᵀu, of length √(n λ), of XᵀX. */
async function fromRows(data: Float32Array, mean: Float64Array, rows: number, step: number, k: number): Promise<Directions> {
  const D = mean.length;
  const picked = Array.from({ length: Math.ceil(rows / step) }, (_, r) => Float64Array.from({ length: D }, (_, d) => data[r * step * D + d]! - mean[d]!));
  const n = picked.length;
  const inner = new Float64Array(n * n);
  for (let a = 0; a < n; a++) for (let b = 0; b <= a; b++) inner[a * n + b] = inner[b * n + a] = picked[a]!.reduce((s, x, d) => s + x * picked[b]![d]!, 0) / n;
  const { values, vectors } = await symmetricEigen(inner, n);
  const axes = new Float64Array(k * D);
  for (let c = 0; c < Math.min(k, n); c++) {
    if (!(values[c]! > 1e-12 * values[0]!)) break;
    const scale = 1 / Math.sqrt(n * values[c]!);
    for (let r = 0; r < n; r++) for (let d = 0; d < D; d++) axes[c * D + d]! += scale * vectors[c * n + r]! * picked[r]![d]!;
  }
  return { axes, values, total: values.reduce((s, x) => s + Math.max(0, x), 0) };
}

/** Coordinates along the axes. @returns [rows, k] */
export function projectPca({ mean, axes, explained }: Pca, data: Float32Array, rows: number): Float32Array {
  const D = mean.length;
  const k = explained.length;
  const out = new Float32Array(rows * k);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < k; c++) {
      let s = 0;
      for (let d = 0; d < D; d++) s += (data[r * D + d]! - mean[d]!) * axes[c * D + d]!;
      out[r * k + c] = s;
    }
  }
  return out;
}
