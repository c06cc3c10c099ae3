import { afterAll, describe, expect, it } from 'vitest';
import { grads, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { pairHead, pairHeadGrid } from './pair-head';
import { pairRankingLoss } from './pair-ranking-loss';
import { kernelThreads } from './simd/simd';

const [n, m, B, K, H1, H2] = [90, 400, 300, 30, 32, 16];
const P = B * (1 + K);
const SHAPES = [[n, H1], [m, H1], [P], [1, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]];

/** Scores of pairs, scores of a grid, the loss and all its gradients. */
function everything(): Float32Array[] {
  const random = createRandom(5, 'pair threads');
  const drawn = (shape: number[]): Tensor => tensor(Float32Array.from({ length: shape.reduce((x, y) => x * y, 1) }, () => random.normal()), shape);
  const indices = (below: number): Tensor => tensor1d(Int32Array.from({ length: P }, () => random.int(below)), 'int32');
  const out: Float32Array[] = [];
  tidy(() => {
    const [a, b] = [indices(n), indices(m)];
    const inputs = SHAPES.map(drawn);
    const grid = drawn([n * m]);
    const parts = ([user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3]: Tensor[]) =>
      [{ user: user!, item: item!, dots: dots!, direction: direction! }, { gamma1: gamma1!, beta1: beta1!, W2: W2!, b2: b2!, gamma2: gamma2!, beta2: beta2!, w3: w3!, b3: b3! }] as const;
    const [x, w] = parts(inputs);
    const loss = (...t: Tensor[]): Tensor => pairRankingLoss(...parts(t), a, b, B, { kind: 'margin', margin: 1 });
    for (const t of [pairHead(x, w, a, b), pairHeadGrid({ ...x, dots: grid }, w)!, loss(...inputs), ...grads(loss)(inputs)]) out.push(t.dataSync() as Float32Array);
  });
  return out;
}

describe('pair kernels over threads', () => {
  afterAll(() => loadBackend('wasm', { threads: 1 }));

  it('scores, loss and gradients are equal to the last bit with 1, 2 and 3 threads', async () => {
    const found: Float32Array[][] = [];
    for (const threads of [3, 2, 1]) {
      await loadBackend('wasm', { threads });
      expect(kernelThreads()?.threads).toBe(threads);
      found.push(everything());
    }
    for (const other of found.slice(1)) expect(other).toEqual(found[0]);
  });
});
