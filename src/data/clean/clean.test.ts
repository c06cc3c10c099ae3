import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsOf, type CleaningRule, type DataSet } from '../../core/dataset';
import { Problem } from '../../core/problem';
import { assemble } from '../assemble';
import { clean } from './clean';

type Row = [user: string, item: string, time: number, value: number];
const dataSet = (rows: Row[], withTruth = false): DataSet => {
  const distinct = (c: 0 | 1): string[] => [...new Set(rows.map((r) => r[c]))];
  const users = distinct(0);
  const items = distinct(1);
  return assemble({
    name: 'test',
    recipe: 'test',
    sources: [],
    users: { ids: users, columns: [], label: null },
    items: { ids: items, columns: [{ kind: 'text', name: 'title', values: items.map((i) => `title of ${i}`) }], label: 'title' },
    truth: withTruth ? { dim: 1, users: Float32Array.from(users, Number), items: Float32Array.from(items, Number) } : null,
    interactions: {
      user: rows.map((r) => r[0]),
      item: rows.map((r) => r[1]),
      time: Float64Array.from(rows, (r) => r[2]),
      value: Float32Array.from(rows, (r) => r[3]),
      row: Int32Array.from(rows, (_, k) => k),
    },
  }).data;
};
const plain = (d: DataSet): unknown[] =>
  Array.from(d.interactions.user, (u, k) => [d.users.ids[u], d.items.ids[d.interactions.item[k]!], d.interactions.time![k], d.interactions.value![k]]);

describe('repeated pairs', () => {
  const raw = dataSet([['1', 'x', 30, 4], ['1', 'y', 20, 1], ['1', 'x', 10, 3]]);
  test.each([
    ['first', [['1', 'x', 10, 3], ['1', 'y', 20, 1]]],
    ['last', [['1', 'y', 20, 1], ['1', 'x', 30, 4]]],
    ['sum', [['1', 'x', 10, 7], ['1', 'y', 20, 1]]],
  ] as const)('%s', (keep, expected) => {
    expect(plain(clean(raw, [{ kind: 'duplicates', keep }]).data)).toEqual(expected);
  });
});

test('a minimum value of 3 keeps 3 and drops 2.5, and users and items left empty go', () => {
  const { data, funnel } = clean(dataSet([['1', 'x', 0, 3], ['2', 'y', 0, 2.5]]), [{ kind: 'minValue', min: 3 }]);
  expect(plain(data)).toEqual([['1', 'x', 0, 3]]);
  expect(funnel[0]).toMatchObject({ before: { interactions: 2, users: 2, items: 2 }, after: { interactions: 1, users: 1, items: 1 } });
});

test('a 2-core falls in rounds: losing y takes user 2 along', () => {
  const raw = dataSet([['1', 'x', 0, 1], ['1', 'z', 0, 1], ['2', 'x', 0, 1], ['2', 'y', 0, 1], ['3', 'x', 0, 1], ['3', 'z', 0, 1]]);
  const { data } = clean(raw, [{ kind: 'core', k: 2 }]);
  expect(data.users.ids).toEqual(['1', '3']);
  expect(data.items.ids).toEqual(['x', 'z']);
  expect(data.items.columns[0]).toMatchObject({ values: ['title of x', 'title of z'] });
});

test('when the last id that is no number goes, the others are ordered as numbers', () => {
  const raw = dataSet([['10', 'x', 0, 5], ['9', 'x', 0, 5], ['a', 'x', 0, 1]]);
  expect(raw.users.ids).toEqual(['10', '9', 'a']);
  const { data } = clean(raw, [{ kind: 'minValue', min: 2 }]);
  expect(data.users.ids).toEqual(['9', '10']);
  expect(Array.from(data.interactions.row)).toEqual([1, 0]);
});

test('nothing left is a problem that names the step', () => {
  expect(() => clean(dataSet([['1', 'x', 0, 1]]), [{ kind: 'core', k: 2 }])).toThrow(/2-core/);
});

test('a minimum value without values is a problem', () => {
  const raw = dataSet([['1', 'x', 0, 1]]);
  const bare = { ...raw, interactions: { ...raw.interactions, value: null } };
  expect(() => clean(bare, [{ kind: 'minValue', min: 1 }])).toThrow(Problem);
});

const table = fc.array(
  fc.tuple(fc.nat(8).map(String), fc.nat(8).map(String), fc.nat(9), fc.nat(4)).map((r): Row => r),
  { minLength: 1, maxLength: 80 },
);
const attempt = (raw: DataSet, rules: CleaningRule[]): DataSet | null => {
  try {
    return clean(raw, rules).data;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
};

describe('for any table', () => {
  test('in a k-core everyone has k, doing it twice changes nothing, and no larger subset would do', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 4 }), (rows, k) => {
        const raw = dataSet(rows);
        const data = attempt(raw, [{ kind: 'core', k }]);
        if (data) {
          for (const codes of [data.interactions.user, data.interactions.item]) {
            const degree = new Map<number, number>();
            for (const c of codes) degree.set(c, (degree.get(c) ?? 0) + 1);
            expect(Math.min(...degree.values())).toBeGreaterThanOrEqual(k);
          }
          expect(clean(data, [{ kind: 'core', k }]).data.hash).toBe(data.hash);
        }
        // The slow twin removes one offending row at a time, from the end.
        let left = rows.slice();
        for (;;) {
          const at = left.findLastIndex((r) => left.filter((s) => s[0] === r[0]).length < k || left.filter((s) => s[1] === r[1]).length < k);
          if (at < 0) break;
          left = left.filter((_, n) => n !== at);
        }
        expect(data ? data.interactions.user.length : 0).toBe(left.length);
      }),
      { numRuns: 60 },
    );
  });

  test('counts agree with the data, each step starts where the one before ended, the given data set stays as it was', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('first' as const, 'last' as const, 'sum' as const), (rows, keep) => {
        const raw = dataSet(rows);
        const copy = structuredClone(raw);
        const rules: CleaningRule[] = [{ kind: 'duplicates', keep }, { kind: 'minValue', min: 1 }, { kind: 'core', k: 2 }];
        if (!attempt(raw, rules)) return;
        const { data, funnel } = clean(raw, rules);
        expect(raw).toEqual(copy);
        expect(funnel[0]!.before).toEqual(countsOf(raw));
        expect(funnel[1]!.before).toEqual(funnel[0]!.after);
        expect(funnel[2]!.after).toEqual(countsOf(data));
        expect(data.steps).toEqual(funnel);
      }),
    );
  });

  test('the order of the source rows does not matter where no two rows of a user share a time', () => {
    const unique = fc.uniqueArray(
      fc.tuple(fc.nat(8).map(String), fc.nat(8).map(String), fc.nat(1000), fc.nat(4)).map((r): Row => r),
      { minLength: 1, maxLength: 60, selector: (r) => `${r[0]} ${r[2]}` },
    );
    fc.assert(
      fc.property(unique, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffled = rows.map((r) => [keys.next().value ?? 0, r] as const).sort((a, b) => a[0] - b[0]).map((p) => p[1]);
        const rules: CleaningRule[] = [{ kind: 'duplicates', keep: 'sum' }, { kind: 'core', k: 2 }];
        const a = attempt(dataSet(rows), rules);
        const b = attempt(dataSet(shuffled), rules);
        expect(a && plain(a)).toEqual(b && plain(b));
      }),
    );
  });

  test('the known truth follows its users and items', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const data = attempt(dataSet(rows, true), [{ kind: 'core', k: 2 }]);
        if (!data) return;
        expect(Array.from(data.truth!.users)).toEqual(data.users.ids.map(Number));
        expect(Array.from(data.truth!.items)).toEqual(data.items.ids.map(Number));
      }),
    );
  });
});
