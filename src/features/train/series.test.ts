import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../app/train-sample';
import { lastWithBest } from './epoch-rows';
import { baselineLines, distinctNames, metricSeries } from './series';
import { fromPlace, numberText, STEPS, toPlace } from './slider-scale';
import { fromRecord } from './shown';

describe('chart series', () => {
  const one = fromRecord(sampleRun());
  it('one run gives a solid line per slice that has numbers', () => {
    const series = metricSeries([one], ['all', 'cold', 'new'], 'HR@10');
    expect(series.map((s) => [s.label, s.tone, s.style])).toEqual([['all', 'all', 0], ['cold', 'cold', 0]]);
    expect(series[0]!.points[1]).toEqual({ x: 2, y: 0.12, low: expect.closeTo(0.11), high: expect.closeTo(0.13) });
  });
  it('several runs share the tone of the one slice shown and differ in line style and name', () => {
    const series = metricSeries([one, fromRecord(sampleRun({ id: 'r2' })), fromRecord(sampleRun({ id: 'r3', name: 'Other' }))], ['cold', 'all'], 'HR@10');
    expect(series.map((s) => [s.label, s.tone, s.style])).toEqual([['Net, fast', 'cold', 0], ['Net, fast (2)', 'cold', 1], ['Other', 'cold', 2]]);
  });
  it('what all names share is left out of the labels', () => {
    expect(distinctNames([{ name: 'Net, fast, text: lyrics' }, { name: 'Net, fast, text: title' }, { name: 'Net, fast, text: title' }])).toEqual(['text: lyrics', 'text: title', 'text: title (2)']);
    expect(distinctNames([{ name: 'a' }, { name: 'a' }])).toEqual(['a', 'a (2)']);
    expect(distinctNames([{ name: 'Two-tower (SparseNN), fast, text: lyrics' }, { name: 'One whose name is far too long' }])).toEqual(['Two-tower (SparseNN)', 'One whose name is far…']);
  });
  it('a name cannot turn the sentence it stands in, and one without letters still has a label', () => {
    expect(distinctNames([{ name: '\u202Eabc' }, { name: 'x\u2067y' }])).toEqual(['abc', 'x y']);
    expect(distinctNames([{ name: '' }, { name: ' ' }])).toEqual(['no name', 'no name (2)']);
  });
  it('a model is not its own baseline', () => {
    expect(baselineLines(one, 'all', 'HR@10').map((b) => b.label)).toEqual(['popularity', 'random']);
    expect(baselineLines(fromRecord(sampleRun({ model: { id: 'random', params: {} } })), 'all', 'HR@10').map((b) => b.label)).toEqual(['popularity']);
  });
});

describe('short epoch table', () => {
  const epochs = sampleRun().epochs;
  it('shows the last ones with the best before them when it is older', () => {
    expect(lastWithBest(epochs, 1, 2).map((e) => e.epoch)).toEqual([1, 3]);
    expect(lastWithBest(epochs, 3, 2).map((e) => e.epoch)).toEqual([2, 3]);
    expect(lastWithBest(epochs, null, 2).map((e) => e.epoch)).toEqual([2, 3]);
    expect(lastWithBest([], 1, 2)).toEqual([]);
  });
});

describe('slider scale', () => {
  const rate = { kind: 'number', label: '', help: '', min: 1e-6, max: 1, default: 1e-3, scale: 'log' } as const;
  const count = { kind: 'int', label: '', help: '', min: 0, max: 512, default: 20, scale: 'log' } as const;
  it('on a log scale the middle of 1e-6 and 1 is 1e-3', () => {
    expect(fromPlace(rate, STEPS / 2)).toBe(1e-3);
    expect(toPlace(rate, 1e-3)).toBeCloseTo(STEPS / 2);
  });
  it('every place gives a value within the limits, whole where it must be, and near its own place', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: STEPS }), fc.constantFrom(rate, count), (place, spec) => {
      const v = fromPlace(spec, place);
      expect(v).toBeGreaterThanOrEqual(spec.min);
      expect(v).toBeLessThanOrEqual(spec.max);
      if (spec.kind === 'int') expect(Number.isInteger(v)).toBe(true);
      else expect(Math.abs(toPlace(spec, v) - place)).toBeLessThan(STEPS / 200);
    }));
  });
  it('small numbers are written as 2e-4', () => {
    expect([numberText(0.0002), numberText(0.05), numberText(20), numberText(0)]).toEqual(['2e-4', '0.05', '20', '0']);
  });
});
