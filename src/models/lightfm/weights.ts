/** What LightFM learns, per side: an embedding and a bias for each feature, with Adagrad's sums of squared gradients. */
import type { ModelState, StateArray } from '../../core/model';
import { Problem } from '../../core/problem';
import type { Random } from '../../core/random';
import type { Csr } from '../../math/csr';

export interface SideWeights {
  embedding: Float64Array; // [features, d]
  bias: Float64Array; // [features]
  /** Sums of squared gradients, from 1. */
  embeddingSquares: Float64Array; // [features, d]
  biasSquares: Float64Array; // [features]
}

/** Embeddings uniform on ±½ / d, biases 0, accumulators 1. */
export function initialWeights(features: number, d: number, random: Random): SideWeights {
  return {
    embedding: Float64Array.from({ length: features * d }, () => (random.next() - 0.5) / d),
    bias: new Float64Array(features),
    embeddingSquares: new Float64Array(features * d).fill(1),
    biasSquares: new Float64Array(features).fill(1),
  };
}

/** out = Σ_f weight_f · embedding_f of one row; returns the row's bias Σ_f weight_f · bias_f. */
export function represent(rows: Csr, e: number, w: SideWeights, d: number, out: Float64Array, at = 0): number {
  let bias = 0;
  for (let a = 0; a < d; a++) out[at + a] = 0;
  for (let k = rows.start[e]!; k < rows.start[e + 1]!; k++) {
    const f = rows.index[k]!;
    const v = rows.value[k]!;
    const o = f * d;
    bias += v * w.bias[f]!;
    for (let a = 0; a < d; a++) out[at + a]! += v * w.embedding[o + a]!;
  }
  return bias;
}

const KEYS = ['embedding', 'bias'] as const;
const SQUARES = ['embeddingSquares', 'biasSquares'] as const;

/** Arrays of a state; without the optimiser's unless asked for. */
export function weightArrays(users: SideWeights, items: SideWeights, d: number, withSquares: boolean): ModelState['arrays'] {
  const arrays: Record<string, StateArray> = {};
  for (const [side, w] of [['users', users], ['items', items]] as const) {
    for (const key of withSquares ? [...KEYS, ...SQUARES] : KEYS) {
      arrays[`${side}.${key}`] = { shape: key.startsWith('bias') ? [w.bias.length] : [w.bias.length, d], data: w[key].slice() };
    }
  }
  return arrays;
}

/** @throws Problem when the arrays belong to other data or settings */
export function weightsFrom(arrays: ModelState['arrays'], side: 'users' | 'items', features: number, d: number): SideWeights {
  const take = (key: (typeof KEYS | typeof SQUARES)[number], length: number): Float64Array => {
    const data = arrays[`${side}.${key}`]?.data;
    if (data === undefined && key.endsWith('Squares')) return new Float64Array(length).fill(1);
    if (!(data instanceof Float64Array) || data.length !== length) {
      throw new Problem(`These weights do not fit ${features} ${side === 'users' ? 'user' : 'item'} features with ${d} factors.`, {}, 'Train again on this data with these columns.');
    }
    return data.slice();
  };
  return {
    embedding: take('embedding', features * d), bias: take('bias', features),
    embeddingSquares: take('embeddingSquares', features * d), biasSquares: take('biasSquares', features),
  };
}
