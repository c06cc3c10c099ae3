import { describe, expect, it } from 'vitest';
import { PART_ROOM } from '../../threads/product';
import { BINARY } from './binary';

describe('the kernels’ module', () => {
  it('needs as much scratch space for a product as is set aside for it: less would write over tensors', () => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(atob(BINARY), (c) => c.charCodeAt(0))), { env: { memory: new WebAssembly.Memory({ initial: 1 }) } });
    expect((exports['partScratch'] as () => number)()).toBe(PART_ROOM);
  });
});
