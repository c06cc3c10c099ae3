import { describe, expect, it } from 'vitest';
import type { DataSet } from '../core/dataset';
import { rowsFallInValue } from './data-order';

const withValues = (perUser: number[][], time: boolean): DataSet => {
  const user = perUser.flatMap((v, u) => v.map(() => u));
  const value = perUser.flat();
  const ids = { ids: ['a', 'b', 'c'], columns: [], label: null };
  return { name: '', recipe: '', users: ids, items: ids, interactions: { user: Int32Array.from(user), item: new Int32Array(user.length), value: Float32Array.from(value), time: time ? new Float64Array(user.length) : null, row: Int32Array.from(user.keys()) }, sources: [], steps: [], hash: '', truth: null };
};

describe('rows sorted by value say nothing about time', () => {
  it('every user from most to least plays: they fall', () => expect(rowsFallInValue(withValues([[9, 5, 5, 1], [7, 3, 2, 1]], false))).toBe(true));
  it('with timestamps the order of rows does not matter', () => expect(rowsFallInValue(withValues([[9, 5, 5, 1], [7, 3, 2, 1]], true))).toBe(false));
  it('one user of two rises again: not sorted', () => expect(rowsFallInValue(withValues([[9, 5, 5, 1], [3, 4, 2, 1]], false))).toBe(false));
  it('the same value everywhere says nothing', () => expect(rowsFallInValue(withValues([[1, 1, 1, 1]], false))).toBe(false));
});
