import { beforeAll, describe, expect, it } from 'vitest';
import { gather, grads, memory, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { matMul, mul, sum, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { adamComposite, adamStep, ADAM_DEFAULTS, type AdamSlot } from './adam';
import { gelu, geluComposite } from './gelu';
import { layerNormGelu, layerNormGeluComposite } from './layer-norm-gelu';
import { pairDots, pairDotsComposite } from './pair-dots';
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

describe.each(['cpu', 'wasm'] as const)('fused kernels on %s equal their slow twins', (backend) => {
  beforeAll(() => loadBackend(backend));

  it('GELU follows x Φ(x) to 2e-7 from −9 to 9, and so does its slope', () => {
    const x = Float32Array.from({ length: 1801 }, (_, k) => -9 + k / 100);
    tidy(() => {
      const t = tensor1d(x);
      const y = gelu(t).dataSync();
      const slope = grads((v: Tensor) => sum(gelu(v)))([t])[0]!.dataSync();
      x.forEach((v, k) => {
        expect(Math.abs(y[k]! - gelu64(v))).toBeLessThan(2e-7 * (1 + Math.abs(v)));
        expect(Math.abs(slope[k]! - geluSlope64(v))).toBeLessThan(4e-7);
      });
    });
  });

  it.each([[[1]], [[7]], [[3, 5]], [[33, 129]], [[1025]]])('GELU on %j', (shape) => agree(gelu, geluComposite, [normals(shape, 2)]));

  it.each([[1, 2], [3, 1], [5, 7], [64, 128], [129, 65], [2, 130]])('layer norm + GELU on %i × %i, with and without affine', (n, d) => {
    agree((x) => layerNormGelu(x), (x) => layerNormGeluComposite(x), [normals([n, d])]);
    agree(layerNormGelu as never, layerNormGeluComposite as never, [normals([n, d]), normals([d]), normals([d])], 5e-5);
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

  it.each([[3, 4, 5], [1, 1, 1], [33, 17, 29], [5, 70, 2]])('matrix products %i × %i × %i in all transpose forms', (n, k, m) => {
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
              expect(Math.abs(y[i * m + j]! - s)).toBeLessThan(1e-4);
            }
          }
        });
      }
    }
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
