import { memory, tensor, tidy, topk, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { kernelsInUse } from '../kernel-list';
import { switchKernels } from '../kernel-switch';
import { loadBackend } from '../load-backend';
import { splitFrom, WORTH } from '../threads/parts';
import { allowSimd, kernelThreads } from './simd/simd';

/** Sorted whole: NaN last, then by value downwards, then by place. */
function slow(row: readonly number[], k: number): number[] {
  const key = (x: number): number => (Number.isNaN(x) ? 1 : 0);
  return row.map((_, i) => i).sort((i, j) => key(row[i]!) - key(row[j]!) || (row[j]! === row[i]! || Number.isNaN(row[i]!) ? i - j : row[j]! - row[i]!)).slice(0, k);
}
const read = (x: Tensor, k: number): { values: number[]; places: number[] } => {
  const { values, indices } = topk(x, k);
  return { values: Array.from(values.dataSync()), places: Array.from(indices.dataSync()) };
};
const done = (): number => kernelThreads()!.executed().reduce((a, b) => a + b, 0);

describe('the k largest of each row', () => {
  beforeAll(async () => {
    await loadBackend('wasm', { threads: 4 });
    splitFrom(1);
  });
  afterAll(async () => {
    splitFrom(WORTH);
    await loadBackend('wasm', { threads: 1 });
  });

  it('are those of a whole sort, for any shape, with ties, infinities and NaN; no tensor is left', () => {
    const few = fc.constantFrom(0, -0, 1, 2, -1, Infinity, -Infinity, NaN);
    const value = fc.oneof(few, fc.integer({ min: -9, max: 9 }), fc.float({ noNaN: true, noDefaultInfinity: true }));
    const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 70 })).chain(([rows, n]) => fc.tuple(fc.array(fc.oneof(value, few), { minLength: rows * n, maxLength: rows * n }), fc.constant([rows, n] as const), fc.integer({ min: 1, max: n })));
    const before = [memory().numTensors, done()];
    fc.assert(fc.property(table, ([values, [rows, n], k]) => tidy(() => {
      const got = read(tensor(values, [rows, n], 'float32'), k);
      for (let r = 0; r < rows; r++) {
        const row = values.slice(r * n, (r + 1) * n);
        const want = slow(row, k);
        expect(got.places.slice(r * k, (r + 1) * k)).toEqual(want);
        // A tensor keeps −0, but no order tells it from 0.
        expect(got.values.slice(r * k, (r + 1) * k).map((v) => v + 0)).toEqual(want.map((i) => row[i]! + 0));
      }
    })), { numRuns: 150, seed: 4 });
    expect(memory().numTensors).toBe(before[0]);
    expect(done()).toBeGreaterThan(before[1]!);
  });

  it('are what TensorFlow.js says, in a large table, in one dimension and in three, and with whole numbers', () => {
    const random = createRandom(3, 'top');
    const drawn = (shape: number[], dtype: 'float32' | 'int32' = 'float32'): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.round(random.normal() * 500)), shape, dtype);
    tidy(() => {
      for (const [x, k] of [[drawn([9, 3000]), 10], [drawn([4, 2001]), 1999], [drawn([3000]), 7], [drawn([2, 3, 50]), 50], [drawn([3, 40], 'int32'), 5], [drawn([0, 5]), 2]] as const) {
        const ours = read(x, k);
        switchKernels('off');
        try {
          expect(ours).toEqual(read(x, k));
          expect(kernelsInUse().names).not.toContain('TopK');
        } finally {
          switchKernels('on');
        }
      }
      expect(kernelsInUse().names).toContain('TopK');
    });
  });

  it('come from TensorFlow.js where there is no SIMD, without a part of ours', () => {
    const before = done();
    allowSimd(false);
    try {
      tidy(() => {
        expect(read(tensor([3, 1, 3, 2]), 3)).toEqual({ values: [3, 3, 2], places: [0, 2, 3] });
      });
    } finally {
      allowSimd(true);
    }
    expect(done()).toBe(before);
  });
});
