import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RankedList } from '../core/metric';
import { METRICS } from './metrics';
import { rank, rankingTask } from './ranking';
import { evaluate } from './evaluation';

const at = (id: string, list: RankedList, k: number): number => METRICS.find((m) => m.id === id)!.at(list, k);

describe('worked examples', () => {
  it('the only relevant item at rank 3: HR@5 1, NDCG@5 one half, MRR@5 one third, Precision@5 one fifth', () => {
    const list = { ranks: [3], relevant: 1 };
    expect(METRICS.map((m) => m.at(list, 5))).toEqual([1, 0.5, 1, 0.2, 1 / 3, 1 / 3]);
    expect(METRICS.map((m) => m.at(list, 1))).toEqual([0, 0, 0, 0, 0, 0]);
  });
  it('ranks 2, 5, 7 at 5: MAP is (1/2 + 2/5)/3 = 0.3', () => expect(at('MAP', { ranks: [2, 5, 7], relevant: 3 }, 5)).toBeCloseTo(0.3, 15));
  it('no relevant item -> no value for any metric', () => {
    for (const m of METRICS) expect(m.at({ ranks: [], relevant: 0 }, 10), m.id).toBeNaN();
  });
  it('a relevant item that is no candidate is a miss, not left out', () => {
    for (const m of METRICS) expect(m.at({ ranks: [], relevant: 1 }, 10), m.id).toBe(0);
  });
});

const lists = fc
  .uniqueArray(fc.integer({ min: 1, max: 150 }), { maxLength: 12 })
  .chain((ranks) => fc.record({ ranks: fc.constant(ranks.sort((a, b) => a - b)), relevant: fc.integer({ min: Math.max(1, ranks.length), max: 15 }) }));

describe('laws', () => {
  it('every metric lies in [0, 1]', () => {
    fc.assert(fc.property(lists, fc.integer({ min: 1, max: 120 }), (list, k) => {
      for (const m of METRICS) {
        expect(m.at(list, k)).toBeGreaterThanOrEqual(0);
        expect(m.at(list, k)).toBeLessThanOrEqual(1 + 1e-12);
      }
    }));
  });
  it('HR, Recall and MRR never fall as K grows', () => {
    fc.assert(fc.property(lists, fc.integer({ min: 1, max: 120 }), (list, k) => {
      for (const id of ['HR', 'Recall', 'MRR']) expect(at(id, list, k + 1)).toBeGreaterThanOrEqual(at(id, list, k));
    }));
  });
  it('moving a hit one place up never hurts', () => {
    fc.assert(fc.property(lists, fc.integer({ min: 1, max: 120 }), fc.nat(), (list, k, pick) => {
      if (list.ranks.length === 0) return;
      const j = pick % list.ranks.length;
      const better = [...list.ranks];
      if (better[j] === 1 || better[j - 1] === better[j]! - 1) return;
      better[j]!--;
      for (const m of METRICS) expect(m.at({ ...list, ranks: better }, k)).toBeGreaterThanOrEqual(m.at(list, k) - 1e-15);
    }));
  });
});

interface Reference {
  ks: number[];
  cases: { name: string; scores: number[]; seen: number[]; relevant: number[]; relevant_ranks_from_1: number[]; at: Record<string, Record<string, number> | null> }[];
  leave_one_out: { ranks_from_1: number[]; at: Record<string, { hits: number; n: number; hr: number; ndcg: number; mrr: number }> };
}
const file = '../shared/reference/metrics.json';
describe.skipIf(!existsSync(file))('equal the reference (metrics.json; skipped where ../shared is absent)', () => {
  const reference = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Reference) : null;
  const names: Record<string, string> = { HR: 'hr', NDCG: 'ndcg', Recall: 'recall', Precision: 'precision', MRR: 'mrr', MAP: 'map' };

  it.each(reference?.cases ?? [])('$name', async (c) => {
    const pairs = (items: number[]) => ({ user: new Int32Array(items.length), item: Int32Array.from(items) });
    const task = rankingTask(1, c.scores.length, pairs(c.relevant), [pairs(c.seen)]);
    const ranking = await rank({ score: (_, out) => out.set(c.scores) }, task);
    const ranks = Array.from(ranking.ranks).sort((a, b) => a - b);
    expect(ranks).toEqual([...c.relevant_ranks_from_1].sort((a, b) => a - b));
    for (const k of reference!.ks) {
      const expected = c.at[k];
      for (const m of METRICS) {
        const value = m.at({ ranks, relevant: c.relevant.length }, k);
        if (expected === null) expect(value).toBeNaN();
        else expect(Math.abs(value - expected![names[m.id]!]!), `${m.id}@${k}`).toBeLessThan(1e-12);
      }
    }
  });

  it('leave-one-out means over ten users', () => {
    const { ranks_from_1, at: expected } = reference!.leave_one_out;
    const n = ranks_from_1.length;
    const targets = new Int32Array(n);
    const ranking = {
      users: Int32Array.from(ranks_from_1, (_, k) => k), targetStart: Int32Array.from({ length: n + 1 }, (_, k) => k),
      targets, ranks: Int32Array.from(ranks_from_1), candidates: new Int32Array(n).fill(500), lists: [],
    };
    const all = evaluate(ranking, { cold: new Uint8Array(1), itemDegree: new Int32Array([5]) }).all;
    expect(all.n).toBe(n);
    for (const k of [1, 5, 10]) {
      for (const [id, key] of [['HR', 'hr'], ['NDCG', 'ndcg'], ['MRR', 'mrr']] as const) {
        expect(Math.abs(all.metrics[`${id}@${k}`]!.value - expected[k]![key])).toBeLessThan(1e-12);
      }
      expect(Math.round(all.metrics[`HR@${k}`]!.value * n)).toBe(expected[k]!.hits);
    }
  });
});
