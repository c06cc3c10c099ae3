import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluation';
import { itemSets } from './item-sets';
import { METRICS } from './metrics';
import { expectedAt } from './random-expectation';
import { rank, rankingTask } from './ranking';

/** The slow twin: sort all candidates by the stated order and look the targets up. */
function ranksBySorting(scores: Float32Array, excluded: number[], targets: number[]): number[] {
  const level = (i: number) => (Number.isNaN(scores[i]) ? -1 : 0);
  const candidates = Array.from(scores, (_, i) => i).filter((i) => !excluded.includes(i));
  candidates.sort((a, b) => {
    if (level(a) !== level(b)) return level(b) - level(a);
    if (level(a) === 0 && scores[a] !== scores[b]) return scores[b]! > scores[a]! ? 1 : -1;
    return Number(targets.includes(a)) - Number(targets.includes(b)) || a - b;
  });
  return targets.map((t) => candidates.indexOf(t) + 1);
}

// Few distinct scores, so that ties, infinities and NaN meet often.
const score = fc.constantFrom(-1, 0, 0.25, 0.5, 1, Infinity, -Infinity, NaN);
const rows = fc.array(score, { minLength: 2, maxLength: 20 }).chain((scores) =>
  fc.record({
    scores: fc.constant(Float32Array.from(scores)),
    targets: fc.uniqueArray(fc.nat(scores.length - 1), { minLength: 1, maxLength: 6 }),
    excluded: fc.uniqueArray(fc.nat(scores.length - 1), { maxLength: 6 }),
  }),
);
const pairs = (items: number[]) => ({ user: new Int32Array(items.length), item: Int32Array.from(items) });
const ranksOf = async (scores: Float32Array, targets: number[], excluded: number[]) =>
  Array.from((await rank({ score: (_, out) => out.set(scores) }, rankingTask(1, scores.length, pairs(targets), [pairs(excluded)]))).ranks);

describe('ranking', () => {
  it('equals sorting everything, with ties, infinities, NaN, several targets and targets that are excluded', () =>
    fc.assert(fc.asyncProperty(rows, async ({ scores, targets, excluded }) => {
      const sorted = [...targets].sort((a, b) => a - b);
      expect(await ranksOf(scores, targets, excluded)).toEqual(ranksBySorting(scores, excluded, sorted));
    }), { numRuns: 500 }));

  it('among listed items it equals full ranking with all others excluded; a target listed among its own negatives counts once', () =>
    fc.assert(fc.asyncProperty(rows, async ({ scores, targets, excluded: listed }) => {
      const rest = Array.from(scores.keys()).filter((i) => !listed.includes(i) && !targets.includes(i));
      const task = rankingTask(1, scores.length, pairs(targets), [], itemSets(1, [pairs(listed)]));
      const among = await rank({ score: (_, out) => out.set(scores) }, task);
      expect(Array.from(among.ranks)).toEqual(await ranksOf(scores, targets, rest));
      expect(among.candidates[0]).toBe(new Set([...listed, ...targets]).size);
    }), { numRuns: 500 }));

  it('renaming the items that are not targets changes no rank of a lone target', () =>
    fc.assert(fc.asyncProperty(rows, fc.nat(), async ({ scores, targets }, turn) => {
      const target = targets[0]!;
      const others = scores.filter((_, i) => i !== target);
      const moved = others.map((_, k) => others[(k + turn) % others.length]!);
      const again = Float32Array.from(scores, (s, i) => (i === target ? s : moved[i < target ? i : i - 1]!));
      expect(await ranksOf(again, [target], [])).toEqual(await ranksOf(scores, [target], []));
    })));

  it('a constant model puts its target last, and so does a NaN score', async () => {
    expect(await ranksOf(new Float32Array(6), [2], [])).toEqual([6]);
    expect(await ranksOf(Float32Array.of(1, NaN, NaN, -Infinity), [1], [0])).toEqual([3]);
  });

  it('the size of a block changes nothing', async () => {
    const U = 23;
    const I = 11;
    const held = { user: Int32Array.from({ length: U }, (_, u) => u), item: Int32Array.from({ length: U }, (_, u) => (u * 7) % I) };
    const model = { score: (users: ArrayLike<number>, out: Float32Array) => { for (let b = 0; b < users.length; b++) for (let i = 0; i < I; i++) out[b * I + i] = Math.sin(users[b]! * 31 + i); } };
    const task = rankingTask(U, I, held, []);
    const whole = await rank(model, task);
    expect((await rank(model, task, { budget: 3 * I })).ranks).toEqual(whole.ranks);
    expect((await rank(model, task, { budget: 1 })).ranks).toEqual(whole.ranks);
  });

  it('sets by user are ascending and hold each item once', () => {
    const sets = itemSets(3, [{ user: Int32Array.of(2, 0, 2), item: Int32Array.of(5, 1, 3) }, { user: Int32Array.of(2, 0), item: Int32Array.of(5, 0) }]);
    expect([...sets.start]).toEqual([0, 2, 2, 4]);
    expect([...sets.items]).toEqual([0, 1, 3, 5]);
  });
});

describe('slices', () => {
  it('an empty cold slice says what to do and holds no metric', async () => {
    const task = rankingTask(2, 3, { user: Int32Array.of(0, 1), item: Int32Array.of(0, 1) }, []);
    const ranking = await rank({ score: (_, out) => void out.fill(0) }, task);
    const e = evaluate(ranking, { cold: new Uint8Array(3), itemDegree: Int32Array.of(4, 4, 4) });
    expect(e.cold).toEqual({ n: 0, metrics: {}, empty: 'No cold test items (0 of 2): raise the cold share.' });
    expect(e.warm.n).toBe(2);
    expect(e.new.empty).toContain('temporal');
  });
  it('a user with a warm and a cold target counts in both slices, each with the place in the full list', async () => {
    const task = rankingTask(1, 4, pairs([0, 3]), []);
    const ranking = await rank({ score: (_, out) => out.set([4, 3, 2, 1]) }, task);
    const e = evaluate(ranking, { cold: Uint8Array.of(0, 0, 0, 1), itemDegree: Int32Array.of(3, 3, 3, 1) });
    expect([e.all.n, e.warm.n, e.cold.n]).toEqual([1, 1, 1]);
    expect(e.warm.metrics['MRR@10']!.value).toBe(1);
    expect(e.cold.metrics['MRR@10']!.value).toBe(1 / 4);
  });
  it('a strictly new item counts as cold too; a cold item with one train interaction is not new', async () => {
    const task = rankingTask(2, 3, { user: Int32Array.of(0, 1), item: Int32Array.of(1, 2) }, []);
    const ranking = await rank({ score: (_, out) => out.forEach((_s, k) => (out[k] = 3 - (k % 3))) }, task);
    const e = evaluate(ranking, { cold: Uint8Array.of(0, 1, 1), itemDegree: Int32Array.of(5, 1, 0) });
    expect([e.warm.n, e.cold.n, e.new.n]).toEqual([0, 2, 1]);
    expect(e.cold.metrics['MRR@10']!.value).toBeCloseTo((1 / 2 + 1 / 3) / 2, 15);
    expect(e.new.metrics['MRR@10']!.value).toBeCloseTo(1 / 3, 15);
  });
});

/** Mean of a metric over every set of places R relevant items can take among C. */
function meanOverOrders(C: number, R: number, relevant: number, id: string, k: number): number {
  const metric = METRICS.find((m) => m.id === id)!;
  let sum = 0;
  let n = 0;
  const visit = (from: number, ranks: number[]): void => {
    if (ranks.length === R) {
      sum += metric.at({ ranks, relevant }, k);
      n++;
      return;
    }
    for (let p = from; p <= C; p++) visit(p + 1, [...ranks, p]);
  };
  visit(1, []);
  return sum / n;
}

describe('chance in closed form', () => {
  it.each([[7, 1, 1], [8, 3, 3], [12, 2, 4], [4, 4, 4], [6, 0, 2]])('equals the mean over all orders: %i candidates, %i of %i relevant among them', (C, R, relevant) => {
    const expected = expectedAt(C, R, relevant);
    for (const m of METRICS) for (const k of [1, 5, 10]) expect(expected[`${m.id}@${k}`], `${m.id}@${k}`).toBeCloseTo(meanOverOrders(C, R, relevant, m.id, k), 12);
  });
});
