import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather, getBackend, grads, memory, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { matMul, mul, sum, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { adamComposite, adamStep, ADAM_DEFAULTS, type AdamSlot } from './adam';
import { gelu, geluComposite } from './gelu';
import { inBatchSoftmax, inBatchSoftmaxComposite } from './in-batch-softmax';
import { layerNormGelu, layerNormGeluComposite } from './layer-norm-gelu';
import { linear, linearComposite } from './linear';
import { pairDots, pairDotsComposite } from './pair-dots';
import { pairHead, pairHeadComposite, pairHeadGrid } from './pair-head';
import { pairRankingLoss, pairRankingLossComposite } from './pair-ranking-loss';
import { allowSimd, simdReady } from './simd/simd';
import { rows } from './rows';
import { gelu64, geluSlope64 } from '../reference/erf';

const random = createRandom(11, 'kernels');
const normals = (shape: number[], scale = 1): Tensor =>
  tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal() * scale), shape, 'float32');
const indices = (n: number, below: number): Tensor => tensor1d(Int32Array.from({ length: n }, () => random.int(below)), 'int32');

/** Largest |a − b| / (1 + |b|). */
function gap(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [a, b].map((t) => t.dataSync() as Float32Array) as [Float32Array, Float32Array];
  return x.reduce((m, v, k) => Math.max(m, Math.abs(v - y[k]!) / (1 + Math.abs(y[k]!))), 0);
}
/** Forward value and all input gradients of Σ f(inputs) ⊙ upstream agree. */
function agree(fast: (...x: Tensor[]) => Tensor, slow: (...x: Tensor[]) => Tensor, inputs: Tensor[], tolerance = 2e-5): void {
  tidy(() => {
    const [a, b] = [fast(...inputs), slow(...inputs)];
    expect(gap(a, b)).toBeLessThan(tolerance);
    const upstream = normals(a.shape);
    const ga = grads((...x: Tensor[]) => sum(mul(fast(...x), upstream)))(inputs);
    const gb = grads((...x: Tensor[]) => sum(mul(slow(...x), upstream)))(inputs);
    inputs.forEach((_, k) => expect(gap(ga[k]!, gb[k]!)).toBeLessThan(tolerance));
  });
}

describe.each(['cpu', 'wasm', 'wasm without SIMD'] as const)('fused kernels on %s equal their slow twins', (name) => {
  beforeAll(async () => {
    await loadBackend(name === 'cpu' ? 'cpu' : 'wasm');
    allowSimd(name !== 'wasm without SIMD');
  });
  afterAll(() => allowSimd(true));

  it('runs what the title says', () => expect(simdReady(getBackend())).toBe(name === 'wasm'));

  it('GELU follows x Φ(x) to 3e-7 from −9 to 9, and so does its slope', () => {
    const x = Float32Array.from({ length: 1801 }, (_, k) => -9 + k / 100);
    tidy(() => {
      const t = tensor1d(x);
      const y = gelu(t).dataSync();
      const slope = grads((v: Tensor) => sum(gelu(v)))([t])[0]!.dataSync();
      x.forEach((v, k) => {
        expect(Math.abs(y[k]! - gelu64(v))).toBeLessThan(3e-7 * (1 + Math.abs(v)));
        expect(Math.abs(slope[k]! - geluSlope64(v))).toBeLessThan(6e-7);
      });
    });
  });

  it.each([[[1]], [[7]], [[3, 5]], [[33, 129]], [[1025]]])('GELU on %j', (shape) => agree(gelu, geluComposite, [normals(shape, 2)]));

  it.each([[1, 2], [3, 1], [5, 7], [64, 128], [129, 65], [2, 130]])('layer norm + GELU on %i × %i, with and without affine', (n, d) => {
    agree((x) => layerNormGelu(x), (x) => layerNormGeluComposite(x), [normals([n, d])]);
    agree(layerNormGelu as never, layerNormGeluComposite as never, [normals([n, d]), normals([d]), normals([d])], 5e-5);
  });

  it.each([1, 2, 9, 33])('in-batch softmax of %i plays, own items masked', (B) => {
    const correction = tensor(Float32Array.from({ length: B * B }, (_, k) => random.normal() - (k % (B + 1) !== 0 && random.next() < 0.2 ? 1e9 : 0)), [B, B]);
    agree((x) => inBatchSoftmax(x, 0.7, correction), (x) => inBatchSoftmaxComposite(x, 0.7, correction), [normals([B, B], 2)]);
  });

  it('layer norm of a constant row is finite', () => {
    const y = tidy(() => [...layerNormGelu(tensor([[3, 3, 3]])).dataSync()]);
    expect(y).toEqual([0, 0, 0]);
  });

  it.each([[1, 1, 1, 1], [3, 5, 7, 4], [20, 9, 65, 33]])('pair dots, %i × %i rows of width %i, %i pairs', (n, m, d, p) => {
    const [a, b] = [indices(p, n), indices(p, m)];
    agree((u, v) => pairDots(u, v, a, b), (u, v) => pairDotsComposite(u, v, a, b), [normals([n, d]), normals([m, d])]);
  });

  it.each([[4, 3, 9], [17, 64, 50], [1, 1, 1]])('rows of a %i × %i table by %i repeated indices', (r, d, n) => {
    const k = indices(n, r);
    agree((t) => rows(t, k), (t) => gather(t, k), [normals([r, d])]);
  });

  it('sums segments like the definition, skipping negative ids', () => {
    tidy(() => {
      const out = unsortedSegmentSum(tensor([[1, 2], [3, 4], [5, 6]]), tensor1d([2, -1, 2], 'int32'), 4);
      expect([...out.dataSync()]).toEqual([0, 0, 0, 0, 6, 8, 0, 0]);
    });
  });

  it.each([[3, 4, 5], [1, 1, 1], [33, 17, 29], [5, 700, 2], [67, 3, 16]])('matrix products %i × %i × %i in all transpose forms', (n, k, m) => {
    for (const ta of [false, true]) {
      for (const tb of [false, true]) {
        tidy(() => {
          const A = normals(ta ? [k, n] : [n, k]);
          const B = normals(tb ? [m, k] : [k, m]);
          const y = matMul(A as never, B as never, ta, tb).dataSync();
          const [a, b] = [A.dataSync(), B.dataSync()];
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < m; j++) {
              let s = 0;
              for (let c = 0; c < k; c++) s += a[ta ? c * n + i : i * k + c]! * b[tb ? j * k + c : c * m + j]!;
              expect(Math.abs(y[i * m + j]! - s)).toBeLessThan(2e-4);
            }
          }
        });
      }
    }
  });

  it.each([[1, 1, 1, 8, 8], [3, 5, 33, 16, 8], [7, 4, 31, 24, 40], [20, 30, 100, 128, 64]])('pair head: %i users, %i items, %i pairs, widths %i and %i', (n, m, P, H1, H2) => {
    const [a, b] = [indices(P, n), indices(P, m)];
    const inputs = [[n, H1], [m, H1], [P], [1, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]].map((shape) => normals(shape, 0.7));
    const as = (f: typeof pairHead, dot: boolean) => (...[user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3]: Tensor[]) =>
      f({ user: user!, item: item!, dots: dot ? dots! : null, direction: dot ? direction! : null }, { gamma1: gamma1!, beta1: beta1!, W2: W2!, b2: b2!, gamma2: gamma2!, beta2: beta2!, w3: w3!, b3: b3! }, a, b);
    agree(as(pairHead, true), as(pairHeadComposite, true), inputs, 2e-4);
    const without = (f: typeof pairHead) => (...x: Tensor[]) => as(f, false)(x[0]!, x[1]!, inputs[2]!, inputs[3]!, ...x.slice(2));
    agree(without(pairHead), without(pairHeadComposite), [...inputs.slice(0, 2), ...inputs.slice(4)], 2e-4);
  });

  it.each([[1, 1, 1], [3, 5, 7], [70, 33, 129], [5, 300, 16]])('linear layer %i × %i × %i', (n, k, m) => agree(linear, linearComposite, [normals([n, k]), normals([k, m]), normals([m])], 1e-4));

  it('a clone has the numbers of its original after that is gone, and frees them', () => {
    const before = memory();
    const x = normals([3, 4]);
    const y = x.clone();
    const values = [...x.dataSync()];
    x.dispose();
    const z = y.clone();
    y.dispose();
    expect([...z.dataSync()]).toEqual(values);
    z.dispose();
    expect([memory().numTensors, memory().numBytes]).toEqual([before.numTensors, before.numBytes]);
  });

  it.each([[1, 1, 1, 1, 1, 8, 8], [3, 5, 4, 3, 1, 16, 8], [7, 40, 33, 7, 1, 24, 40], [20, 30, 9, 12, 0.05, 128, 64], [40, 90, 300, 28, 0.05, 8, 8]])('ranking losses of pairs: %i users, %i items, %i positives with %i negatives, margin %d, widths %i and %i', (n, m, B, K, margin, H1, H2) => {
    const P = B * (1 + K);
    const [a, b] = [indices(P, n), indices(P, m)];
    const inputs = [[n, H1], [m, H1], [P], [1, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]].map((shape) => normals(shape, 0.7));
    for (const kind of ['margin', 'bpr'] as const) {
      const as = (f: typeof pairRankingLoss, dot: boolean) => (...[user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3]: Tensor[]) =>
        f({ user: user!, item: item!, dots: dot ? dots! : null, direction: dot ? direction! : null }, { gamma1: gamma1!, beta1: beta1!, W2: W2!, b2: b2!, gamma2: gamma2!, beta2: beta2!, w3: w3!, b3: b3! }, a, b, B, { kind, margin });
      agree(as(pairRankingLoss, true), as(pairRankingLossComposite, true), inputs, 2e-4);
      const without = (f: typeof pairRankingLoss) => (...x: Tensor[]) => as(f, false)(x[0]!, x[1]!, inputs[2]!, inputs[3]!, ...x.slice(2));
      agree(without(pairRankingLoss), without(pairRankingLossComposite), [...inputs.slice(0, 2), ...inputs.slice(4)], 2e-4);
    }
  });

  it('pair head over a grid equals the pairs written out', () => {
    tidy(() => {
      const [n, m] = [3, 37];
      const [user, item, dots, direction] = [normals([n, 16]), normals([m, 16]), normals([n * m]), normals([1, 16])];
      const w = { gamma1: normals([16]), beta1: normals([16]), W2: normals([16, 8]), b2: normals([8]), gamma2: normals([8]), beta2: normals([8]), w3: normals([8, 1]), b3: normals([1]) };
      const a = tensor1d(Int32Array.from({ length: n * m }, (_, k) => Math.floor(k / m)), 'int32');
      const b = tensor1d(Int32Array.from({ length: n * m }, (_, k) => k % m), 'int32');
      const grid = pairHeadGrid({ user, item, dots, direction }, w);
      expect(grid === null).toBe(name !== 'wasm');
      if (grid) expect(gap(grid, pairHeadComposite({ user, item, dots, direction }, w, a, b))).toBeLessThan(1e-4);
    });
  });

  it('Adam: five steps equal the composite, with and without weight decay, and leak no tensor', () => {
    for (const weightDecay of [0, 0.1]) {
      const settings = { ...ADAM_DEFAULTS, learningRate: 0.01, weightDecay };
      const start = normals([5, 3]);
      const slot = (): AdamSlot => ({ w: tensor(start.dataSync().slice(), [5, 3]), m: tensor(new Float32Array(15), [5, 3]), v: tensor(new Float32Array(15), [5, 3]) });
      let [a, b] = [slot(), slot()];
      const before = memory().numTensors;
      for (let t = 1; t <= 5; t++) {
        const g = normals([5, 3]);
        a = adamStep(a, g, settings, t);
        b = adamComposite(b, g, settings, t);
        g.dispose();
      }
      expect(memory().numTensors).toBe(before);
      expect(gap(a.w, b.w)).toBeLessThan(1e-6);
      expect(gap(a.v, b.v)).toBeLessThan(1e-6);
    }
  });
});

it('the SIMD binary is what its source gives', () => {
  expect(execFileSync(process.execPath, ['src/compute/kernels/simd/build.mjs', '--check'], { encoding: 'utf8' })).toContain('is what kernels.as gives');
}, 120_000);
