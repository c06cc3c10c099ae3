import { expect, it } from 'vitest';
import type { TextVectors } from '../core/dataset';
import { carriedVectors, reindexVectors } from './data-vectors';

const vectors: TextVectors = { column: 'title', encoder: 'minilm', dim: 2, vectors: Float32Array.from([1, 2, 0, 0, 5, 6]), missing: 1 };

it('rows follow their items into a new order', () => {
  const moved = reindexVectors(vectors, ['a', 'b', 'c'], ['c', 'a']);
  expect(Array.from(moved?.vectors ?? [])).toEqual([5, 6, 1, 2]);
  expect(moved?.missing).toBe(0);
});
it('an item without a row: the vectors cannot be carried over', () => {
  expect(reindexVectors(vectors, ['a', 'b', 'c'], ['a', 'z'])).toBeNull();
});
it('the first source that covers every item is taken', () => {
  const narrow = { ...vectors, vectors: vectors.vectors.slice(0, 2), missing: 0 };
  const kept = carriedVectors([{ ids: ['a'], vectors: [narrow] }, { ids: ['a', 'b', 'c'], vectors: [vectors] }], ['b', 'c']);
  expect(kept).toHaveLength(1);
  expect(Array.from(kept[0]?.vectors ?? [])).toEqual([0, 0, 5, 6]);
});
