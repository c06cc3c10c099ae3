import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Column, EntityTable } from '../core/dataset';
import { groupDifferences, partitions, quantileGroups, temperature } from './slices';

const table = (ids: number, columns: Column[]): EntityTable => ({ ids: Array.from({ length: ids }, (_, k) => String(k)), columns, label: null });
const country: Column = { kind: 'categorical', name: 'country', codes: Int32Array.of(0, 1, 0, -1), levels: ['FI', '<img onerror=x>'] };

it('ties stay together: 1, 1, 1, 5 in two parts', () => {
  expect(quantileGroups([1, 1, 1, 5], 2).map((g) => [...g.users])).toEqual([[0, 1, 2], [3]]);
});

it('quantiles part the users: everyone once, groups in rising order', () => {
  fc.assert(fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 80 }), (values) => {
    const groups = quantileGroups(values);
    expect(groups.flatMap((g) => [...g.users]).sort((a, b) => a - b)).toEqual(values.map((_, u) => u));
    for (let k = 1; k < groups.length; k++) expect(Math.max(...[...groups[k - 1]!.users].map((u) => values[u]!))).toBeLessThan(Math.min(...[...groups[k]!.users].map((u) => values[u]!)));
  }), { numRuns: 60 });
});

it('a column parts the measured users by its levels, empty cells as "not given"', () => {
  const pairs = { users: Int32Array.of(0, 1, 3), items: Int32Array.of(0, 0, 1), userDegree: Int32Array.of(1, 2, 3, 4), itemDegree: Int32Array.of(5, 6) };
  const all = partitions({ users: table(4, [country]), items: table(2, []) }, pairs, 'wcn');
  expect(all.map((p) => p.id)).toEqual(['temperature', 'activity', 'popularity', 'user country']);
  expect(all.at(-1)!.groups.map((g) => [g.label, [...g.users]])).toEqual([['FI', [0]], ['<img onerror=x>', [1]], ['not given', [2]]]);
  for (const p of all) expect(p.groups.flatMap((g) => [...g.users]).sort()).toEqual([0, 1, 2]);
});

it('by genres an item stands in each of its own, without any in "not given"', () => {
  const genres: Column = { kind: 'tags', name: 'genres', offsets: Int32Array.of(0, 2, 3, 3), codes: Int32Array.of(1, 0, 0), levels: ['Drama', 'Comedy'] };
  const pairs = { users: Int32Array.of(0, 1, 2), items: Int32Array.of(0, 1, 2), userDegree: Int32Array.of(1, 1, 1), itemDegree: Int32Array.of(1, 1, 1) };
  const way = partitions({ users: table(3, []), items: table(3, [genres]) }, pairs, 'www').at(-1)!;
  expect(way.label).toBe('Item: genres (may have several)');
  expect(way.groups.map((g) => [g.label, [...g.users]])).toEqual([['Drama', [0, 1]], ['Comedy', [0]], ['not given', [2]]]);
});

it('weighted by their users the groups’ differences give the whole', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('w', 'c', 'n'), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 50 }), (rows) => {
    const a = rows.map((r) => r[1]);
    const b = rows.map((r) => r[2]);
    const parts = groupDifferences(temperature(rows.map((r) => r[0]).join('')), a, b);
    const whole = a.reduce((s, v, u) => s + v - b[u]!, 0) / a.length;
    expect(parts.reduce((s, d) => s + d.mean * d.n, 0) / a.length).toBeCloseTo(whole, 10);
  }), { numRuns: 40 });
});
