import { grads, memory, mul, profile, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { splitFrom, WORTH } from '../threads/parts';
import { allowSimd } from './simd/simd';
import { softmax, softmaxComposite } from './softmax';

const drawn = (shape: number[], seed: number, scale = 3): Tensor => {
  const random = createRandom(seed, 'softmax');
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), shape, 'float32');
};
/** Value and gradient. */
const results = (f: (x: Tensor) => Tensor, shape: number[], seed: number): Float32Array[] =>
  tidy(() => {
    const [x, upstream] = [drawn(shape, seed), drawn(shape, seed + 1)];
    return [f(x), grads((t: Tensor) => sum(mul(f(t), upstream)))([x])[0]!].map((t) => t.dataSync().slice() as Float32Array);
  });

describe.each(['cpu', 'wasm', 'wasm without SIMD'] as const)('softmax on %s', (name) => {
  beforeAll(async () => {
    await loadBackend(name === 'cpu' ? 'cpu' : 'wasm', { threads: 4 });
    allowSimd(name !== 'wasm without SIMD');
  });
  afterAll(() => allowSimd(true));

  it('equals its slow twin, value and gradient, any shape, and leaves no tensor behind', () => {
    const before = memory().numTensors;
    const size = fc.oneof(fc.constantFrom(1, 2, 3, 4), fc.integer({ min: 1, max: 90 }));
    fc.assert(fc.property(fc.array(size, { minLength: 0, maxLength: 2 }), size, fc.nat(999), (outer, D, seed) => {
      const [a, b] = [results(softmax, [...outer, D], seed), results(softmaxComposite, [...outer, D], seed)];
      a.forEach((x, k) => expect(x.reduce((worst, v, i) => Math.max(worst, Math.abs(v - b[k]![i]!)), 0)).toBeLessThan(3e-6));
    }), { numRuns: 25, seed: 1 });
    expect(memory().numTensors).toBe(before);
  });

  it('takes large numbers and no rows', () => tidy(() => {
    const y = softmax(tensor([1000, -1000, 1000, -Infinity])).dataSync();
    [0.5, 0, 0.5, 0].forEach((want, k) => expect(Math.abs(y[k]! - want)).toBeLessThan(1e-38));
    expect(softmax(tensor([], [0, 4])).shape).toEqual([0, 4]);
  }));

  it('is one launch forward and one backward', async () => {
    const { kernelNames } = await profile(() => void results(softmax, [5, 7], 3));
    expect(kernelNames.filter((k) => k.includes('oftmax')).sort()).toEqual(['ColdwaveSoftmax', 'ColdwaveSoftmaxGrad']);
  });
});

it('softmax is the same to the last bit with 1, 2, 3 and 4 threads', async () => {
  splitFrom(1);
  const found: string[] = [];
  for (const threads of [1, 2, 3, 4]) {
    await loadBackend('wasm', { threads });
    found.push(results(softmax, [77, 53], 5).map((x) => x.join()).join(' '));
  }
  expect(new Set(found).size).toBe(1);
  splitFrom(WORTH);
  await loadBackend('wasm', { threads: 1 });
});
