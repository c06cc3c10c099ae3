import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksToDrop, CHUNK, embedThroughCache, rowsToRead, textKey, type VectorCache } from './vector-cache';

/** A cache in memory, and an "encoder" whose vector is [length, 1]. */
function world() {
  const kept = new Map<string, Float32Array>();
  const cache: VectorCache = {
    find: (encoder, keys) => Promise.resolve(new Map(keys.flatMap((k) => (kept.has(encoder + k) ? [[k, kept.get(encoder + k)!] as const] : [])))),
    add: (encoder, keys, vectors, dim) => {
      keys.forEach((k, row) => kept.set(encoder + k, vectors.slice(row * dim, (row + 1) * dim)));
      return Promise.resolve();
    },
  };
  const asked: string[] = [];
  const embed = (texts: string[]) => {
    asked.push(...texts);
    return Promise.resolve({ vectors: Float32Array.from(texts.flatMap((t) => [t.length, 1])), dim: 2, encoder: 'e@1' });
  };
  return { cache, embed, asked };
}

describe('embedding through the cache', () => {
  it('gives every text its own vector whatever was cached, repeated or empty', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 6 })), fc.array(fc.string({ maxLength: 6 })), async (earlier, texts) => {
        const { cache, embed } = world();
        fc.pre(earlier.some((t) => t.trim()) && texts.some((t) => t.trim()));
        await embedThroughCache(earlier, 'e@1', cache, embed);
        const { vectors, missing } = await embedThroughCache(texts, 'e@1', cache, embed);
        texts.forEach((t, k) => expect([...vectors.subarray(2 * k, 2 * k + 2)]).toEqual(t.trim() ? [t.length, 1] : [0, 0]));
        expect(missing).toBe(texts.filter((t) => !t.trim()).length);
      }),
      { numRuns: 50 },
    );
  });
  it('asks once for a repeated text, never for an empty one, and for nothing the second time', async () => {
    const { cache, embed, asked } = world();
    const first = await embedThroughCache(['rain', '', 'rain', 'harbour'], 'e@1', cache, embed);
    expect(first).toMatchObject({ reused: 0, embedded: 2, missing: 1 });
    expect(asked).toEqual(['harbour', 'rain']); // longest first
    expect(await embedThroughCache(['rain', '', 'rain', 'harbour'], 'e@1', cache, embed)).toMatchObject({ reused: 2, embedded: 0, missing: 1, vectors: first.vectors });
    expect(asked).toHaveLength(2);
  });
  it('when one text of three changed, embeds that one', async () => {
    const { cache, embed, asked } = world();
    await embedThroughCache(['a', 'b', 'c'], 'e@1', cache, embed);
    asked.length = 0;
    await embedThroughCache(['a', 'B', 'c'], 'e@1', cache, embed);
    expect(asked).toEqual(['B']);
  });
  it('a Stop keeps the calls that were finished', async () => {
    const { cache, embed, asked } = world();
    const texts = Array.from({ length: CHUNK + 10 }, (_, k) => `text ${1000 + k}`);
    let calls = 0;
    const stopped = (chunk: string[]) => (calls++ === 0 ? embed(chunk) : Promise.reject(new Error('stopped')));
    await expect(embedThroughCache(texts, 'e@1', cache, stopped)).rejects.toThrow('stopped');
    asked.length = 0;
    expect(await embedThroughCache(texts, 'e@1', cache, embed)).toMatchObject({ reused: CHUNK, embedded: 10 });
    expect(asked).toHaveLength(10);
  });
  it('never mixes vectors of two encoders', async () => {
    const { cache, embed } = world();
    await expect(embedThroughCache(['a'], 'e@2', cache, embed)).rejects.toMatchObject({ name: 'Problem' });
  });
  it('says so when there is nothing but empty texts', async () => {
    const { cache, embed } = world();
    await expect(embedThroughCache(['', ' '], 'e@1', cache, embed)).rejects.toThrow('Choose a column that has text');
  });
});

describe('keys and blocks', () => {
  it('different texts have different keys of 32 hex digits', () => {
    const keys = new Set(Array.from({ length: 20_000 }, (_, k) => textKey(`song ${k}`)));
    expect(keys.size).toBe(20_000);
    expect(textKey('song 1')).toMatch(/^[0-9a-f]{32}$/);
  });
  it('reads only blocks that hold a wanted key, and a key once', () => {
    const block = (id: number, keys: string[]) => ({ id, keys, bytes: 10, usedAt: id });
    const plan = rowsToRead([block(1, ['a', 'b']), block(2, ['b', 'c']), block(3, ['d'])], ['b', 'c']);
    expect([...plan]).toEqual([[1, [{ key: 'b', row: 1 }]], [2, [{ key: 'c', row: 1 }]]]);
  });
  it('drops the least recently used first, until the rest fits: 10 + 20 + 30 into 35 -> the two older ones go', () => {
    const blocks = [{ id: 1, keys: [], bytes: 10, usedAt: 5 }, { id: 2, keys: [], bytes: 20, usedAt: 3 }, { id: 3, keys: [], bytes: 30, usedAt: 9 }];
    expect(blocksToDrop(blocks, 35)).toEqual([2, 1]);
    expect(blocksToDrop(blocks, 60)).toEqual([]);
  });
});
