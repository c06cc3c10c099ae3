import { describe, expect, it } from 'vitest';
import { threadsIn } from './threads';

describe('threads=N in the address', () => {
  it('is found before and after the #, and the part after it goes first', () => {
    expect(threadsIn('?threads=1', '#/train')).toBe(1);
    expect(threadsIn('', '#/train?model=two-tower&threads=2')).toBe(2);
    expect(threadsIn('?threads=1', '#/train?threads=3')).toBe(3);
  });
  it('anything but a whole number from 1 to 8 asks for nothing', () => {
    for (const word of ['0', '9', '1.5', 'two', '', '-1']) expect(threadsIn(`?threads=${word}`, ''), word).toBeNull();
    expect(threadsIn('?x=1', '#/train')).toBeNull();
  });
});
