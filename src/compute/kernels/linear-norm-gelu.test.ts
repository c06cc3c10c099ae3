import { createHash } from 'node:crypto';
import { getBackend, grads, memory, mul, profile, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { switchKernels } from '../kernel-switch';
import { loadBackend } from '../load-backend';
import { splitFrom, WORTH } from '../threads/parts';
import { layerNormGeluComposite } from './layer-norm-gelu';
import { linearComposite } from './linear';
import { linearNormGelu, linearNormGeluComposite } from './linear-norm-gelu';
import { allowSimd, kernelThreads, simdReady } from './simd/simd';

type Layer = (...x: Tensor[]) => Tensor;
const fused: Layer = (x, W, b, gamma, beta) => linearNormGelu(x!, W!, b!, gamma, beta);
const composed: Layer = (x, W, b, gamma, beta) => linearNormGeluComposite(x!, W!, b!, gamma, beta);
const slow: Layer = (x, W, b, gamma, beta) => layerNormGeluComposite(linearComposite(x!, W!, b!), gamma, beta);

interface Case {
  n: number;
  k: number;
  D: number;
  affine: boolean;
  seed: number;
}
/** Value, then the gradient of every input, for drawn inputs and a drawn upstream gradient. */
function resultsOf(layer: Layer, { n, k, D, affine, seed }: Case): Float32Array[] {
  return tidy(() => {
    const random = createRandom(seed, 'layer');
    const drawn = (shape: number[]): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape, 'float32');
    const inputs = [[n, k], [k, D], [D], ...(affine ? [[D], [D]] : [])].map(drawn);
    const upstream = drawn([n, D]);
    return [layer(...inputs), ...grads((...x: Tensor[]) => sum(mul(layer(...x), upstream)))(inputs)].map((t) => t.dataSync().slice() as Float32Array);
  });
}
const bits = (x: Float32Array): string => createHash('sha1').update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength)).digest('hex');
const gap = (a: Float32Array, b: Float32Array): number => a.reduce((worst, v, k) => Math.max(worst, Math.abs(v - b[k]!) / (1 + Math.abs(b[k]!))), a.length === b.length ? 0 : Infinity);

const done = (): number => kernelThreads()!.executed().reduce((a, b) => a + b, 0);
const size = (max: number): fc.Arbitrary<number> => fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max }));
const cases = fc.record({ n: size(90), k: size(40), D: fc.oneof(fc.constantFrom(4, 8, 20, 64), size(30)), affine: fc.boolean(), seed: fc.nat(999) });
const LARGE: Case[] = [{ n: 900, k: 270, D: 36, affine: true, seed: 1 }, { n: 600, k: 37, D: 128, affine: false, seed: 2 }];

describe.each(['cpu', 'wasm', 'wasm without SIMD'] as const)('linear + norm + GELU in one on %s', (name) => {
  beforeAll(async () => {
    await loadBackend(name === 'cpu' ? 'cpu' : 'wasm', { threads: 4 });
    allowSimd(name !== 'wasm without SIMD');
  });
  afterAll(() => allowSimd(true));

  it('equals its slow twin, value and gradients, any shape, and leaves no tensor behind', () => {
    expect(simdReady(getBackend())).toBe(name === 'wasm');
    const before = memory().numTensors;
    fc.assert(fc.property(cases, (c) => {
      const [a, b] = [resultsOf(fused, c), resultsOf(slow, c)];
      // Of two or three numbers the norm is a quotient of small differences.
      a.forEach((x, k) => expect(gap(x, b[k]!)).toBeLessThan(c.D < 8 ? 5e-3 : 3e-4));
    }), { numRuns: 25, seed: 3 });
    expect(memory().numTensors).toBe(before);
  });

  // XNNPACK, which takes the product without SIMD, refuses an empty one.
  it.skipIf(name === 'wasm without SIMD')('no rows in give no rows out', () => tidy(() => {
    expect(linearNormGelu(tensor([], [0, 3]), tensor(new Float32Array(12), [3, 4]), tensor(new Float32Array(4))).shape).toEqual([0, 4]);
  }));
});

describe('linear + norm + GELU in one, on SIMD', () => {
  beforeAll(() => loadBackend('wasm', { threads: 1 }));
  afterAll(async () => {
    splitFrom(WORTH);
    await loadBackend('wasm', { threads: 1 });
  });

  it('equals the three operations it is made of to the last bit, with 1, 2, 3 and 4 threads', async () => {
    const some = [...LARGE, ...fc.sample(cases, { numRuns: 10, seed: 8 })];
    const wanted = some.map((c) => resultsOf(composed, c).map(bits));
    const parts: number[] = [];
    splitFrom(1);
    for (const threads of [1, 2, 3, 4]) {
      await loadBackend('wasm', { threads });
      const before = done();
      some.forEach((c, k) => expect(resultsOf(fused, c).map(bits), JSON.stringify(c)).toEqual(wanted[k]));
      parts.push(done() - before);
    }
    for (const n of parts.slice(1)) expect(n).toBeGreaterThan(parts[0]!); // the work was really cut
  });

  it('is one launch forward and one backward, and none of ours with the kernels switched off', async () => {
    const names = async (): Promise<string[]> => (await profile(() => void resultsOf(fused, { n: 6, k: 5, D: 8, affine: true, seed: 4 }))).kernelNames.filter((k) => k.startsWith('Coldwave'));
    expect((await names()).sort()).toEqual(['ColdwaveLinearNormGelu', 'ColdwaveLinearNormGeluGrad']);
    switchKernels('off');
    try {
      expect(await names()).toEqual([]);
    } finally {
      switchKernels('on');
    }
  });
});
