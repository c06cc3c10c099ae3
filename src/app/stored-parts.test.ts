import { describe, expect, it } from 'vitest';
import { sizeOf } from './stored-parts';

describe('bytes of what is stored', () => {
  it('arrays of numbers count exactly, texts by their characters, numbers as eight', () => {
    expect(sizeOf(new Float32Array(10))).toBe(40);
    expect(sizeOf('seven')).toBe(5);
    expect(sizeOf(7)).toBe(8);
    expect(sizeOf(null)).toBe(8);
  });
  it('objects and lists add up, names of fields included', () => {
    expect(sizeOf({ ab: ['x', 'yz'], c: new Uint8Array(3) })).toBe(2 + 3 + 1 + 3);
    expect(sizeOf(new Map([['k', 1]]))).toBe(1 + 8);
  });
});
