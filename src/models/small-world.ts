/** Hand-sized data sets with a known answer, for tests of models and of experiments. */
import type { DataSet, EntityTable, TextVectors } from '../core/dataset';
import type { TrainData } from '../core/model';
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

/**
 * Ratings from 1 to 5 whose making is known: 3, plus how generous the user is, how good the item is, and half a point up or down by parity.
 * Everyone leaves out a few items, so that there is something to predict.
 */
export function ratingWorld(U = 40, I = 24, seed = 5): World {
  const random = createRandom(seed, 'ratings');
  const pairs: [number, number][] = [];
  for (let u = 0; u < U; u++) for (const i of random.shuffle(Array.from({ length: I }, (_, k) => k)).slice(0, I - 5)) pairs.push([u, i]);
  const data = dataFromPairs(pairs, plainTable(U), plainTable(I), 'ratings');
  const { user, item } = data.interactions;
  return { data: { ...data, interactions: { ...data.interactions, value: Float32Array.from(user, (u, n) => trueRating(u, item[n]!)) } }, text: { column: '', encoder: 'test', dim: 0, vectors: new Float32Array(0), missing: I } };
}
/** What user u of the rating world would give to item i. */
export const trueRating = (u: number, i: number): number => Math.max(1, Math.min(5, 3 + ((u % 3) - 1) * 0.5 + ((i % 5) - 2) * 0.4 + (u % 2 === i % 2 ? 0.5 : -0.5)));

/** Everything of a world as train data, plus `strangers` users and items that nobody has anything to do with. */
export function trainOf({ data }: World, strangers = 0): TrainData {
  const x = data.interactions;
  const U = data.users.ids.length + strangers;
  const I = data.items.ids.length + strangers;
  const userStart = new Int32Array(U + 1);
  const itemDegree = new Int32Array(I);
  for (const u of x.user) userStart[u + 1]!++;
  for (let u = 0; u < U; u++) userStart[u + 1]! += userStart[u]!;
  for (const i of x.item) itemDegree[i]!++;
  const widen = (table: EntityTable, n: number): EntityTable => ({
    ids: Array.from({ length: n }, (_, k) => table.ids[k] ?? `stranger ${k}`),
    label: table.label,
    columns: table.columns.map((c) => (c.kind === 'categorical' ? { ...c, codes: Int32Array.from({ length: n }, (_, k) => c.codes[k] ?? -1) } : c)),
  });
  return {
    U, I, user: x.user, item: x.item, time: x.time, value: x.value, userStart, itemDegree,
    users: widen(data.users, U), items: widen(data.items, I), validationItem: new Int32Array(U).fill(-1),
  };
}

/** Vectors for `trainOf(world, strangers)`: strangers have none. */
export function textOf({ text }: World, strangers = 0): TextVectors {
  const rows = text.vectors.length / text.dim + strangers;
  const vectors = new Float32Array(rows * text.dim);
  vectors.set(text.vectors);
  return { ...text, vectors, missing: text.missing + strangers };
}
