import { grads, matMul, memory, mul, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { switchKernels } from '../kernel-switch';
import { loadBackend } from '../load-backend';
import { splitFrom, WORTH } from '../threads/parts';
import { kernelThreads } from './simd/simd';

const drawn = (shape: number[], seed: number): Tensor => {
  const random = createRandom(seed, 'products');
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape, 'float32');
};
interface Case {
  outerA: number[];
  outerB: number[];
  m: number;
  n: number;
  k: number;
  ta: boolean;
  tb: boolean;
}
const inputs = ({ outerA, outerB, m, n, k, ta, tb }: Case): [Tensor, Tensor] => [drawn([...outerA, ...(ta ? [k, m] : [m, k])], 1), drawn([...outerB, ...(tb ? [n, k] : [k, n])], 2)];

/** By the definition, in float64. */
function slow(c: Case, A: Float32Array, B: Float32Array): number[] {
  const count = (outer: number[]): number => outer.reduce((p, x) => p * x, 1);
  const [a, b] = [count(c.outerA), count(c.outerB)];
  const out: number[] = [];
  for (let s = 0; s < (a * b === 0 ? 0 : Math.max(a, b)); s++) {
    const [atA, atB] = [(a === 1 ? 0 : s) * c.m * c.k, (b === 1 ? 0 : s) * c.k * c.n];
    for (let i = 0; i < c.m; i++) {
      for (let j = 0; j < c.n; j++) {
        let x = 0;
        for (let p = 0; p < c.k; p++) x += A[atA + (c.ta ? p * c.m + i : i * c.k + p)]! * B[atB + (c.tb ? j * c.k + p : p * c.n + j)]!;
        out.push(x);
      }
    }
  }
  return out;
}
const gap = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((worst, x, k) => Math.max(worst, Math.abs(x - b[k]!)), a.length === b.length ? 0 : Infinity);

const done = (): number => kernelThreads()!.executed().reduce((x, y) => x + y, 0);
const size = fc.oneof(fc.constantFrom(0, 1, 3, 8), fc.integer({ min: 1, max: 40 }));
const outers = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((s): [number[], number[]] => [[s], [s]]),
  fc.integer({ min: 1, max: 30 }).chain((s) => fc.constantFrom<[number[], number[]]>([[s], []], [[], [s]], [[1], [s]], [[s], [1]], [[2, s], [2, s]], [[2, s], [1, 1]])),
);
const cases: fc.Arbitrary<Case> = fc.record({ outer: outers, m: size, n: size, k: size, ta: fc.boolean(), tb: fc.boolean() }).map(({ outer: [outerA, outerB], ...c }) => ({ ...c, outerA, outerB }));

describe('products of many matrices on SIMD', () => {
  beforeAll(() => loadBackend('wasm', { threads: 4 }));
  afterAll(async () => {
    splitFrom(WORTH);
    await loadBackend('wasm', { threads: 1 });
  });

  it('follow the definition for any shape, 0 included, and all four turns; no tensor is left', () => {
    const before = memory().numTensors;
    fc.assert(fc.property(cases, (c) => tidy(() => {
      const [a, b] = inputs(c);
      const y = matMul(a as never, b as never, c.ta, c.tb);
      expect(y.shape.slice(-2)).toEqual([c.m, c.n]);
      expect(gap(y.dataSync(), slow(c, a.dataSync() as Float32Array, b.dataSync() as Float32Array))).toBeLessThan(1e-4);
    })), { numRuns: 80, seed: 2 });
    expect(memory().numTensors).toBe(before);
  });

  it('are the same to the last bit with 1, 2, 3 and 4 threads, dealt out or cut up, gradients too', async () => {
    const some: Case[] = [
      { outerA: [40], outerB: [40], m: 9, n: 13, k: 300, ta: true, tb: false },
      { outerA: [3], outerB: [3], m: 70, n: 50, k: 65, ta: false, tb: true },
      { outerA: [5], outerB: [1], m: 30, n: 21, k: 64, ta: false, tb: false },
      { outerA: [1], outerB: [6], m: 33, n: 20, k: 31, ta: true, tb: true },
    ];
    const [found, parts]: [string[][], number[]] = [[], []];
    splitFrom(1);
    for (const threads of [1, 2, 3, 4]) {
      await loadBackend('wasm', { threads });
      const before = done();
      found.push(some.map((c) => tidy(() => {
        const [a, b] = inputs(c);
        const product = (x: Tensor, y: Tensor): Tensor => matMul(x as never, y as never, c.ta, c.tb);
        const value = product(a, b);
        const upstream = drawn(value.shape, 3);
        if (c.outerA.join() !== c.outerB.join()) return Array.from(value.dataSync()).join(); // TensorFlow.js has no gradient of these
        return [value, ...grads((x: Tensor, y: Tensor) => sum(mul(product(x, y), upstream)))([a, b])].map((t) => Array.from(t.dataSync()).join()).join(' ');
      })));
      parts.push(done() - before);
    }
    for (const n of parts.slice(1)) expect(n).toBeGreaterThan(parts[0]!); // the work was really cut
    for (const other of found.slice(1)) other.forEach((bits, k) => expect(bits === found[0]![k], `case ${k}`).toBe(true));
  });

  it('with our kernels off are TensorFlow.js’s, and agree', () => {
    const c: Case = { outerA: [7], outerB: [7], m: 5, n: 9, k: 11, ta: true, tb: false };
    tidy(() => {
      const [a, b] = inputs(c);
      const ours = matMul(a as never, b as never, c.ta, c.tb).dataSync();
      const parts = done();
      switchKernels('off');
      try {
        expect(gap(matMul(a as never, b as never, c.ta, c.tb).dataSync(), ours)).toBeLessThan(1e-5);
      } finally {
        switchKernels('on');
      }
      expect(done()).toBe(parts);
    });
  });
});
