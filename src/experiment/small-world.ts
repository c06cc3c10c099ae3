/** Hand-sized data sets with a known answer, for tests of models and of experiments. */
import type { DataSet, EntityTable, TextVectors } from '../core/dataset';
import { createRandom } from '../core/random';

export interface World {
  data: DataSet;
  text: TextVectors;
}

/** A data set from (user, item) pairs in order of time; pair k happened at second k. */
export function dataFromPairs(pairs: readonly (readonly [number, number])[], users: EntityTable, items: EntityTable, name: string): DataSet {
  const order = pairs.map((_, k) => k).sort((a, b) => pairs[a]![0] - pairs[b]![0] || a - b);
  return {
    name,
    recipe: 'test',
    users,
    items,
    interactions: {
      user: Int32Array.from(order, (k) => pairs[k]![0]),
      item: Int32Array.from(order, (k) => pairs[k]![1]),
      time: Float64Array.from(order, (k) => k),
      value: Float32Array.from(order, (k) => 1 + (k % 3)),
      row: Int32Array.from(order),
    },
    sources: [],
    steps: [],
    hash: `test-${name}-${pairs.length}`,
    truth: null,
  };
}

/** Ids only, in order of dense index. */
export const plainTable = (n: number): EntityTable => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });

/**
 * Checkerboard: user u likes exactly the items of the same parity, and has each of them but a few.
 * Whatever is held out has the user's parity, so a model that learned anything ranks those items above all others.
 * Columns say the parity too, and so do the vectors (with noise), for models that read features.
 */
export function checkerboard(U = 24, I = 16, seed = 7): World {
  const random = createRandom(seed, 'checkerboard');
  const parity = (n: number): EntityTable => ({
    ...plainTable(n),
    columns: [{ kind: 'categorical', name: 'parity', codes: Int32Array.from({ length: n }, (_, k) => k % 2), levels: ['even', 'odd'] }],
  });
  const pairs: [number, number][] = [];
  for (let u = 0; u < U; u++) {
    const own = Array.from({ length: I }, (_, i) => i).filter((i) => i % 2 === u % 2);
    for (const i of random.shuffle(own).slice(0, own.length - 1)) pairs.push([u, i]);
  }
  const dim = 384;
  const vectors = new Float32Array(I * dim);
  for (let i = 0; i < I; i++) {
    for (let d = 0; d < dim; d++) vectors[i * dim + d] = (0.2 * random.normal() + (d % 2 === i % 2 ? 1 : 0)) / Math.sqrt(dim / 2);
  }
  return {
    data: dataFromPairs(pairs, parity(U), parity(I), 'checkerboard'),
    text: { column: 'parity text', encoder: 'test', dim, vectors, missing: 0 },
  };
}
