import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { StoredWeights } from './protocol';
import { bytesOf, keepWeights, readWeights, weightsToDrop } from './weights-store';

const w = (runId: string, bytes: number, usedAt: number): StoredWeights => ({ runId, bytes, usedAt });
const none = new Set<string>();

describe('which weights go when room is short', () => {
  const stored = [w('old', 40, 1), w('new', 40, 3), w('mid', 20, 2)];
  it('nothing while all fit', () => {
    expect(weightsToDrop(stored, 10, 110, none, null)).toEqual([]);
  });
  it('the one used longest ago first, and only as many as needed', () => {
    expect(weightsToDrop(stored, 10, 100, none, null)).toEqual(['old']);
    expect(weightsToDrop(stored, 50, 100, none, null)).toEqual(['old', 'mid']);
  });
  it('a pinned run last, a run that is no longer listed before all others', () => {
    expect(weightsToDrop(stored, 50, 100, new Set(['old']), null)).toEqual(['mid', 'new']);
    expect(weightsToDrop(stored, 10, 100, none, new Set(['old', 'mid']))).toEqual(['new']);
  });
  it('what is larger than the limit is not kept at all', () => {
    expect(weightsToDrop([], 101, 100, none, null)).toBeNull();
  });
  it('what remains and what comes fit into the limit, whatever was there', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(9)), { maxLength: 12 }), fc.nat(80), fc.integer({ min: 60, max: 200 }), (list, need, limit) => {
      const have = list.map(([bytes, usedAt], n) => w(String(n), bytes, usedAt));
      const drop = weightsToDrop(have, need, limit, none, null);
      if (drop === null) return void expect(need).toBeGreaterThan(limit);
      expect(have.filter((h) => !drop.includes(h.runId)).reduce((s, h) => s + h.bytes, need)).toBeLessThanOrEqual(Math.max(limit, need));
    }));
  });
  it('counts array bytes, and where there is no storage nothing is kept and nothing fails', async () => {
    const state = { version: 1, arrays: { a: { shape: [2], data: Float64Array.of(1, 2) } }, meta: {} };
    expect(bytesOf(state)).toBe(18);
    expect(await keepWeights('r', () => state)).toBeNull();
    expect(await readWeights('r')).toBeUndefined();
  });
  it('weights that cannot be read cost the run a sentence, not its result', async () => {
    vi.stubGlobal('indexedDB', {});
    expect(await keepWeights('r', () => Promise.reject(new Error('The device was lost.')))).toMatch(/^The model's weights could not be stored: The device was lost\. Recommend can fit this run again/);
    vi.unstubAllGlobals();
  });
});
