import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { scoreInPanels } from './factor-score-panels';
import { scoreRowsPlainly } from './factor-scores';

const sizes = fc.record({ U: fc.integer({ min: 1, max: 12 }), B: fc.oneof(fc.integer({ min: 8, max: 21 }), fc.constantFrom(513, 520)), I: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(255, 256, 261)), f: fc.integer({ min: 1, max: 9 }), withBias: fc.boolean(), seed: fc.nat() });

it('scores in panels are those of the twin bit for bit, at every edge of users, items and factors, with a bias and without', () =>
  fc.assert(fc.property(sizes, ({ U, B, I, f, withBias, seed }) => {
    const r = createRandom(seed, 'factors');
    const noise = (n: number): Float64Array => Float64Array.from({ length: n }, () => (r.next() < 0.02 ? [0, -0, 1e300, NaN][r.int(4)]! : r.normal()));
    const [X, Y, bias] = [noise(U * f), noise(I * f), withBias ? noise(I) : null];
    const rows = Int32Array.from({ length: B }, () => r.int(U));
    const [fast, slow] = [new Float32Array(B * I + 1).fill(9), new Float32Array(B * I + 1).fill(9)];
    expect(scoreInPanels(X, rows, Y, f, fast, bias)).toBe(true);
    scoreRowsPlainly(X, rows, Y, f, slow, bias);
    expect(fast.findIndex((s, k) => !Object.is(s, slow[k]))).toBe(-1);
  }), { numRuns: 60 }));

it('leaves a few rows, and models without factors, to the twin', () => {
  const out = new Float32Array(3);
  expect(scoreInPanels(Float64Array.of(1), [0, 0, 0], Float64Array.of(2), 1, out, null)).toBe(false);
  expect(scoreInPanels(new Float64Array(0), new Int32Array(9), new Float64Array(0), 0, out, Float64Array.of(2))).toBe(false);
});
