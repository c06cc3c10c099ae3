import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityTable } from '../../core/dataset';
import type { Progress, TrainData } from '../../core/model';
import { defaultsOf } from '../../core/params';
import { contextFor, scoreRows, smallWorld, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { groupColumn } from './groups';
import { params } from './params';

const plain = defaultsOf(params);
const DAY = 86400;
const inCountries = (train: TrainData, codes: number[]): TrainData => ({
  ...train,
  users: { ...train.users, columns: [{ kind: 'categorical', name: 'country', codes: Int32Array.from(codes), levels: ['FR', 'DE'] }] },
});

describe('popularity', () => {
  it('by default is the count over the largest count, for everyone alike', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, async (train) => {
      const rows = await scoreRows(await fitModule.fit(contextFor(train, plain)), train);
      const counts = Array.from({ length: train.I }, (_, i) => train.item.filter((j) => j === i).length);
      for (const row of rows) expect(row).toEqual(counts.map((c) => Math.fround(c / Math.max(...counts))));
    }));
  });

  it('a half-life of 10 days: a play 10 days old counts ½, one 30 days old ⅛', async () => {
    const train = { ...trainFrom(3, 3, [[0, 0, 1], [1, 1, 1], [2, 2, 1]]), time: Float64Array.of(70 * DAY, 90 * DAY, 100 * DAY) };
    const [row] = await scoreRows(await fitModule.fit(contextFor(train, { ...plain, halfLife: 10 })), train);
    expect(row).toEqual([0.125, 0.5, 1]);
  });

  it('without times a half-life changes nothing, and the run says so', async () => {
    const train = trainFrom(2, 2, [[0, 0, 1], [1, 0, 1], [1, 1, 1]]);
    const said: Progress[] = [];
    const model = await fitModule.fit({ ...contextFor(train, { ...plain, halfLife: 10 }), report: async (p) => (said.push(p), 'continue') });
    expect((await scoreRows(model, train))[0]).toEqual([1, 0.5]);
    expect(said).toMatchObject([{ kind: 'phase', label: 'The data have no times, so all plays count alike' }]);
  });

  it('by country: each gets its own list; a small country and an unknown one get everyone’s', async () => {
    // FR: users 0, 1 (4 plays); DE: user 2 (1 play); user 3 unknown.
    const train = inCountries(trainFrom(4, 3, [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [2, 2, 1], [3, 2, 1], [3, 1, 1]]), [0, 0, 1, -1]);
    const model = await fitModule.fit(contextFor(train, { ...plain, audience: 'group', minPlays: 2 }));
    const everyone = [2 / 3, 1, 2 / 3].map(Math.fround);
    expect(await scoreRows(model, train)).toEqual([[1, 1, 0], [1, 1, 0], everyone, everyone]);
    const state = structuredClone(await model.save());
    const restored = await fitModule.restore(state, contextFor(train, plain));
    expect(await scoreRows(restored, train)).toEqual(await scoreRows(model, train));
  });

  it('groups by the country if there is one, by one named column else, and refuses two', () => {
    const column = (name: string, levels: number) => ({ kind: 'categorical' as const, name, codes: new Int32Array(6), levels: Array.from({ length: levels }, (_, k) => String(k)) });
    const users: EntityTable = { ids: ['a', 'b', 'c', 'd', 'e', 'f'], label: null, columns: [column('name', 6), column('age', 2), column('Country', 3)] };
    expect(groupColumn(users, '*')?.name).toBe('Country');
    expect(groupColumn(users, 'age')?.name).toBe('age');
    expect(groupColumn({ ...users, columns: [column('name', 6)] }, '*')).toBeNull();
    expect(() => groupColumn(users, 'age,Country')).toThrow('groups people by one column; 2 were chosen');
    expect(() => groupColumn(users, 'town')).toThrow('Available: name, age, Country');
  });
});
