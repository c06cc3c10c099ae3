import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, mix32 } from './random';

describe('random', () => {
  it('mix32 is murmur3\'s finaliser: 0 stays 0, 1 becomes 0x514e28b7', () => {
    expect(mix32(0)).toBe(0);
    expect(mix32(1)).toBe(0x514e28b7);
  });

  it('one seed gives one sequence, another seed another', () => {
    const draw = (seed: number) => Array.from({ length: 8 }, createRandom(seed).next);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('a stream depends on its name, not on what was drawn before', () => {
    const a = createRandom(7);
    const before = a.stream('init').next();
    a.next();
    expect(a.stream('init').next()).toBe(before);
    expect(a.stream('dropout').next()).not.toBe(before);
    expect(a.stream('x').stream('y').next()).toBe(createRandom(7).stream('x/y').next());
  });

  it('a restored state continues the sequence', () => {
    const a = createRandom(3);
    a.normal();
    const state = structuredClone(a.state());
    const rest = [a.next(), a.normal(), a.int(10)];
    const b = createRandom(99);
    b.restore(state);
    expect([b.next(), b.normal(), b.int(10)]).toEqual(rest);
  });

  it('int(n) stays in [0, n) and refuses n < 1', () => {
    fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, n) => {
      const k = createRandom(seed).int(n);
      return Number.isInteger(k) && k >= 0 && k < n;
    }));
    expect(() => createRandom(1).int(0)).toThrow('received 0');
  });

  it('10,000 normals have mean near 0 and variance near 1; uniforms fill ten bins evenly', () => {
    const r = createRandom(5);
    const x = Array.from({ length: 10_000 }, () => r.normal());
    const mean = x.reduce((s, v) => s + v, 0) / x.length;
    expect(Math.abs(mean)).toBeLessThan(0.04);
    expect(Math.abs(x.reduce((s, v) => s + (v - mean) ** 2, 0) / x.length - 1)).toBeLessThan(0.06);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let k = 0; k < 10_000; k++) bins[Math.floor(r.next() * 10)]! += 1;
    for (const b of bins) expect(Math.abs(b - 1000)).toBeLessThan(150);
  });

  it('shuffle keeps the elements', () => {
    fc.assert(fc.property(fc.integer(), fc.array(fc.integer(), { maxLength: 50 }), (seed, a) => {
      const b = createRandom(seed).shuffle([...a]);
      expect([...b].sort((x, y) => x - y)).toEqual([...a].sort((x, y) => x - y));
    }));
  });
});
