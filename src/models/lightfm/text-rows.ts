/** A text's vector as a handful of weighted features, which is how LightFM can read it. */
import type { TextVectors } from '../../core/dataset';
import { fitPca, projectPca } from '../../math/pca';
import { toUnitRows } from '../../math/standardise';

export interface TextRows {
  /** Name of the text. */
  column: string;
  width: number;
  /** Length 1 a row, like the weight of an id; zeros where there is no text. */
  data: Float32Array; // [I, width]
}

/** The vectors along the directions in which they differ most. Null where none are wanted or there are none. */
export async function textRows(text: TextVectors | null, numbers: number): Promise<TextRows | null> {
  if (!text || numbers < 1) return null;
  const { dim, vectors, column } = text;
  const width = Math.min(numbers, dim);
  const filled = Array.from({ length: vectors.length / dim }, (_, i) => i).filter((i) => vectors.subarray(i * dim, (i + 1) * dim).some((x) => x !== 0));
  if (filled.length === 0) return null;
  const own = new Float32Array(filled.length * dim);
  filled.forEach((i, r) => own.set(vectors.subarray(i * dim, (i + 1) * dim), r * dim));
  const along = toUnitRows(projectPca(await fitPca(own, filled.length, dim, width), own, filled.length), width);
  const data = new Float32Array((vectors.length / dim) * width);
  filled.forEach((i, r) => data.set(along.subarray(r * width, (r + 1) * width), i * width));
  return { column, width, data };
}
