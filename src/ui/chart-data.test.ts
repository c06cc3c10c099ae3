import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartRows, downsample, niceStep, spread, xAxis, yAxis, type ChartSeries } from './chart-data';
import { chartCsv } from './chart-table';

const line = (id: string, ys: number[], extra: Partial<ChartSeries> = {}): ChartSeries => ({ id, label: id, tone: 'all', points: ys.map((y, i) => ({ x: i + 1, y })), ...extra });

describe('axes', () => {
  it('starts rates at zero and takes intervals and baselines in', () => {
    const s: ChartSeries = { id: 'a', label: 'a', tone: 'all', points: [{ x: 1, y: 0.1, low: 0.05, high: 0.19 }] };
    const axis = yAxis([s], [{ label: 'oracle', y: 0.23 }]);
    expect(axis.min).toBe(0);
    expect(axis.max).toBeGreaterThanOrEqual(0.23);
    expect(axis.ticks).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25]);
    expect(axis.digits).toBe(2);
  });
  it('does not flatten a curve that lies far from zero', () => {
    expect(yAxis([line('loss', [10.2, 10.1, 10])], []).min).toBeGreaterThan(5);
  });
  it('a share that is all of it everywhere ends its axis at 100 %', () => {
    expect(yAxis([line('kept', [1, 1, 1])], [])).toMatchObject({ min: 0, max: 1 });
  });
  it('stands even with no values, one value, or only zeros', () => {
    for (const s of [[], [line('a', [])], [line('a', [0, 0])], [line('a', [3])]]) {
      const { min, max, ticks } = yAxis(s, []);
      expect(max).toBeGreaterThan(min);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });
  it('shows the unfinished part: the last tick is xMax', () => {
    const axis = xAxis([line('a', [1, 2, 3])], 25);
    expect(axis.ticks).toEqual([1, 5, 10, 15, 20, 25]);
  });
  it('counts epochs in whole numbers', () => {
    expect(xAxis([line('a', [1])], 10, 4).ticks.every(Number.isInteger)).toBe(true);
  });
  it('cuts any span into at most the parts asked for', () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 12 }), (span, parts) => span / niceStep(span, parts) <= parts * (1 + 1e-6)));
  });
});

describe('downsampling', () => {
  it('keeps the ends, the order and the tallest spike of 5,000 points', () => {
    const points = Array.from({ length: 5000 }, (_, x) => ({ x, y: x === 2345 ? 100 : Math.sin(x / 50) }));
    const few = downsample(points, 500);
    expect(few).toHaveLength(500);
    expect([few[0]!.x, few.at(-1)!.x]).toEqual([0, 4999]);
    expect(few.some((p) => p.y === 100)).toBe(true);
    expect(few.every((p, i) => i === 0 || p.x > few[i - 1]!.x)).toBe(true);
  });
  it('leaves short lines alone', () => {
    expect(downsample([{ x: 1, y: 2 }])).toEqual([{ x: 1, y: 2 }]);
  });
});

describe('labels', () => {
  it('end up at least a line apart, inside the plot, in their order', () => {
    const labels = fc.array(fc.record({ x: fc.constant(0), width: fc.constant(40), y: fc.integer({ min: -20, max: 220 }) }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(labels, (given) => {
        const placed = spread(given, 13, 0, 200);
        for (let i = 1; i < placed.length; i++) expect(placed[i]!.y - placed[i - 1]!.y).toBeGreaterThanOrEqual(13);
        expect(Math.max(...placed.map((p) => p.y))).toBeLessThanOrEqual(200);
      }),
    );
  });
  it('do not move when they are beside each other', () => {
    const placed = spread([{ x: 0, width: 30, y: 50 }, { x: 100, width: 30, y: 50 }], 13, 0, 200);
    expect(placed.map((p) => p.y)).toEqual([50, 50]);
  });
});

describe('the numbers behind a chart', () => {
  const warm: ChartSeries = { id: 'w', label: 'warm', tone: 'warm', points: [{ x: 1, y: 0.1, low: 0.08, high: 0.12 }, { x: 2, y: 0.2, low: 0.18, high: 0.22 }] };
  const loss: ChartSeries = { id: 'l', label: 'loss', tone: 'all', points: [{ x: 2, y: 0.5 }, { x: 3, y: 0.4 }] };
  it('are joined by x, with gaps where a line has no point', () => {
    expect(chartRows([warm, loss]).map((r) => [r.x, r.points[0]?.y ?? null, r.points[1]?.y ?? null])).toEqual([[1, 0.1, null], [2, 0.2, 0.5], [3, null, 0.4]]);
  });
  it('go into the CSV unrounded, with interval ends and baselines', () => {
    expect(chartCsv('Epoch', [warm, loss], [{ label: 'random', y: 1 / 3 }])).toBe(
      ['Epoch,warm,warm low,warm high,loss,random', `1,0.1,0.08,0.12,,${1 / 3}`, `2,0.2,0.18,0.22,0.5,${1 / 3}`, `3,,,,0.4,${1 / 3}`, ''].join('\r\n'),
    );
  });
});
