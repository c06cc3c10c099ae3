import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { nearestRows, scoreRows } from './factor-scores';

describe('scores from vectors', () => {
  it('(1, 2) · (3, 4) + ½ = 11.5', () => {
    const out = new Float32Array(1);
    scoreRows(Float64Array.of(9, 9, 1, 2), [1], Float64Array.of(3, 4), 2, out, Float64Array.of(0.5));
    expect([...out]).toEqual([11.5]);
  });

  it('a row has the same scores, bit for bit, alone and anywhere in a batch of 1 to 9', () => {
    const r = createRandom(3, 'scores');
    const noise = (n: number): Float64Array => Float64Array.from({ length: n }, () => r.normal());
    const X = noise(9 * 7);
    const Y = noise(5 * 7);
    const alone = Array.from({ length: 9 }, (_, u) => {
      const out = new Float32Array(5);
      scoreRows(X, [u], Y, 7, out);
      return [...out];
    });
    for (let B = 1; B <= 9; B++) {
      const rows = Array.from({ length: B }, (_, b) => 8 - b);
      const out = new Float32Array(B * 5);
      scoreRows(X, rows, Y, 7, out);
      rows.forEach((u, b) => expect([...out.subarray(b * 5, b * 5 + 5)]).toEqual(alone[u]));
    }
  });

  it('neighbours by cosine: same direction 1, right angle 0, opposite −1; a zero vector 0; ties by index', () => {
    const Y = Float64Array.of(1, 0, /**/ 0, 2, /**/ -3, 0, /**/ 5, 0, /**/ 0, 0);
    expect(nearestRows(Y, 2, 0, 9)).toEqual({ items: Int32Array.of(3, 1, 4, 2), scores: Float32Array.of(1, 0, 0, -1) });
    expect(nearestRows(Y, 2, 0, 1).items).toEqual(Int32Array.of(3));
  });
});
