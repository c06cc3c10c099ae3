import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { negativeInverse, symmetricRoomFor } from './symmetric-inverse';

/** A = MMᵀ + I, well conditioned. */
function positive(n: number): number[][] {
  const random = createRandom(n, 'positive');
  const m = Array.from({ length: n }, () => Array.from({ length: n }, () => random.normal() / Math.sqrt(n)));
  return m.map((a, i) => m.map((b, j) => a.reduce((s, x, k) => s + x * b[k]!, i === j ? 1 : 0)));
}

async function inverse(a: number[][], simd: boolean): Promise<number[][]> {
  const room = await symmetricRoomFor(a.length, simd);
  expect(room.simd).toBe(simd);
  a.forEach((row, i) => row.forEach((x, j) => {
    if (j <= i) room.matrix[i * room.n + j] = x;
  }));
  await negativeInverse(room);
  return a.map((_, i) => a.map((__, j) => -room.matrix[Math.max(i, j) * room.n + Math.min(i, j)]!));
}

describe('the symmetric inverse', () => {
  it('[[2, 1], [1, 2]] → [[2, −1], [−1, 2]] / 3', async () => {
    const p = await inverse([[2, 1], [1, 2]], false);
    expect(p.flat()).toEqual([2 / 3, -1 / 3, -1 / 3, 2 / 3].map((x) => expect.closeTo(x, 15)));
  });
  it.each([1, 3, 4, 63, 64, 65, 131, 200])('n = %i: A times its inverse is the identity to 1e-11, with SIMD as without', async (n) => {
    const a = positive(n);
    const fast = await inverse(a, true);
    const slow = await inverse(a, false);
    let off = 0;
    let apart = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        off = Math.max(off, Math.abs(a[i]!.reduce((s, x, k) => s + x * fast[k]![j]!, 0) - (i === j ? 1 : 0)));
        apart = Math.max(apart, Math.abs(fast[i]![j]! - slow[i]![j]!));
      }
    }
    expect(off).toBeLessThan(1e-11);
    expect(apart).toBeLessThan(1e-12);
  });
  it('is the same to the last bit on one to four threads', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2, max: 4 }), async (n, threads) => {
      const a = positive(n);
      const [one, many] = await Promise.all([1, threads].map(async (count) => {
        const room = await symmetricRoomFor(n, true, count);
        expect(room.threads).toBe(count);
        for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) room.matrix[i * room.n + j] = a[i]![j]!;
        await negativeInverse(room);
        room.end();
        return a.map((_, i) => Array.from(room.matrix.subarray(i * room.n, i * room.n + i + 1)));
      }));
      expect(many).toEqual(one);
    }), { numRuns: 6 });
  });
  it('where the page is not isolated it stays on one thread and plain memory, whatever is asked for', async () => {
    Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false, configurable: true });
    try {
      const room = await symmetricRoomFor(8, true, 4);
      expect([room.threads, room.simd, room.matrix.buffer instanceof ArrayBuffer]).toEqual([1, true, true]);
    } finally {
      Reflect.deleteProperty(globalThis, 'crossOriginIsolated');
    }
  });
  it('refuses a matrix that is not positive definite', async () => {
    await expect(inverse([[1, 2], [2, 1]], true)).rejects.toThrow('pivot 1 is -3');
  });
});
