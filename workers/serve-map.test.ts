import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/core/random';
import { handlers } from './serve-map';

/** Two bunches of directions, far apart; lengths differ and must not matter. */
function bunches(rows: number, cols = 6): Float32Array {
  const random = createRandom(3);
  return Float32Array.from({ length: rows * cols }, (_, n) => {
    const r = Math.floor(n / cols);
    return (1 + (r % 7)) * ((n % 2 === r % 2 ? 1 : 0) + 0.05 * random.normal());
  });
}
const context = (signal = new AbortController().signal) => ({ signal, progress: () => {}, transfer: () => {} });
/** Distance between the middles of the two bunches over the mean distance to the own middle. */
function separation(xy: Float32Array): number {
  const middle = [0, 1].map((b) => [0, 1].map((d) => { let s = 0; let n = 0; for (let p = b; p < xy.length / 2; p += 2, n++) s += xy[2 * p + d]!; return s / n; }));
  let spread = 0;
  for (let p = 0; p < xy.length / 2; p++) spread += Math.hypot(xy[2 * p]! - middle[p % 2]![0]!, xy[2 * p + 1]! - middle[p % 2]![1]!) / (xy.length / 2);
  return Math.hypot(middle[0]![0]! - middle[1]![0]!, middle[0]![1]! - middle[1]![1]!) / spread;
}

describe('layouts', () => {
  it('principal components tell two bunches apart, whatever the lengths of the rows', async () => {
    const { xy, explained } = await handlers.pca({ rows: 40, cols: 6, data: bunches(40), from: 40 }, context());
    expect(xy).toHaveLength(80);
    expect(explained[0]).toBeGreaterThan(0.8);
    expect(separation(xy)).toBeGreaterThan(5);
  });
  it('UMAP tells them apart too, the same way for the same seed, and reports every step until it is told to stop', async () => {
    const run = () => handlers.umap({ rows: 20, cols: 6, data: bunches(20), neighbours: 5, seed: 1 }, context());
    const [a, b] = [await run(), await run()];
    expect(separation(a.xy)).toBeGreaterThan(2);
    expect([...a.xy]).toEqual([...b.xy]);
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(handlers.umap({ rows: 20, cols: 6, data: bunches(20), neighbours: 5, seed: 1 }, context(stop.signal))).rejects.toThrow('enough');
  });
  it('UMAP of four points is a layout, of three is refused with the number it needs', async () => {
    const of = (rows: number) => handlers.umap({ rows, cols: 6, data: bunches(rows), neighbours: 15, seed: 1 }, context());
    expect((await of(4)).xy.every(Number.isFinite)).toBe(true);
    await expect(of(3)).rejects.toThrow('at least 4 points, and there are 3');
  });
});
