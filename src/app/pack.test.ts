import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './pack';

describe('packing', () => {
  it('brings every kind of column back, NaN and views of a larger buffer included', () => {
    const whole = Float32Array.from([9, 1.5, -0, 7]);
    const value = { name: 'é', none: null, list: [new Int32Array([1, -2]), { deep: Float64Array.from([NaN, 1e300]) }], view: whole.subarray(1, 3), empty: new Uint8Array(0) };
    expect(unpack(pack(value))).toEqual(value);
  });
  it('is exact for any doubles', () => {
    fc.assert(fc.property(fc.float64Array(), (a) => {
      expect(unpack(pack({ a }))).toEqual({ a });
    }));
  });
  it('refuses a block that is missing or cut short', () => {
    const p = pack({ a: new Float64Array(3) });
    expect(() => unpack({ json: p.json, blocks: [] })).toThrow('missing');
    expect(() => unpack({ json: p.json, blocks: [p.blocks[0]!.subarray(0, 11)] })).toThrow('cut short');
  });
});
