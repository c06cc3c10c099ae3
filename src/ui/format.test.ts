import { describe, expect, it } from 'vitest';
import { bytes, count, interval, percent, plural, rate, seconds } from './format';

describe('figures', () => {
  it('writes rates without a leading zero, and whole ones with their whole part', () => {
    expect([rate(0.1384), rate(1), rate(0), rate(-0.021), rate(0.99999)]).toEqual(['.1384', '1.0000', '.0000', '−.0210', '1.0000']);
  });
  it('never shows minus zero or NaN', () => {
    expect([rate(-0.000001), rate(NaN), count(NaN), bytes(NaN), percent(Infinity)]).toEqual(['.0000', '–', '–', '–', '–']);
  });
  it('writes an even interval as ± half its width', () => {
    expect(interval(0.1224, 0.1544, 0.1384)).toBe('±.016');
  });
  it('writes a lopsided interval (Wilson near zero) by its ends', () => {
    expect(interval(0.002, 0.04, 0.01)).toBe('.002–.040');
  });
  it('has nothing to say about an interval without ends', () => {
    expect(interval(NaN, 0.2)).toBe('');
  });
  it('separates thousands', () => {
    expect([count(71355), count(0), count(1_000_000)]).toEqual(['71,355', '0', '1,000,000']);
  });
  it('counts one thing in the singular', () => {
    expect([plural(1, 'run'), plural(6, 'run'), plural(0, 'run')]).toEqual(['1 run', '6 runs', '0 runs']);
  });
  it('gives bytes two digits below ten and never 1000 of a unit', () => {
    expect([bytes(0), bytes(1), bytes(999), bytes(999.6), bytes(2345), bytes(214e6), bytes(999_600), bytes(3e9)]).toEqual(['0 bytes', '1 byte', '999 bytes', '1.0 kB', '2.3 kB', '214 MB', '1.0 MB', '3.0 GB']);
  });
  it('writes durations in the largest unit that still says something', () => {
    expect([seconds(0), seconds(0.085), seconds(1.94), seconds(25.2), seconds(185), seconds(7800), seconds(NaN)]).toEqual(['0 s', '85 ms', '1.9 s', '25 s', '3 min 05 s', '2 h 10 min', '–']);
  });
  it('never writes 60 s', () => {
    expect([seconds(59.4), seconds(59.6), seconds(9.96)]).toEqual(['59 s', '1 min 00 s', '10 s']);
  });
  it('keeps a decimal in small percentages', () => {
    expect([percent(0.996), percent(0.99999)]).toEqual(['99.6 %', '> 99.9 %']);
    expect([percent(0.813), percent(0.0042), percent(0), percent(0.0001), percent(1)]).toEqual(['81 %', '.4 %', '0 %', '< .1 %', '100 %']);
  });
});
