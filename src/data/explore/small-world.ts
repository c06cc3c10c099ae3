/** A random data set with every kind of column and with gaps: for tests and the benchmark. */
import type { DataSet } from '../../core/dataset';
import { createRandom } from '../../core/random';

export interface WorldSize {
  users: number;
  items: number;
  rows: number;
}

/** Interactions favour low item numbers (a long tail) and are sorted by user, as in every data set. Ids and levels are invented. */
export function smallWorld(seed: number, { users: U, items: I, rows: N }: WorldSize): DataSet {
  const random = createRandom(seed, 'small world');
  const user = Int32Array.from({ length: N }, () => Math.floor(random.next() ** 1.5 * U)).sort();
  const item = Int32Array.from({ length: N }, () => Math.floor(random.next() ** 3 * I));
  const start = Date.UTC(2010, 0, 1) / 1000;
  const time = Float64Array.from({ length: N }, () => start + Math.floor(random.next() * 5 * 365) * 86_400);
  const value = Float32Array.from({ length: N }, () => 1 + random.int(5));
  const codes = (n: number, levels: number): Int32Array => Int32Array.from({ length: n }, () => random.int(levels + 1) - 1);
  const offsets = new Int32Array(I + 1);
  const tags: number[] = [];
  for (let i = 0; i < I; i++) {
    for (let k = random.int(4); k > 0; k--) tags.push(random.int(12));
    offsets[i + 1] = tags.length;
  }
  const named = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, k) => `${prefix}${k}`);
  return {
    name: 'small world',
    recipe: 'mapped',
    users: {
      ids: named('u', U),
      label: null,
      columns: [
        { kind: 'categorical', name: 'country', codes: codes(U, 5), levels: named('country ', 5) },
        { kind: 'numeric', name: 'age', values: Float64Array.from({ length: U }, () => (random.next() < 0.1 ? Number.NaN : 14 + random.int(60))) },
      ],
    },
    items: {
      ids: named('i', I),
      label: 'title',
      columns: [
        { kind: 'text', name: 'title', values: named('title ', I) },
        { kind: 'categorical', name: 'artist', codes: codes(I, Math.max(2, I >> 2)), levels: named('artist ', Math.max(2, I >> 2)) },
        { kind: 'tags', name: 'tags', offsets, codes: Int32Array.from(tags), levels: named('tag ', 12) },
        { kind: 'numeric', name: 'year', values: Float64Array.from({ length: I }, () => (random.next() < 0.1 ? Number.NaN : 1980 + random.int(30))) },
        { kind: 'numeric', name: 'tempo', values: Float64Array.from({ length: I }, () => 60 + random.next() * 140) },
      ],
    },
    interactions: { user, item, time, value, row: Int32Array.from({ length: N }, (_, k) => k) },
    sources: [],
    steps: [],
    hash: `small world ${seed}`,
    truth: null,
  };
}
