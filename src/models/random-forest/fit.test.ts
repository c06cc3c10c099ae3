import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import type { TrainData } from '../../core/model';
import { defaultsOf } from '../../core/params';
import { createRandom } from '../../core/random';
import { contextFor, denseMatrix, dot, scoreRows, smallWorld, trainFrom, transposed } from '../../math/small-matrices';
import { drawExamples, setAside } from './examples';
import { rankingFeatures } from './features';
import { fitModule } from './fit';
import { params } from './params';

const plain = defaultsOf(params);
const quick = { ...plain, trees: 20, minLeaf: 5 };
const noWait = () => undefined;

/** With a country per user and a tempo per item, so that every feature there is takes part. */
const described = (t: TrainData): TrainData => ({
  ...t,
  users: { ...t.users, columns: [{ kind: 'categorical', name: 'country', codes: Int32Array.from({ length: t.U }, (_, u) => (u % 3) - 1), levels: ['FR', 'DE'] }, { kind: 'numeric', name: 'age', values: Float64Array.from({ length: t.U }, (_, u) => 20 + u) }] },
  items: { ...t.items, columns: [{ kind: 'numeric', name: 'tempo', values: Float64Array.from({ length: t.I }, (_, i) => (i === 1 ? NaN : (i * 37) % 11)) }, { kind: 'numeric', name: 'energy', values: Float64Array.from({ length: t.I }, (_, i) => (i * 5) % 7) }] },
});
const table = (t: TrainData, user: number): number[][] => {
  const features = rankingFeatures(t, null);
  const out = new Float32Array(t.I * features.names.length);
  features.of(features.person(user))(Int32Array.from({ length: t.I }, (_, i) => i), out);
  return Array.from({ length: t.I }, (_, i) => [...out.subarray(i * features.names.length, (i + 1) * features.names.length)]);
};
const ask = { share: 0.3, plays: 1000, negatives: 3 };
const triplets = (t: TrainData): [number, number, number][] => [...t.user].map((u, n) => [u, t.item[n]!, t.value![n]!]);

describe('features of the forest', () => {
  it('likeness is the mean cosine to the person’s items over other people, written down with full matrices', () => {
    fc.assert(fc.property(smallWorld, (world) => {
      const x = denseMatrix(world);
      for (let u = 0; u < world.U; u++) {
        const own = x[u]!.flatMap((v, i) => (v ? [i] : []));
        const columns = transposed(x);
        table(world, u).forEach((row, i) => {
          if (own.includes(i)) return;
          const cosine = (j: number): number => dot(columns[i]!, columns[j]!) / (Math.sqrt(dot(columns[i]!, columns[i]!) * dot(columns[j]!, columns[j]!)) || 1);
          const mean = own.length ? own.reduce((s, j) => s + cosine(j), 0) / own.length : 0;
          expect(row.slice(0, 2)).toEqual([own.length, columns[i]!.filter(Boolean).length]);
          expect(row[2]!).toBeCloseTo(mean, 5);
        });
      }
    }), { numRuns: 100 });
  });
});

describe('examples of the forest', () => {
  it('the target never enters its features: they equal those of data in which no play asked about ever happened', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.nat(), async (world, seed) => {
      const { x, y, user, item } = await drawExamples(described(world), null, ask, createRandom(seed), noWait);
      const asked = new Set([...y.keys()].filter((r) => y[r] === 1).map((r) => `${user[r]} ${item[r]}`));
      const rest = triplets(world).filter(([u, i]) => !asked.has(`${u} ${i}`));
      const pairs = (list: [number, number, number][]): number => new Set(list.map(([u, i]) => `${u} ${i}`)).size;
      expect(asked.size).toBe(pairs(triplets(world)) - pairs(rest));
      const never = rankingFeatures(described(trainFrom(world.U, world.I, rest)), null, pairs(triplets(world)) / Math.max(1, pairs(rest)));
      const F = never.names.length;
      y.forEach((_, r) => {
        const row = new Float32Array(F);
        never.of(never.person(user[r]!))(Int32Array.of(item[r]!), row);
        expect([...x.subarray(r * F, (r + 1) * F)]).toEqual([...row]);
      });
    }), { numRuns: 200 });
  });

  it('the value of a play asked about is in no feature of any example', async () => {
    const world = trainFrom(6, 6, Array.from({ length: 20 }, (_, n) => [n % 6, (n * n) % 6, 1 + (n % 3)] as const));
    const before = await drawExamples(world, null, ask, createRandom(3), noWait);
    const isAsked = new Set([...before.y.keys()].filter((r) => before.y[r] === 1).map((r) => before.user[r]! * 6 + before.item[r]!));
    const louder = { ...world, value: world.value!.map((v, n) => (isAsked.has(world.user[n]! * 6 + world.item[n]!) ? 1000 * v : v)) };
    expect((await drawExamples(louder, null, ask, createRandom(3), noWait)).x).toEqual(before.x);
  });

  it('negatives are never an item the person has, nor the one held out for validation', async () => {
    const train = trainFrom(2, 8, [[0, 0, 1], [0, 1, 1], [1, 2, 1], [1, 3, 1], [1, 4, 1]]);
    train.validationItem.set([5, 6]);
    const { y, user, item } = await drawExamples(train, null, { share: 0.9, plays: 100, negatives: 9 }, createRandom(1), noWait);
    const banned = [[0, 1, 5], [2, 3, 4, 6]];
    expect([...y].filter((v) => v === 1).length).toBe(5);
    y.forEach((v, r) => expect(banned[user[r]!]!.includes(item[r]!)).toBe(v === 1));
  });

  it('a tenth of the plays is set aside, each with its negatives', async () => {
    const train = trainFrom(30, 20, Array.from({ length: 200 }, (_, n) => [n % 30, (n * 7) % 20, 1] as const));
    const examples = await drawExamples(train, null, { ...ask, share: 0.5 }, createRandom(1), noWait);
    const { learn, check } = setAside(examples, rankingFeatures(train, null).names.length);
    expect(new Set(check.play).size).toBe(Math.floor(new Set(examples.play).size / 10));
    expect([...check.play].some((p) => learn.play.includes(p))).toBe(false);
  });
});

describe('the random-forest ranker', () => {
  const chance = createRandom(5, 'chance');
  const byChance = trainFrom(60, 40, Array.from({ length: 900 }, () => [chance.int(60), chance.int(40), 1] as const));

  it('finds nothing in plays that happened by chance', async () => {
    const model = await fitModule.fit(contextFor(byChance, quick));
    const { meta } = await model.save();
    expect(Math.abs((meta['setAside'] as { r: number }).r)).toBeLessThan(0.2);
  });

  it('says what matters: two colours of people and items, and likeness carries nearly all', async () => {
    const draw = createRandom(6, 'colours');
    const train = trainFrom(60, 40, Array.from({ length: 900 }, () => {
      const u = draw.int(60);
      return [u, 2 * draw.int(20) + (u % 2), 1] as const;
    }));
    const model = await fitModule.fit(contextFor(train, quick));
    const { meta } = await model.save();
    const names = meta['features'] as string[];
    const likeness = names.findIndex((n) => n.startsWith('likeness'));
    expect((meta['impurity'] as number[])[likeness]!).toBeGreaterThan(0.7);
    const rises = meta['permutation'] as number[];
    expect(Math.max(...rises)).toBe(rises[likeness]);
    expect(model.explain!(userIndex(0), itemIndex(3))[0]!.text).toMatch(/^likeness to the person’s items by who has them: .* lowers the score/);
    const rows = await scoreRows(model, train);
    const out = new Float32Array(train.I);
    model.foldIn!([0, 2, 4, 6].map(itemIndex)).score(out);
    for (const scores of [rows[0]!, [...out]]) expect(Math.min(...scores.filter((_, i) => i % 2 === 0))).toBeGreaterThan(Math.max(...scores.filter((_, i) => i % 2 === 1)));
  });

  it('refuses to go on with other features than it was grown on', async () => {
    const state = await (await fitModule.fit(contextFor(byChance, quick))).save();
    expect(() => fitModule.restore(state, contextFor(described(byChance), quick))).toThrow('grown on other features');
  });
});
