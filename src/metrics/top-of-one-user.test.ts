import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank, rankingTask } from './ranking';
import { topOfOneUser } from './top-of-one-user';

// Few distinct scores, so that ties, infinities and NaN meet often.
const score = fc.constantFrom(-1, 0, 0.25, 0.5, 1, Infinity, -Infinity, NaN);
const rows = fc.array(score, { minLength: 1, maxLength: 24 }).chain((scores) =>
  fc.record({ scores: fc.constant(scores), excluded: fc.uniqueArray(fc.nat(scores.length - 1), { maxLength: 10 }), K: fc.integer({ min: 1, max: 12 }), before: fc.nat(3) }),
);

describe('the top of a list', () => {
  it('equals sorting all candidates by score, then by item, without those that have no score', () =>
    fc.assert(fc.property(rows, ({ scores, excluded, K, before }) => {
      const sorted = scores.map((_, i) => i).filter((i) => !excluded.includes(i) && !Number.isNaN(scores[i]));
      sorted.sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b]! > scores[a]! ? 1 : -1));
      const row = Float32Array.from([...Array.from({ length: before }, () => 9), ...scores, 9]);
      const out = Int32Array.from([5, ...excluded.sort((a, b) => a - b), 0]);
      expect([...topOfOneUser(row, before, scores.length, out, 1, out.length - 1, K)]).toEqual(sorted.slice(0, K));
    }), { numRuns: 500 }));

  it('a ranking keeps the lists of its users when asked, with the same ranks, and none when not', async () => {
    const pairs = (user: number[], item: number[]) => ({ user: Int32Array.from(user), item: Int32Array.from(item) });
    const task = rankingTask(3, 5, pairs([0, 2], [1, 4]), [pairs([0, 1, 2], [0, 3, 3])]);
    const model = { score: (users: ArrayLike<number>, out: Float32Array) => { for (let b = 0; b < users.length; b++) for (let i = 0; i < 5; i++) out[b * 5 + i] = users[b] === 0 ? -i : i; } };
    const asked = await rank(model, task, { listLength: 3, budget: 5 });
    expect(asked.lists.map((l) => [...l])).toEqual([[1, 2, 3], [4, 2, 1]]);
    const plain = await rank(model, task);
    expect(plain.lists).toEqual([]);
    expect(asked.ranks).toEqual(plain.ranks);
  });
});
