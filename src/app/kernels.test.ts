import { describe, expect, it } from 'vitest';
import { kernelsIn } from './kernels';

describe('kernels=off in the address', () => {
  it('is read before and after the #, and after it goes first', () => {
    expect(kernelsIn('?kernels=off', '#/train')).toEqual({ word: 'off', kernels: 'off' });
    expect(kernelsIn('', '#/train?model=two-tower&kernels=off')).toEqual({ word: 'off', kernels: 'off' });
    expect(kernelsIn('?kernels=off', '#/train?kernels=on')).toEqual({ word: 'on', kernels: 'on' });
  });
  it('says nothing where it is not there, and refuses any other word', () => {
    expect(kernelsIn('?x=1', '#/train?model=ease')).toBeNull();
    expect(kernelsIn('?kernels=0', '')).toEqual({ word: '0', kernels: null });
  });
});
