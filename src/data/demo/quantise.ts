/** Vectors as int8 with one scale per row: a quarter of the bytes, cosine to the original about .9999. */

export interface Quantised {
  values: Int8Array; // [R, dim]
  scales: Float32Array; // [R]
}

export function quantise(vectors: Float32Array, dim: number): Quantised {
  const rows = vectors.length / dim;
  const values = new Int8Array(vectors.length);
  const scales = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    let most = 0;
    for (let d = 0; d < dim; d++) most = Math.max(most, Math.abs(vectors[r * dim + d]!));
    scales[r] = most / 127;
    if (most === 0) continue;
    for (let d = 0; d < dim; d++) values[r * dim + d] = Math.round((vectors[r * dim + d]! / most) * 127);
  }
  return { values, scales };
}

/** Back to float32 rows of length 1; a zero row stays zero. */
export function dequantise({ values, scales }: Quantised, dim: number): Float32Array {
  const out = new Float32Array(values.length); // [R, dim]
  for (let r = 0; r < scales.length; r++) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += (values[r * dim + d]! * scales[r]!) ** 2;
    if (squares === 0) continue;
    const factor = scales[r]! / Math.sqrt(squares);
    for (let d = 0; d < dim; d++) out[r * dim + d] = values[r * dim + d]! * factor;
  }
  return out;
}
