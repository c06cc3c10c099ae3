import { expect, it } from 'vitest';
import { emptyRows } from './use-layout';

it('rows of zeros have no place; a row with any number in it has one', () => {
  expect(emptyRows(Float32Array.of(0, 0, 0, -0.001, 0, 0), 2)).toEqual(Uint8Array.of(1, 0, 1));
  expect(emptyRows(Float32Array.of(1, 0, 0, 1), 2)).toBeNull();
});
