import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { loadBackend } from '../load-backend';
import { ALLOWED_DEVIATION, deviationFromFloat64 } from '../self-test';
import { splitFrom } from '../threads/parts';
import { matMul, tensor, tensor1d, tidy, type Tensor } from '../tensors';
import { pairHead, pairHeadComposite } from './pair-head';
import { allowSimd, kernelThreads, simdFused } from './simd/simd';

// What every current browser has, and Node from 22 on; Node 20 has it behind this word.
process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');

const random = createRandom(12, 'relaxed');
const normals = (shape: number[]): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape);
const gap = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((worst, x, k) => Math.max(worst, Math.abs(x - b[k]!) / (1 + Math.abs(b[k]!))), 0);

describe('kernels with fused multiply-add', () => {
  beforeAll(() => loadBackend('wasm', { threads: 3 }));

  it('run where the browser has them, and train three steps like plain TypeScript', async () => {
    expect(simdFused()).toBe(true);
    expect(await deviationFromFloat64()).toBeLessThan(ALLOWED_DEVIATION / 10);
  });

  it('products and the pair head agree with the twins, and are the same with one thread and with three', async () => {
    splitFrom(1);
    const before = memory().numTensors;
    const [a, b] = [normals([70, 300]), normals([300, 37])];
    const x = { user: normals([9, 16]), item: normals([11, 16]), dots: normals([50]), direction: normals([1, 16]) };
    const w = { gamma1: normals([16]), beta1: normals([16]), W2: normals([16, 8]), b2: normals([8]), gamma2: normals([8]), beta2: normals([8]), w3: normals([8, 1]), b3: normals([1]) };
    const [i, j] = [9, 11].map((n) => tensor1d(Int32Array.from({ length: 50 }, () => random.int(n)), 'int32')) as [Tensor, Tensor];
    const both = (head: typeof pairHead): number[][] => [tidy(() => Array.from(matMul(a as never, b as never).dataSync())), tidy(() => Array.from(head(x, w, i, j).dataSync()))];
    const three = both(pairHead);
    // A short job may be over before the others are awake: they are given time to take part.
    for (let k = 0; k < 5000 && kernelThreads()!.executed().includes(0); k++) expect(both(pairHead)).toEqual(three);
    expect(kernelThreads()!.executed()).not.toContain(0);
    await loadBackend('wasm', { threads: 1 });
    expect(both(pairHead)).toEqual(three);
    allowSimd(false);
    const slow = both(pairHeadComposite);
    allowSimd(true);
    three.forEach((values, k) => expect(gap(values, slow[k]!)).toBeLessThan(3e-5));
    // Not the plain flavour under another name: some product differs in its last bits.
    expect(three[0]).not.toEqual(slow[0]);
    for (const t of [a, b, i, j, ...Object.values(x), ...Object.values(w)]) t.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
