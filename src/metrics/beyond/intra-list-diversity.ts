import { meanOverLists, type TopList } from './list-items';

export interface ItemVectors {
  dim: number;
  data: Float32Array | Float64Array; // [I, dim]
}

/**
 * Diversity@K = 1 − cosine of two items' vectors, mean over all unordered pairs of the list, then over users (Ziegler et al. 2005).
 * 0: all point the same way; 1: on average unrelated; up to 2: opposite.
 * Awkward cases: the cosine with a zero vector (an item without text) is 0; a list of fewer than two items has no value and is not in the mean.
 * Its size depends on whose vectors they are: compare only values from the same ones.
 * Worked: vectors (1, 0), (.8, .6), (0, 1) have cosines .8, 0, .6: (.2 + 1 + .4)/3 = .5333.
 */
export function intraListDiversity(lists: readonly TopList[], vectors: ItemVectors): number {
  const { dim, data } = vectors;
  const inverse = inverseNorms(vectors);
  return meanOverLists(lists, (list) => {
    let distance = 0;
    let pairs = 0;
    for (let p = 1; p < list.length; p++) {
      for (let q = 0; q < p; q++) {
        const a = list[p]!;
        const b = list[q]!;
        let dot = 0;
        for (let d = 0; d < dim; d++) dot += data[a * dim + d]! * data[b * dim + d]!;
        distance += 1 - dot * inverse[a]! * inverse[b]!;
        pairs++;
      }
    }
    return pairs > 0 ? distance / pairs : NaN;
  });
}

/** 1/‖v_i‖, and 0 for a zero vector, which makes its cosines 0. [I] */
function inverseNorms({ dim, data }: ItemVectors): Float64Array {
  return Float64Array.from({ length: dim > 0 ? data.length / dim : 0 }, (_, i) => {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += data[i * dim + d]! ** 2;
    return squares > 0 ? 1 / Math.sqrt(squares) : 0;
  });
}
