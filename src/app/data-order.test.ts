import { describe, expect, it } from 'vitest';
import type { DataSet } from '../core/dataset';
import { rowOrderOf } from './data-order';

const make = (items: number[][], values: number[][] | null, time = false): DataSet => {
  const user = items.flatMap((v, u) => v.map(() => u));
  const ids = { ids: ['a', 'b', 'c', 'd', 'e'], columns: [], label: null };
  return { name: '', recipe: '', users: ids, items: ids, interactions: { user: Int32Array.from(user), item: Int32Array.from(items.flat()), value: values && Float32Array.from(values.flat()), time: time ? new Float64Array(user.length) : null, row: Int32Array.from(user.keys()) }, sources: [], steps: [], hash: '', truth: null };
};
const mixed = [[3, 1, 4, 0], [2, 0, 1, 4]];

describe('rows that are sorted say nothing about time', () => {
  it('every user from most to least plays', () => expect(rowOrderOf(make(mixed, [[9, 5, 5, 1], [7, 3, 2, 1]]))).toBe('value'));
  it('every user through ascending item ids', () => expect(rowOrderOf(make([[0, 1, 2, 3], [1, 2, 3, 4]], [[1, 9, 2, 3], [4, 2, 8, 1]]))).toBe('item'));
  it('with timestamps the order of rows does not matter', () => expect(rowOrderOf(make([[0, 1, 2, 3], [1, 2, 3, 4]], null, true))).toBeNull());
  it('one user of two is in no order: it may be time', () => expect(rowOrderOf(make(mixed, [[9, 5, 5, 1], [3, 4, 2, 1]]))).toBeNull());
  it('one value throughout is no order', () => expect(rowOrderOf(make(mixed, [[1, 1, 1, 1], [1, 1, 1, 1]]))).toBeNull());
  it('three rows are in order by chance and are not judged', () => expect(rowOrderOf(make([[0, 1, 2]], null))).toBeNull());
});
