import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { rank, rankingTask } from './ranking';
import { rankInRows } from './rank-in-rows';
import { rankOneUser } from './rank-one-user';
import { plainScoreRows, takeScoreRows, type ScoreRows } from './score-rows';

/** Few levels give ties everywhere; many give none. Zeros of both signs are equal. */
const score = fc.oneof(fc.constantFrom(-1, 0, -0, 0.25, 1, Infinity, -Infinity, NaN), fc.float({ noNaN: true }));
const sizes = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 60, max: 70 }), fc.integer({ min: 200, max: 700 }));
const blocks = fc.record({ I: sizes, rows: fc.integer({ min: 1, max: 3 }), K: fc.oneof(fc.constantFrom(1, 100), fc.integer({ min: 1, max: 130 })), levels: fc.boolean(), seed: fc.nat() });

function filled(rows: ScoreRows, levels: boolean, seed: number): ScoreRows {
  const r = createRandom(seed, 'scores');
  const some = [-1, 0, -0, 0.5, NaN, Infinity, -Infinity, 2];
  for (let k = 0; k < rows.scores.length; k++) rows.scores[k] = levels || r.next() < 0.05 ? some[r.int(some.length)]! : r.normal();
  return rows;
}

describe('rows of scores', () => {
  it('the SIMD kernels find the counts and the lists of their twin: ties, NaN, both zeros, 0, 1 and odd sizes, more places than items', () =>
    fc.assert(fc.property(blocks, score, ({ I, rows, K, levels, seed }, s) => {
      const fast = filled(takeScoreRows(rows, I, K), levels, seed);
      const slow = filled(plainScoreRows(rows, I), levels, seed);
      for (let row = 0; row < rows; row++) {
        expect(fast.atLeast(row, Math.fround(s))).toBe(slow.atLeast(row, Math.fround(s)));
        for (const k of [K, 1]) expect([...fast.top(row, k)]).toEqual([...slow.top(row, k)]);
      }
      fast.release();
    }), { numRuns: 300 }));

  it.each([
    ['nothing but NaN', () => NaN, 0],
    ['the same score everywhere', () => 3, 100],
    ['best first', (i: number) => -i, 100],
    ['best last', (i: number) => i, 100],
    ['an organ pipe', (i: number) => Math.min(i, 4999 - i), 100],
  ])('a long row of %s gives the list of the twin', (_, of, length) => {
    const [fast, slow] = [takeScoreRows(1, 5000, 100), plainScoreRows(1, 5000)];
    for (const rows of [fast, slow]) rows.scores.forEach((__, i) => void (rows.scores[i] = of(i)));
    expect(fast.top(0, 100)).toHaveLength(length);
    expect([...fast.top(0, 100)]).toEqual([...slow.top(0, 100)]);
    fast.release();
  });

  it('ranks by counting are those by looking at every item, with targets that are excluded, tied or without a score; excluded items are gone afterwards', () => {
    const places = (I: number) => fc.uniqueArray(fc.nat(I - 1), { maxLength: 8 }).map((list) => Int32Array.from(list).sort());
    const worlds = fc.integer({ min: 1, max: 40 }).chain((I) => fc.record({ I: fc.constant(I), excluded: places(I), targets: places(I), levels: fc.boolean(), seed: fc.nat(), plain: fc.boolean() }));
    fc.assert(fc.property(worlds, ({ I, excluded, targets, levels, seed, plain }) => {
      const rows = filled(plain ? plainScoreRows(2, I) : takeScoreRows(2, I, 1), levels, seed);
      const [one, other] = [new Int32Array(targets.length), new Int32Array(targets.length)];
      const candidates = rankOneUser(rows.scores.slice(), I, I, excluded, 0, excluded.length, targets, 0, targets.length, one);
      expect(rankInRows(rows, 1, I, excluded, 0, excluded.length, targets, 0, targets.length, other)).toBe(candidates);
      expect([...other]).toEqual([...one]);
      for (const i of excluded) expect(rows.scores[I + i]).toBeNaN();
      rows.release();
    }), { numRuns: 300 });
  });

  it('two rankings at once do not see each other’s scores', async () => {
    const [U, I] = [40, 30];
    const held = { user: Int32Array.from({ length: U }, (_, u) => u), item: Int32Array.from({ length: U }, (_, u) => u % I) };
    const task = rankingTask(U, I, held, []);
    const ranked = (sign: number) =>
      rank({ score: async (users, out) => { for (let b = 0; b < users.length; b++) { for (let i = 0; i < I; i++) out[b * I + i] = sign * i; await Promise.resolve(); } } }, task, { budget: 7 * I, listLength: 1, between: () => new Promise((go) => setTimeout(go)) });
    const [up, down] = await Promise.all([ranked(1), ranked(-1)]);
    expect([...up.ranks]).toEqual(Array.from(held.item, (i) => I - i));
    expect([...down.ranks]).toEqual(Array.from(held.item, (i) => i + 1));
    expect(new Set(up.lists.map((l) => l[0]))).toEqual(new Set([I - 1]));
  });

  it('where SIMD does not run, ranks and lists are the same', async () => {
    const task = rankingTask(3, 50, { user: Int32Array.of(0, 1, 2), item: Int32Array.of(3, 7, 9) }, [{ user: Int32Array.of(0, 2), item: Int32Array.of(1, 9) }]);
    const model = { score: (users: ArrayLike<number>, out: Float32Array) => { for (let k = 0; k < users.length * 50; k++) out[k] = Math.sin(users[Math.floor(k / 50)]! * 31 + (k % 50)); } };
    const fast = await rank(model, task, { listLength: 5 });
    const slow = plainScoreRows(3, 50);
    model.score([0, 1, 2], slow.scores);
    const ranks = new Int32Array(3);
    [0, 1, 2].forEach((u) => void rankInRows(slow, u, 50, task.excluded.items, task.excluded.start[u]!, task.excluded.start[u + 1]!, task.targets, u, u + 1, ranks));
    expect(fast.ranks).toEqual(ranks);
    expect(fast.lists).toEqual([0, 1, 2].map((u) => slow.top(u, 5)));
  });
});

it('the shipped ranking kernels are what their AssemblyScript source gives', () => {
  expect(execFileSync(process.execPath, ['src/math/simd-ranking/build.mjs', '--check'], { encoding: 'utf8' })).toContain('is what ranking.as gives');
});
