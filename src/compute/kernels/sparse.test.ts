import { grads, memory, mul, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { multinomialLoss, multinomialLossComposite } from './multinomial-loss';
import { allowSimd } from './simd/simd';
import { sparseMatMul, sparseMatMulComposite, type SparseRows } from './sparse-rows';

const random = createRandom(5, 'sparse');
const normals = (shape: number[]): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);
function sparse(B: number, columns: number, share: number): SparseRows {
  const start = [0];
  const index: number[] = [];
  for (let b = 0; b < B; b++) {
    for (let i = 0; i < columns; i++) if (random.next() < share) index.push(i);
    start.push(index.length);
  }
  return { columns, start: Int32Array.from(start), index: Int32Array.from(index), value: Float32Array.from(index, () => random.next() + 0.5) };
}
function gap(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [a.dataSync(), b.dataSync()];
  let worst = 0;
  for (let k = 0; k < x.length; k++) worst = Math.max(worst, Math.abs(x[k]! - y[k]!) / (1 + Math.abs(y[k]!)));
  return worst;
}
function agree(fast: (x: Tensor) => Tensor, slow: (x: Tensor) => Tensor, x: Tensor): void {
  tidy(() => {
    const upstream = normals(fast(x).shape);
    expect(gap(fast(x), slow(x))).toBeLessThan(2e-5);
    const [a, b] = [fast, slow].map((f) => grads((t: Tensor) => sum(mul(f(t), upstream)))([x])[0]!) as [Tensor, Tensor];
    expect(gap(a, b)).toBeLessThan(2e-5);
  });
}

describe.each(['cpu', 'wasm', 'wasm without SIMD'] as const)('sparse kernels on %s equal their slow twins', (name) => {
  beforeAll(async () => {
    await loadBackend(name === 'cpu' ? 'cpu' : 'wasm');
    allowSimd(name !== 'wasm without SIMD');
  });
  afterAll(() => allowSimd(true));

  it('sparse rows times a matrix, any shape, empty rows included', () => {
    const before = memory().numTensors;
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 21 }), fc.constantFrom(0, 0.1, 0.6), (B, I, D, share) => tidy(() => {
      const x = sparse(B, I, share);
      agree((W) => sparseMatMul(x, W), (W) => sparseMatMulComposite(x, W), normals([I, D]));
    })), { numRuns: 15 });
    expect(memory().numTensors).toBe(before);
  });

  it('multinomial loss of sparse counts, any shape', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 0.1, 0.6), (B, I, share) => tidy(() => {
      const x = sparse(B, I, share);
      agree((l) => multinomialLoss(l, x), (l) => multinomialLossComposite(l, x), normals([B, I]));
    })), { numRuns: 15 });
  });

  it('large logits do not overflow', () => {
    tidy(() => {
      const x: SparseRows = { columns: 3, start: Int32Array.of(0, 1), index: Int32Array.of(2), value: Float32Array.of(1) };
      expect(multinomialLoss(tensor([[300, 0, -300]]), x).dataSync()[0]).toBeCloseTo(600, 3);
    });
  });
});
