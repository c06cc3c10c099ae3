import { describe, expect, it } from 'vitest';
import { fitLabel, logTicks, makeScale, oneLine, shortNumber } from './plot-scale';

describe('makeScale', () => {
  it('puts 10 half-way between 1 and 100 on a log axis, and finds it again', () => {
    const s = makeScale('log', [1, 100], [0, 200], 5);
    expect(s.px(10)).toBeCloseTo(100);
    expect(s.at(100)).toBeCloseTo(10);
  });
  it('keeps zero and negative values at the foot of a log axis', () => expect(makeScale('log', [1, 100], [0, 200], 5).px(0)).toBe(0));
  it('widens a nice axis to whole steps', () => expect(makeScale('linear', [0.3, 9.6], [0, 100], 5, true)).toMatchObject({ min: 0, max: 10 }));
  it('survives a span of nothing', () => expect(makeScale('linear', [4, 4], [0, 100], 5).px(4)).toBe(0));
});

describe('labels', () => {
  it('has 1, 2, 5 in a log axis of one decade, and powers alone in six', () => {
    expect(logTicks(1, 10, 5)).toEqual([1, 2, 5, 10]);
    expect(logTicks(1, 1e6, 4)).toEqual([1, 100, 10000, 1000000]);
  });
  it('shortens numbers: 12,345 → 12.3k, 0.25 → .25', () => {
    expect([shortNumber(12345), shortNumber(0.25), shortNumber(1234), shortNumber(-2e6), shortNumber(0)]).toEqual(['12.3k', '.25', '1,234', '−2M', '0']);
  });
  it('cuts a label of 10,000 characters to what fits', () => expect(fitLabel('x'.repeat(10_000), 60).length).toBeLessThan(12));
  it('takes direction marks and line ends out, so that nothing is written backwards', () => expect(oneLine('a\u202eb\n c\u2067')).toBe('a b c'));
  it('never cuts through a letter outside the basic plane', () => expect(fitLabel('🎵🎵🎵🎵🎵🎵🎵🎵🎵🎵', 40)).toMatch(/^🎵+…$/u));
});
