import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, gridOf, insideLasso, pinch, toData, toPixel, zoomAt } from './cloud-view';

const size = { width: 400, height: 300 };
const cloud = fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })), { minLength: 1, maxLength: 60 }).map((p) => Float32Array.from(p.flat()));

describe('the view of a cloud', () => {
  it('fits every point into the picture', () => {
    fc.assert(fc.property(cloud, (xy) => {
      const view = fitView(xy, null, size);
      for (let p = 0; p < xy.length / 2; p++) {
        const [x, y] = toPixel(view, size, xy[2 * p]!, xy[2 * p + 1]!);
        expect(x >= 0 && x <= size.width && y >= 0 && y <= size.height).toBe(true);
      }
    }));
  });
  it('zooming keeps what is under the pointer where it is', () => {
    const view = zoomAt({ cx: 3, cy: -2, scale: 5 }, size, 120, 40, 2.5);
    expect(view.scale).toBe(12.5);
    const before = toData({ cx: 3, cy: -2, scale: 5 }, size, 120, 40);
    toData(view, size, 120, 40).forEach((v, k) => expect(v).toBeCloseTo(before[k]!, 9));
  });
  it('two fingers keep what lies under them: both ends stay under their finger when these move apart or along together', () => {
    const view = { cx: 3, cy: -2, scale: 5 };
    const from = [[100, 100], [200, 140]] as const;
    for (const to of [[[50, 80], [250, 160]], [[130, 90], [230, 130]]] as const) {
      const next = pinch(view, size, from, to);
      from.forEach((f, k) => toData(next, size, to[k]![0], to[k]![1]).forEach((v, n) => expect(v).toBeCloseTo(toData(view, size, f[0], f[1])[n]!, 9)));
    }
  });
  it('finds the same nearest point as asking all of them, and none beyond the reach', () => {
    fc.assert(fc.property(cloud, fc.integer({ min: -120, max: 120 }), fc.integer({ min: -120, max: 120 }), fc.integer({ min: 1, max: 80 }), (xy, x, y, within) => {
      const distances = Array.from({ length: xy.length / 2 }, (_, p) => Math.hypot(xy[2 * p]! - x, xy[2 * p + 1]! - y));
      const best = Math.min(...distances);
      const found = gridOf(xy).nearest(x, y, within);
      if (best > within + 1e-6) expect(found).toBe(-1);
      else if (best < within - 1e-6) expect(distances[found]).toBeCloseTo(best, 4);
    }));
  });
  it('a hidden point does not stand before one that is seen', () => {
    const grid = gridOf(Float32Array.of(0, 0, 1, 0, 9, 9));
    expect(grid.nearest(0.1, 0, 3)).toBe(0);
    expect(grid.nearest(0.1, 0, 3, (p) => p === 0)).toBe(1);
    expect(grid.nearest(0.1, 0, 3, (p) => p < 2)).toBe(-1);
  });
  it('a lasso takes what is inside, not what is in its bounding box, and nothing hidden', () => {
    const xy = Float32Array.of(1, 1, 9, 9, 2, 1, 5, 1);
    const triangle = [[0, 0], [10, 0], [0, 10]] as const;
    expect(insideLasso(xy, triangle)).toEqual([0, 2, 3]);
    expect(insideLasso(xy, triangle, Uint8Array.of(1, 0, 0, 0))).toEqual([2, 3]);
    expect(insideLasso(xy, triangle.slice(0, 2))).toEqual([]);
  });
});
