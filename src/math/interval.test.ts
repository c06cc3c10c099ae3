import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meanInterval, wilson } from './interval';
import { erfc, normalCdf, normalQuantile, Z95 } from './normal';

describe('normal distribution', () => {
  it('the 97.5 % quantile is 1.959963984540054', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(Z95, 13);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 14);
    expect(normalQuantile(0)).toBeNaN();
  });
  it('quantile undoes the distribution function in both tails', () => {
    for (const z of [-6, -3.2, -1, -0.1, 0.4, 2, 5]) expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, z > 4 ? 8 : 11);
  });
  it('erfc(1) = 0.15729920705028513, erfc(4) = 1.541725790028002e-8', () => {
    expect(erfc(1)).toBeCloseTo(0.15729920705028513, 14);
    expect(erfc(4) / 1.541725790028002e-8).toBeCloseTo(1, 12);
    expect(erfc(-1) + erfc(1)).toBeCloseTo(2, 14);
  });
});

describe('intervals', () => {
  it('mean of 0, 0, 1, 1: one half ± 1.96 · √(1/3 / 4)', () => {
    const e = meanInterval([0, 0, 1, 1])!;
    expect(e.value).toBe(0.5);
    expect(e.high - 0.5).toBeCloseTo(Math.min(0.5, Z95 * Math.sqrt(1 / 12)), 14);
  });
  it('no value -> no interval; one value -> everything is possible', () => {
    expect(meanInterval([])).toBeNull();
    expect(meanInterval([0.3])).toEqual({ value: 0.3, low: 0, high: 1 });
    expect(wilson(0, 0)).toBeNull();
  });

  const file = '../shared/reference/metrics.json';
  it.skipIf(!existsSync(file))('Wilson limits equal the reference to 1e-9 (skipped where ../shared is absent)', () => {
    const { wilson_95 } = JSON.parse(readFileSync(file, 'utf8')) as { wilson_95: { cases: { hits: number; n: number; low_high: [number, number] | null }[] } };
    expect(wilson_95.cases.length).toBeGreaterThan(5);
    for (const c of wilson_95.cases) {
      const e = wilson(c.hits, c.n);
      if (c.low_high === null) expect(e).toBeNull();
      else {
        expect(Math.abs(e!.low - c.low_high[0])).toBeLessThan(1e-9);
        expect(Math.abs(e!.high - c.low_high[1])).toBeLessThan(1e-9);
      }
    }
  });
});
