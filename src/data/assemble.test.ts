import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../core/problem';
import { assemble, type AssembleInput } from './assemble';

type Row = [user: string, item: string, time?: number, value?: number];
const input = (rows: Row[], more: Partial<AssembleInput> = {}): AssembleInput => ({
  name: 'test',
  recipe: 'test',
  sources: [],
  users: null,
  items: null,
  ...more,
  interactions: {
    user: rows.map((r) => r[0]),
    item: rows.map((r) => r[1]),
    time: rows.some((r) => r[2] !== undefined) ? Float64Array.from(rows, (r) => r[2] ?? Number.NaN) : null,
    value: rows.some((r) => r[3] !== undefined) ? Float32Array.from(rows, (r) => r[3] ?? Number.NaN) : null,
    row: Int32Array.from(rows, (_, k) => k),
  },
});

describe('ids', () => {
  test('whole numbers are ordered by number: 2, 10, 100', () => {
    expect(assemble(input([['10', 'x'], ['2', 'x'], ['100', 'x']])).data.users.ids).toEqual(['2', '10', '100']);
  });
  test('one id that is no whole number makes all ordered by code unit: 10, 2, a', () => {
    expect(assemble(input([['10', 'x'], ['2', 'x'], ['a', 'x']])).data.users.ids).toEqual(['10', '2', 'a']);
  });
  test('numbers beyond 2^53 are not rounded together', () => {
    const ids = ['9007199254740993', '9007199254740992', '-5'];
    expect(assemble(input(ids.map((u): Row => [u, 'x']))).data.users.ids).toEqual(['-5', '9007199254740992', '9007199254740993']);
  });
  test('"7" and "007" stay two ids', () => {
    expect(assemble(input([['7', 'x'], ['007', 'x']])).data.users.ids).toEqual(['007', '7']);
  });
});

test('rows come by user, then time, then source row', () => {
  const { data } = assemble(input([['b', 'x', 5], ['a', 'y', 9], ['a', 'x', 3], ['b', 'y', 5], ['a', 'z', 3]]));
  expect(Array.from(data.interactions.row)).toEqual([2, 4, 1, 0, 3]);
});

test('entity rows without interactions are left out, missing ones are empty, of a repeated id the first counts', () => {
  const { data, notes } = assemble(
    input([['u', '3'], ['u', '1']], {
      items: {
        ids: ['1', '2', '1'],
        label: 'title',
        columns: [
          { kind: 'text', name: 'title', values: ['one', 'two', 'again'] },
          { kind: 'categorical', name: 'genre', codes: Int32Array.from([1, 0, 0]), levels: ['pop', 'rock'] },
          { kind: 'numeric', name: 'year', values: Float64Array.from([1999, 2000, 2001]) },
          { kind: 'tags', name: 'tags', offsets: Int32Array.from([0, 2, 3, 3]), codes: Int32Array.from([2, 0, 1]), levels: ['a', 'b', 'c'] },
        ],
      },
    }),
  );
  expect(data.items.ids).toEqual(['1', '3']);
  expect(data.items.columns).toEqual([
    { kind: 'text', name: 'title', values: ['one', ''] },
    { kind: 'categorical', name: 'genre', codes: Int32Array.from([0, -1]), levels: ['rock'] },
    { kind: 'numeric', name: 'year', values: Float64Array.from([1999, Number.NaN]) },
    { kind: 'tags', name: 'tags', offsets: Int32Array.from([0, 2, 2]), codes: Int32Array.from([1, 0]), levels: ['a', 'c'] },
  ]);
  expect(notes).toEqual([
    '1 row of the item table repeats an id; the first row of each id is used.',
    '1 item of the item table has no interaction and is left out.',
    '1 item with interactions is not in the item table: its columns are empty.',
  ]);
});

test('no interactions at all is a problem, not an empty data set', () => {
  expect(() => assemble(input([]))).toThrow(Problem);
});

const rows = fc.array(
  fc.tuple(fc.oneof(fc.nat(30).map(String), fc.string({ maxLength: 3 })), fc.nat(20).map(String), fc.nat(5)).map(([u, i, t]): Row => [u, i, t, 1]),
  { minLength: 1, maxLength: 60 },
);

test('every row of the input comes out once with its own ids, time and value, in order', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const { data } = assemble(input(given));
      const { user, item, time, row } = data.interactions;
      expect(Array.from(row).sort((a, b) => a - b)).toEqual(given.map((_, k) => k));
      for (let k = 0; k < row.length; k++) {
        const source = given[row[k]!]!;
        expect([data.users.ids[user[k]!], data.items.ids[item[k]!], time![k]]).toEqual(source.slice(0, 3));
        if (k > 0) {
          const before = [user[k - 1]!, time![k - 1]!, row[k - 1]!];
          const here = [user[k]!, time![k]!, row[k]!];
          const at = before.findIndex((x, c) => x !== here[c]);
          expect(before[at]!).toBeLessThan(here[at]!);
        }
      }
    }),
  );
});

test('the hash changes with an id, a time, a value or an interaction, and not with the name', () => {
  const base: Row[] = [['a', 'x', 1, 2], ['b', 'y', 3, 4]];
  const hash = (r: Row[], more = {}): string => assemble(input(r, more)).data.hash;
  expect(hash(base)).toMatch(/^[0-9a-f]{64}$/);
  expect(hash(base, { name: 'other' })).toBe(hash(base));
  const others: Row[][] = [
    [['a', 'x', 1, 2], ['c', 'y', 3, 4]],
    [['a', 'x', 2, 2], ['b', 'y', 3, 4]],
    [['a', 'x', 1, 2], ['b', 'y', 3, 5]],
    [['a', 'y', 1, 2], ['b', 'x', 3, 4]],
  ];
  expect(new Set([base, ...others].map((r) => hash(r))).size).toBe(5);
});
