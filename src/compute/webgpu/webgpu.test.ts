import { describe, expect, it } from 'vitest';
import { missingForWebgpu, runOnNodeGpu } from './node-test';
import { sortByRow } from './segments';
import type { Comparison } from './twins';

const why = missingForWebgpu();

describe.skipIf(why !== null)(`WGSL programs under Node${why ? ` (skipped: ${why})` : ''}`, () => {
  it('give the values and gradients of their slow twins, from no row to tens of thousands; switched off, none is launched', () => {
    const report = runOnNodeGpu('src/compute/webgpu/in-node.ts') as { adapter: string; comparisons: Comparison[]; whenOff: string[]; complaints: string[] };
    expect(report.adapter).not.toBe('');
    expect(report.comparisons.length).toBeGreaterThan(100);
    for (const c of report.comparisons) expect(c.gap, c.name).toBeLessThan(c.allowed);
    expect(report.whenOff).toEqual([]);
    expect(report.complaints).toEqual([]);
  }, 180_000);
});

describe('sorting positions by the row they point to', () => {
  it('keeps positions of one row in order and leaves out what points outside', () => {
    const { start, order } = sortByRow(Int32Array.of(2, 0, 2, -1, 5, 0), 3);
    expect([...start]).toEqual([0, 2, 2, 4]);
    expect([...order]).toEqual([1, 5, 0, 2]);
  });
});
