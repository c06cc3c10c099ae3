/** How alike two items are, for lists that should not repeat themselves: by text where there is text, else as the model sees them, else by who has them. */
import type { OpenedModel } from '../../workers/protocol';
import type { TextVectors } from '../core/dataset';
import type { Recommender } from '../core/model';
import type { Csr } from '../math/csr';

export interface Likeness {
  by: OpenedModel['likeness'];
  /** Cosine; 0 where one of the two has nothing to compare by. */
  between(a: number, b: number): number;
}

export async function likenessOf(text: TextVectors | null, model: Pick<Recommender, 'vectors'>, hadBy: Csr): Promise<Likeness> {
  if (text) return { by: 'text', between: cosineRows(text.vectors, text.dim) };
  const own = (await model.vectors?.())?.items;
  if (own && own.rows === hadBy.rows && own.cols > 0) return { by: 'model', between: cosineRows(own.data, own.cols) };
  return { by: 'listeners', between: sharedListeners(hadBy) };
}

/** Cosine of two rows. data: [rows, dim] */
export function cosineRows(data: Float32Array, dim: number): Likeness['between'] {
  const inverse = new Float64Array(data.length / dim);
  for (let i = 0; i < inverse.length; i++) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += data[i * dim + d]! ** 2;
    inverse[i] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  }
  return (a, b) => {
    let dot = 0;
    for (let d = 0; d < dim; d++) dot += data[a * dim + d]! * data[b * dim + d]!;
    return dot * inverse[a]! * inverse[b]!;
  };
}

/** |users of both| / √(users of a · users of b): the cosine of two 0/1 columns. hadBy: [I, U] */
export function sharedListeners(hadBy: Csr): Likeness['between'] {
  return (a, b) => {
    let p = hadBy.start[a]!;
    let q = hadBy.start[b]!;
    const [endA, endB] = [hadBy.start[a + 1]!, hadBy.start[b + 1]!];
    const size = Math.sqrt((endA - p) * (endB - q));
    if (size === 0) return 0;
    let both = 0;
    while (p < endA && q < endB) {
      const d = hadBy.index[p]! - hadBy.index[q]!;
      if (d === 0) both++;
      if (d <= 0) p++;
      if (d >= 0) q++;
    }
    return both / size;
  };
}
