import { grads, memory, mul, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { causalAttention, causalAttentionComposite } from './causal-attention';
import { dropout, dropoutComposite } from './dropout';
import { layerNorm, layerNormComposite } from './layer-norm';
import { allowSimd } from './simd/simd';
import { softmaxCrossEntropy, softmaxCrossEntropyComposite } from './softmax-cross-entropy';

const random = createRandom(6, 'sequence');
const normals = (shape: number[], scale = 1): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), shape);
function gap(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [a.dataSync(), b.dataSync()];
  let worst = 0;
  for (let k = 0; k < x.length; k++) {
    const d = Math.abs(x[k]! - y[k]!) / (1 + Math.abs(y[k]!));
    worst = d <= worst ? worst : Number.isNaN(d) ? Infinity : d;
  }
  return worst;
}
function agree(fast: (...x: Tensor[]) => Tensor, slow: (...x: Tensor[]) => Tensor, inputs: Tensor[], tolerance = 3e-5): void {
  tidy(() => {
    const upstream = normals(fast(...inputs).shape);
    expect(gap(fast(...inputs), slow(...inputs))).toBeLessThan(tolerance);
    const [a, b] = [fast, slow].map((f) => grads((...x: Tensor[]) => sum(mul(f(...x), upstream)))(inputs)) as [Tensor[], Tensor[]];
    a.forEach((g, k) => expect(gap(g, b[k]!)).toBeLessThan(tolerance));
  });
}
const starts = (lengths: number[]): Int32Array => Int32Array.from([0, ...lengths.map((_, k) => lengths.slice(0, k + 1).reduce((a, b) => a + b, 0))]);

describe.each(['cpu', 'wasm', 'wasm without SIMD'] as const)('kernels of sequence models on %s equal their slow twins', (name) => {
  let before = 0;
  beforeAll(async () => {
    await loadBackend(name === 'cpu' ? 'cpu' : 'wasm');
    allowSimd(name !== 'wasm without SIMD');
    before = memory().numTensors;
  });
  afterAll(() => {
    expect(memory().numTensors).toBe(before);
    allowSimd(true);
  });

  it('layer norm, widths that SIMD takes and others', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 21 }), (n, D) => tidy(() =>
      agree((x, g, b) => layerNorm(x, g, b, 1e-3), (x, g, b) => layerNormComposite(x, g, b, 1e-3), [normals([n, D]), normals([D]), normals([D])], 2e-4))), { numRuns: 12 });
  });

  it('causal attention over sequences of any length, one of them empty', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }), fc.constantFrom([1, 4], [2, 3], [1, 5], [4, 2]), (lengths, [heads, d]) => {
      const start = starts([...lengths, 3]);
      const shape = [start.at(-1)!, heads! * d!];
      tidy(() => agree((q, k, v) => causalAttention(q, k, v, start, heads!), (q, k, v) => causalAttentionComposite(q, k, v, start, heads!), [normals(shape), normals(shape), normals(shape)]));
    }), { numRuns: 12 });
    for (const [heads, d] of [[2, 8], [1, 24]] as const) {
      const start = starts([45, 0, 1, 66]);
      const shape = [112, heads * d];
      tidy(() => agree((q, k, v) => causalAttention(q, k, v, start, heads), (q, k, v) => causalAttentionComposite(q, k, v, start, heads), [normals(shape), normals(shape), normals(shape)]));
    }
  });

  it('no row sees a later one: changing the last row changes the last row only', () => {
    tidy(() => {
      const [q, k, v] = [normals([5, 4]), normals([5, 4]), normals([5, 4])];
      const changed = (x: Tensor): Tensor => tensor(x.dataSync().map((y, e) => (e >= 16 ? y + 1 : y)) as Float32Array, [5, 4]);
      const start = Int32Array.of(0, 5);
      const [a, b] = [causalAttention(q, k, v, start, 2), causalAttention(changed(q), changed(k), changed(v), start, 2)].map((t) => t.dataSync());
      expect(a!.slice(0, 16)).toEqual(b!.slice(0, 16));
      expect(a!.slice(16)).not.toEqual(b!.slice(16));
    });
  });

  it('cross-entropy over a catalogue, also when it takes several blocks', () => {
    for (const [n, I, D, block] of [[1, 1, 1, 1], [7, 13, 4, 26], [5, 9, 3, 1], [30, 20, 8, 1e6]] as const) {
      const target = Int32Array.from({ length: n }, () => random.int(I));
      tidy(() => agree((h, W) => softmaxCrossEntropy(h, W, target, block), (h, W) => softmaxCrossEntropyComposite(h, W, target), [normals([n, D]), normals([I, D])]));
    }
  });

  it('dropout draws the same mask everywhere, and about the share asked for', () => {
    for (const n of [1, 6, 403]) tidy(() => agree((x) => dropout(x, 0.3, -123456), (x) => dropoutComposite(x, 0.3, -123456), [normals([n])]));
    const zeros = tidy(() => dropout(tensor(new Float32Array(20_000).fill(1)), 0.3, 77).dataSync().filter((x) => x === 0).length);
    expect(Math.abs(zeros / 20_000 - 0.3)).toBeLessThan(0.015);
  });
});
