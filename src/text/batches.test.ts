import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesByLength, encodeInBatches } from './batches';

/** Stands for a network: a text's vector is its length and its first letter's code. */
const encode = (texts: string[]): Float32Array => Float32Array.from(texts.flatMap((t) => [t.length, t.codePointAt(0)! % 65536]));

describe('encoding in batches sorted by length', () => {
  it('puts every row back where its text stood; blank texts stay zero and are counted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.constantFrom('', '  '))), fc.integer({ min: 1, max: 5 }), async (texts, batchSize) => {
        const { vectors, missing } = await encodeInBatches(texts, { dim: 2, batchSize }, encode);
        texts.forEach((t, k) => expect([...vectors.subarray(k * 2, k * 2 + 2)]).toEqual(t.trim() === '' ? [0, 0] : [...encode([t])]));
        expect(missing).toBe(texts.filter((t) => t.trim() === '').length);
      }),
      { numRuns: 40 },
    );
  });
  it('longest first, ties in their order: bb aaa a cc by twos -> [aaa, bb], [cc, a]', () => {
    expect(batchesByLength(['bb', 'aaa', 'a', '', 'cc'], 2)).toEqual([[1, 0], [4, 2]]);
  });
  it('progress counts only texts that have something to encode, and ends at all of them', async () => {
    const seen: [number, number, number][] = [];
    await encodeInBatches(['a', '', 'b', 'c'], { dim: 2, batchSize: 2, onProgress: (p) => seen.push([p.done, p.total, Math.round(p.share * 100)]) }, encode);
    expect(seen).toEqual([[2, 3, 67], [3, 3, 100]]);
  });
  it('stops between batches when cancelled', async () => {
    const stop = new AbortController();
    let batches = 0;
    const run = encodeInBatches(Array.from({ length: 10 }, () => 'x'), { dim: 2, batchSize: 1, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) }, (texts) => {
      batches++;
      return encode(texts);
    });
    await expect(run).rejects.toThrow('enough');
    expect(batches).toBe(1);
  });
});
