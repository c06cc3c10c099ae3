import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../core/problem';
import { decodePack, encodePack } from './pack';
import { dequantise, quantise } from './quantise';

describe('a pack', () => {
  it('gives back what was put in, whatever the lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true })), fc.int8Array(), (floats, ints) => {
        const a = Float32Array.from(floats);
        const back = decodePack(encodePack({ meta: { n: 1 }, arrays: { ints: { shape: [ints.length], data: ints }, a: { shape: [a.length], data: a } } }).buffer, 'x.bin');
        expect(back.meta).toEqual({ n: 1 });
        expect(back.arrays['a']!.data).toEqual(a);
        expect(back.arrays['ints']!.data).toEqual(ints);
      }),
    );
  });
  it('cut off anywhere it is refused, with the name of the file', () => {
    const whole = encodePack({ meta: {}, arrays: { a: { shape: [3], data: Float32Array.of(1, 2, 3) } } });
    for (let n = 0; n < whole.length; n++) {
      let caught: unknown;
      try {
        decodePack(whole.slice(0, n).buffer, 'truth.bin');
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(Problem);
      expect((caught as Problem).place.file).toBe('truth.bin');
    }
  });
  it('refuses a shape that the numbers do not fill', () => {
    expect(() => encodePack({ meta: {}, arrays: { a: { shape: [2, 2], data: Float32Array.of(1) } } })).toThrow('[2, 2]');
  });
});

describe('int8 vectors', () => {
  it('come back with length 1 and within half a step of 1/127 of the largest entry', () => {
    const v = Float32Array.of(0.6, -0.8, 0, 0); // a row of length 1, then a zero row below
    const back = dequantise(quantise(Float32Array.of(...v, 0, 0, 0, 0), 4), 4);
    expect(Math.hypot(...back.subarray(0, 4))).toBeCloseTo(1, 6);
    v.forEach((x, d) => expect(Math.abs(back[d]! - x)).toBeLessThan(0.8 / 127));
    expect([...back.subarray(4)]).toEqual([0, 0, 0, 0]);
  });
});
