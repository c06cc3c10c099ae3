import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../load-backend';
import { kernelThreads } from '../kernels/simd/simd';
import { matMul, tensor, tidy } from '../tensors';

const THREADS = [1, 2, 3, 4] as const;
beforeAll(() => loadBackend('wasm', { threads: 4 }));
afterAll(() => loadBackend('wasm', { threads: 1 }));

const sum = (x: Float32Array): string => createHash('sha1').update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength)).digest('hex');

describe('a matrix product over threads', () => {
  it('is equal to the last bit with 1, 2, 3 and 4 threads, in every orientation', async () => {
    const shape = fc.record({ m: fc.integer({ min: 1, max: 300 }), n: fc.integer({ min: 1, max: 300 }), k: fc.integer({ min: 1, max: 400 }), ta: fc.boolean(), tb: fc.boolean(), seed: fc.nat(1000) });
    const cases = fc.sample(shape, { numRuns: 40, seed: 3 });
    cases.push({ m: 512, n: 64, k: 512, ta: true, tb: false, seed: 1 }, { m: 64, n: 1001, k: 300, ta: false, tb: true, seed: 2 });
    const found: string[][] = [];
    for (const threads of THREADS) {
      await loadBackend('wasm', { threads });
      expect(kernelThreads()?.threads).toBe(threads);
      found.push(cases.map(({ m, n, k, ta, tb, seed }) => {
        const fill = (size: number, s: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.sin(i * 1.7 + s));
        return sum(tidy(() => matMul(tensor(fill(m * k, seed), ta ? [k, m] : [m, k]) as never, tensor(fill(k * n, seed + 1), tb ? [n, k] : [k, n]) as never, ta, tb).dataSync() as Float32Array));
      }));
      if (threads > 1) expect(kernelThreads()!.executed().every((n) => n > 0)).toBe(true);
    }
    for (const other of found.slice(1)) expect(other).toEqual(found[0]);
  });
});
