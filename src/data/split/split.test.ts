import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import { DEFAULT_SPLIT, type SplitProtocol, type SplitSpec } from '../../core/split';
import { mix32 } from '../../core/random';
import { assemble } from '../assemble';
import { splitData, trainData } from './split';
import { warmCold } from './warm-cold';

type Row = [user: number, item: number, time: number];
const dataOf = (rows: Row[], timed = true): DataSet =>
  assemble({
    name: 'small', recipe: 'test', sources: [], users: null, items: null,
    interactions: { user: rows.map((r) => String(r[0])), item: rows.map((r) => String(r[1])), time: timed ? Float64Array.from(rows, (r) => r[2]) : null, value: null, row: Int32Array.from(rows, (_, k) => k) },
  }).data;
const spec = (change: Partial<SplitSpec>): SplitSpec => ({ ...DEFAULT_SPLIT, ...change });

/** Distinct pairs with coarse times, so that equal timestamps are common. */
const worlds = fc
  .uniqueArray(fc.tuple(fc.nat(8), fc.nat(15), fc.nat(12)), { minLength: 12, maxLength: 80, selector: ([u, i]) => u * 100 + i })
  .map((rows) => dataOf(rows as Row[]));
const protocols: SplitProtocol[] = ['last', 'hash', 'random', 'temporal'];

const pairsOf = (user: ArrayLike<number>, item: ArrayLike<number>): string[] => Array.from(user, (u, k) => `${u},${item[k]}`);
/** A world may have no user with three interactions; that case has a test of its own. */
const measurable = (data: DataSet): boolean => {
  const degree = new Int32Array(data.users.ids.length);
  for (const u of data.interactions.user) degree[u]!++;
  return degree.some((d) => d >= 3);
};

describe('every protocol', () => {
  it('puts each interaction in exactly one of train, validation and test', () => {
    fc.assert(fc.property(worlds, fc.constantFrom(...protocols), fc.boolean(), (data, protocol, validation) => {
      fc.pre(measurable(data));
      const split = splitData(data, spec({ protocol, validation }));
      const train = trainData(data, split);
      const parts = [...pairsOf(train.user, train.item), ...pairsOf(split.validation.user, split.validation.item), ...pairsOf(split.test.user, split.test.item)];
      expect(parts.sort()).toEqual(pairsOf(data.interactions.user, data.interactions.item).sort());
      expect(split.summary.train + split.summary.validation + split.summary.test).toBe(parts.length);
      if (!validation) expect(split.validation.user.length).toBe(0);
      expect(split.itemDegree.reduce((a, b) => a + b, 0)).toBe(train.item.length);
      for (let u = 0; u < train.U; u++) for (let n = train.userStart[u]!; n < train.userStart[u + 1]!; n++) expect(train.user[n]).toBe(u);
    }));
  });
  it('gives the same split and hash twice', () => {
    fc.assert(fc.property(worlds, fc.constantFrom(...protocols), (data, protocol) => {
      fc.pre(measurable(data));
      const [a, b] = [splitData(data, spec({ protocol })), splitData(data, spec({ protocol }))];
      expect(a).toEqual(b);
    }));
  });
});

describe('leave-last-one-out', () => {
  it('test is the last interaction of each user with three or more, validation the one before', () => {
    fc.assert(fc.property(worlds, (data) => {
      fc.pre(measurable(data));
      const split = splitData(data, spec({ protocol: 'last' }));
      const x = data.interactions;
      for (let u = 0; u < data.users.ids.length; u++) {
        const mine = Array.from(x.user, (_, k) => k).filter((k) => x.user[k] === u).sort((a, b) => x.time![a]! - x.time![b]! || x.row[a]! - x.row[b]!);
        const test = split.test.item[split.test.user.indexOf(u)];
        const validation = split.validation.item[split.validation.user.indexOf(u)];
        expect(test).toBe(mine.length < 3 ? undefined : x.item[mine.at(-1)!]);
        expect(validation).toBe(mine.length < 3 ? undefined : x.item[mine.at(-2)!]);
      }
    }));
  });
  it('without time the last row in the file is test, and the notes say so', () => {
    const split = splitData(dataOf([[1, 30, 0], [1, 10, 0], [1, 20, 0]], false), spec({ validation: false }));
    expect([...split.test.item]).toEqual([1]); // source id 20
    expect(split.summary.notes.join(' ')).toContain('no timestamps');
    expect(split.summary.leakage).toBeNull();
  });
  it('says how many users have too few interactions, and keeps them in train', () => {
    const split = splitData(dataOf([[1, 1, 1], [1, 2, 2], [1, 3, 3], [2, 1, 1], [2, 2, 2]]), spec({}));
    expect(split.summary.notes[0]).toBe('1 users with fewer than 3 interactions are trained on but not measured.');
    expect(split.summary.train).toBe(3);
  });
  it('leakage: one of two test items is older than the newest train interaction -> 0.5', () => {
    const split = splitData(dataOf([[1, 1, 1], [1, 2, 5], [2, 1, 6], [2, 3, 9]]), spec({ validation: false }));
    expect(split.summary.leakage).toBe(0.5);
  });
});

describe('temporal', () => {
  it('nothing of the future leaks: train ≤ validation ≤ test in time', () => {
    fc.assert(fc.property(worlds, fc.double({ min: 0.1, max: 0.4, noNaN: true }), (data, share) => {
      const split = splitData(data, spec({ protocol: 'temporal', testShare: share, validationShare: share }));
      const x = data.interactions;
      const timeOf = new Map(pairsOf(x.user, x.item).map((pair, k) => [pair, x.time![k]!]));
      const times = (pairs: string[]) => pairs.map((p) => timeOf.get(p)!);
      const train = Math.max(...Array.from(split.trainRows, (row) => x.time![row]!));
      const validation = times(pairsOf(split.validation.user, split.validation.item));
      const test = times(pairsOf(split.test.user, split.test.item));
      expect(train).toBeLessThanOrEqual(Math.min(...validation, ...test));
      expect(Math.max(...validation, train)).toBeLessThanOrEqual(Math.min(...test));
      expect(split.summary.leakage).toBe(0);
    }));
  });
  it('refuses shares that leave nothing to train on', () => {
    expect(() => splitData(dataOf([[1, 1, 1], [1, 2, 2]]), spec({ protocol: 'temporal', testShare: 0.5, validationShare: 0.5 }))).toThrow('nothing to train on');
  });
  it('with histories that are too short says how long they must be, and that the validation set takes one', () => {
    const short = dataOf([[1, 1, 1], [1, 2, 2], [2, 1, 1], [2, 3, 2]]);
    expect(() => splitData(short, spec({ protocol: 'last' }))).toThrow(/at least 3 interactions, and nobody has more than 2.*Do without the validation set/);
    expect(splitData(short, spec({ protocol: 'last', validation: false })).test.user.length).toBe(2);
  });
});

describe('portable hash', () => {
  it('test is the largest key by the rule as it is written, with exact arithmetic; validation the second-largest', () => {
    fc.assert(fc.property(worlds, (data) => {
      fc.pre(measurable(data));
      const split = splitData(data, spec({ protocol: 'hash' }));
      const x = data.interactions;
      for (let k = 0; k < split.test.user.length; k++) {
        const u = split.test.user[k]!;
        const keyed = Array.from(x.item).filter((_, n) => x.user[n] === u).map((i) => ({ i, key: mix32(Number((BigInt(u) * 2654435761n + BigInt(i) * 40503n) % 4294967296n)) })).sort((a, b) => b.key - a.key);
        expect(split.test.item[k]).toBe(keyed[0]!.i);
        expect(split.validation.item[k]).toBe(keyed[1]!.i);
      }
    }));
  });
  it('without validation it takes every user, even one with a single interaction', () => {
    const split = splitData(dataOf([[1, 1, 1], [2, 1, 1], [2, 2, 2]]), spec({ protocol: 'hash', validation: false }));
    expect([...split.test.user]).toEqual([0, 1]);
    expect(split.summary.notes.join(' ')).toContain('1 test users have no train interaction');
  });
});

describe('random per user', () => {
  it('another user’s rows do not change a user’s draw; another seed does', () => {
    const mine: Row[] = Array.from({ length: 12 }, (_, k) => [5, k, k]);
    const others: Row[] = Array.from({ length: 6 }, (_, k) => [3, k, k]);
    const testOf = (rows: Row[], seed: number, user: string) => {
      const data = dataOf(rows);
      const split = splitData(data, spec({ protocol: 'random', seed }));
      return data.items.ids[split.test.item[split.test.user.indexOf(data.users.ids.indexOf(user))]!];
    };
    expect(testOf([...mine, ...others], 1, '5')).toBe(testOf(mine, 1, '5'));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => testOf(mine, seed, '5'))).size).toBeGreaterThan(1);
  });
});

describe('own test file', () => {
  const data = dataOf([[1, 1, 1], [1, 2, 2], [1, 3, 3], [2, 1, 1], [2, 3, 2]]);
  it('test pairs leave train; unknown ids are counted; the last remaining row is validation', () => {
    const split = splitData(data, spec({ protocol: 'file' }), { user: ['1', '2', '9', '1'], item: ['3', '2', '1', '77'] });
    expect(pairsOf(split.test.user, split.test.item)).toEqual(['0,2', '1,1']);
    expect(pairsOf(split.validation.user, split.validation.item)).toEqual(['0,1', '1,2']);
    const notes = split.summary.notes.join(' ');
    expect(notes).toContain('2 test pairs are left out: 1 name a user and 1 an item');
    expect(notes).toContain('1 test pairs were among the interactions');
  });
  it('no known pair -> says what was compared', () => {
    expect(() => splitData(data, spec({ protocol: 'file' }), { user: ['x'], item: ['1'] })).toThrow('None of the 1 test pairs');
    expect(() => splitData(data, spec({ protocol: 'file' }))).toThrow('needs a test file');
  });
  it('a pair listed twice is measured once', () => {
    const split = splitData(data, spec({ protocol: 'file', validation: false }), { user: ['1', '1'], item: ['3', '3'] });
    expect(split.summary.test).toBe(1);
    expect(split.summary.notes.join(' ')).toContain('repeat one');
  });
});

describe('warm and cold', () => {
  it('share .5 of four items: the two of lowest degree, the lower index first among equals', () => {
    const w = warmCold(Int32Array.of(2, 1, 2, 2), { kind: 'share', share: 0.5 });
    expect([...w.cold]).toEqual([1, 1, 0, 0]);
    expect(w.notes[0]).toContain('1 of them counts as cold and 2 as warm');
  });
  it('29 % of 100 items are 29', () => expect(warmCold(Int32Array.from({ length: 100 }, (_, k) => k + 1), { kind: 'share', share: 0.29 }).coldItems).toBe(29));
  it('at most 1: degrees 0 and 1 are cold, and degree 0 is new', () => {
    const w = warmCold(Int32Array.of(0, 1, 2), { kind: 'atMost', max: 1 });
    expect([...w.cold]).toEqual([1, 1, 0]);
    expect([w.newItems, w.highestColdDegree, w.lowestWarmDegree]).toEqual([1, 1, 2]);
  });
  it('a strictly new item is cold even with a cold share of 0', () => expect([...warmCold(Int32Array.of(0, 3), { kind: 'share', share: 0 }).cold]).toEqual([1, 0]));
});
