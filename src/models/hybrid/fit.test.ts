import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import type { FittedMember, Recommender, TrainData } from '../../core/model';
import { contextFor, smallWorld, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { minMaxRows } from './normalise';
import { mixtures, sharesOf } from './weights';

/** A model whose scores are a table. */
const member = (name: string, weight: number, rows: number[][], more: Partial<Recommender> = {}): FittedMember => ({
  id: name, name, weight,
  model: {
    score: (users, out) => users.forEach((u: number, b: number) => out.set(rows[u]!, b * rows[u]!.length)),
    save: () => ({ version: 7, arrays: { rows: { shape: [rows.length], data: Float64Array.from(rows.flat()) } }, meta: { name } }),
    ...more,
  },
});
const blend = (train: TrainData, members: FittedMember[], params = { members: '', tune: false }) => fitModule.fit({ ...contextFor(train, params), members });
const scoresOf = async (model: Recommender, train: TrainData): Promise<number[]> => {
  const out = new Float32Array(train.U * train.I);
  await model.score(Int32Array.from({ length: train.U }, (_, u) => u), out);
  return [...out];
};
const rounded = (x: readonly number[]): number[] => x.map((v) => Number(v.toFixed(6)));
/** One user who has item 0 of four. */
const one = trainFrom(1, 4, [[0, 0, 1]]);

describe('Hybrid', () => {
  it('candidates 2, 4, 6 and 10, 30, 20 in equal parts: 0 + 0, ½ + 1, 1 + ½, halved; the known item is cut at the ends of the scale', async () => {
    const model = await blend(one, [member('a', 0.5, [[99, 2, 4, 6]]), member('b', 0.5, [[-5, 10, 30, 20]])]);
    expect(rounded(await scoresOf(model, one))).toEqual([0.5, 0, 0.75, 0.75]);
  });
  it('only the proportions of weights count', async () => {
    const rows = [[[0, 2, 4, 6]], [[0, 10, 30, 20]]];
    const [a, b] = await Promise.all([[0.2, 0.6], [0.25, 0.75]].map((w) => blend(one, w.map((x, k) => member(String(k), x, rows[k]!)))));
    expect(rounded(await scoresOf(a!, one))).toEqual(rounded(await scoresOf(b!, one)));
  });
  it('shifting or stretching a member’s scores changes nothing', () =>
    fc.assert(fc.asyncProperty(smallWorld, fc.double({ min: 0.25, max: 4, noNaN: true }), fc.integer({ min: -8, max: 8 }), async (train, stretch, shift) => {
      const table = (f: (x: number) => number): number[][] => Array.from({ length: train.U }, (_, u) => Array.from({ length: train.I }, (_, i) => f((u * 7 + i * i * 3) % 11)));
      const other = member('b', 0.3, table((x) => 11 - x));
      const a = await scoresOf(await blend(train, [member('a', 0.7, table((x) => x)), other]), train);
      const b = await scoresOf(await blend(train, [member('a', 0.7, table((x) => x * stretch + shift)), other]), train);
      a.forEach((v, k) => expect(Math.abs(v - b[k]!)).toBeLessThan(1e-4));
    }), { numRuns: 60 }));
  it('a member that scores all candidates alike, or none as a number, says nothing', async () => {
    const known = member('known', 0.5, [[0, 1, 2, 3]]);
    for (const mute of [[5, 5, 5, 5], [9, 5, 5, 5], [NaN, NaN, NaN, NaN], [1, -Infinity, -Infinity, -Infinity]]) {
      expect(rounded(await scoresOf(await blend(one, [known, member('mute', 0.5, [mute])]), one))).toEqual([0, 0, 0.25, 0.5]);
    }
  });
  it('explains by each member’s share of the score, largest first; shares sum to 1', async () => {
    const model = await blend(one, [
      member('a', 0.25, [[0, 2, 4, 6]]), member('b', 0.75, [[0, 10, 30, 20]], { explain: () => [{ text: 'because', weight: 1 }] }),
    ]);
    expect(model.explain!(userIndex(0), itemIndex(2))).toEqual([
      { text: 'b: 1.00 on a scale from 0 (its last choice for this user) to 1 (its first), weight .75', weight: 0.75 / 0.875 },
      { text: 'b: because' },
      { text: 'a: 0.50 on a scale from 0 (its last choice for this user) to 1 (its first), weight .25', weight: 0.125 / 0.875 },
    ]);
  });
  it('a history folded in is blended as a user of that history is', async () => {
    const fold = { foldIn: () => ({ score: (out: Float32Array) => out.set([0, 2, 4, 6]) }) };
    const model = await blend(one, [member('a', 0.5, [[0, 2, 4, 6]], fold), member('b', 0.5, [[0, 2, 4, 6]], fold)]);
    const out = new Float32Array(4);
    model.foldIn!([itemIndex(0)]).score(out);
    expect([...out]).toEqual(await scoresOf(model, one));
    expect((await blend(one, [member('a', 0.5, [[0, 2, 4, 6]], fold), member('b', 0.5, [[0, 2, 4, 6]])])).foldIn).toBeUndefined();
  });
  it('its state holds the states of its members, and disposing it disposes of them', async () => {
    let gone = 0;
    const dispose = { dispose: () => void gone++ };
    const model = await blend(one, [member('a', 0.5, [[0, 2, 4, 6]], dispose), member('b', 0.5, [[0, 2, 4, 6]], dispose)]);
    const state = await model.save();
    expect(Object.keys(state.arrays)).toEqual(['0/rows', '1/rows']);
    expect(state.meta).toEqual({ shares: [0.5, 0.5], members: [{ version: 7, meta: { name: 'a' } }, { version: 7, meta: { name: 'b' } }] });
    model.dispose!();
    expect(gone).toBe(2);
  });
});

describe('tuning', () => {
  it('takes the mixture that validation values most, and says how many were tried', async () => {
    const members = [member('good', 0.1, [[0, 1, 2, 3]]), member('bad', 0.9, [[0, 3, 2, 1]])];
    const model = await fitModule.fit({
      ...contextFor(one, { members: '', tune: true }), members,
      // Values a variant by where it puts item 3.
      compare: async (variants, scores) => {
        const values = Array.from({ length: variants }, () => -1);
        await scores(Int32Array.of(0), (v, rows) => (values[v] = rows[3]! - rows[1]!));
        return values;
      },
    });
    expect(model.summary).toBe('Weights tuned on validation, best NDCG@10 of 21 mixtures (1.0000): good 1.00, bad .00.');
    expect(rounded(await scoresOf(model, one))).toEqual([0, 0, 0.5, 1]);
    expect((await model.save()).meta['shares']).toEqual([1, 0]);
  });
  it('without validation items it is refused', async () => {
    await expect(blend(one, [member('a', 1, [[0, 1, 2, 3]]), member('b', 1, [[0, 1, 2, 3]])], { members: '', tune: true })).rejects.toThrow(/holds out no validation items/);
  });
  it('the grid holds every way to cut a whole into parts, each member alone among them, even ones first', () => {
    for (const n of [2, 3, 4, 5, 6]) {
      const all = mixtures(n);
      for (const m of all) expect(m.reduce((s, x) => s + x, 0)).toBeCloseTo(1, 12);
      expect(all.filter((m) => m.includes(1))).toHaveLength(n);
      expect(new Set(all.map(String)).size).toBe(all.length);
    }
    expect(mixtures(2)[0]).toEqual([0.5, 0.5]);
    expect(mixtures(3)).toHaveLength(66);
    expect(sharesOf([0.2, 0.6])).toEqual([0.25, 0.75].map((x) => expect.closeTo(x, 12) as number));
  });
  it('minMaxRows of −∞, 0, 2, +∞ without known items: 0, 0, 1, 1', () => {
    const row = Float32Array.of(-Infinity, 0, 2, Infinity);
    minMaxRows(row, 1, 4, () => []);
    expect([...row]).toEqual([0, 0, 1, 1]);
  });
});
