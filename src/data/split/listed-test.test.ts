import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import { DEFAULT_SPLIT } from '../../core/split';
import { assemble } from '../assemble';
import { clean } from '../clean/clean';
import { splitData } from './split';

/** Users 1 and 2 have items 1…4 and 2…5; the last of each is their listed test item. User 2's is among its own negatives, listed twice there. */
const world = (negatives: string[][] = [['5', '6', '1'], ['5', '6', '5', '1']]): DataSet => {
  const rows = [['1', '1'], ['1', '2'], ['1', '3'], ['1', '4'], ['2', '2'], ['2', '3'], ['2', '4'], ['2', '5'], ['3', '6'], ['3', '1']];
  return assemble({
    name: 'small', recipe: 'test', sources: [], users: null, items: null, listed: { user: ['2', '1'], item: ['5', '4'], negatives: [negatives[1]!, negatives[0]!] },
    interactions: { user: rows.map((r) => r[0]!), item: rows.map((r) => r[1]!), time: null, value: Float32Array.from(rows, (_, k) => k), row: Int32Array.from(rows, (_, k) => k) },
  }).data;
};
const spec = { ...DEFAULT_SPLIT, protocol: 'listed' as const, validation: false };
const items = (data: DataSet, codes: ArrayLike<number>): string[] => Array.from(codes, (i) => data.items.ids[i]!);

describe('the listed test', () => {
  it('its pairs leave train, and a user’s candidates are the listed items, each once, without the test item', () => {
    const data = world();
    const split = splitData(data, spec);
    expect(items(data, split.test.item)).toEqual(['4', '5']);
    expect(split.summary).toMatchObject({ train: 8, test: 2, sampled: { origin: 'listed', negatives: 4 } });
    const { start, items: listed } = split.listed!;
    expect([0, 1, 2].map((u) => items(data, listed.subarray(start[u]!, start[u + 1]!)))).toEqual([['1', '5', '6'], ['1', '6'], []]);
    expect(split.summary.notes.join(' ')).toContain('1 users’ test items are also among their listed negatives');
  });
  it('with validation the last remaining row of each user of at least two is held out', () => {
    const split = splitData(world(), { ...spec, validation: true });
    expect(items(world(), split.validation.item)).toEqual(['3', '4', '1']);
  });
  it('the same held-out pairs under full ranking have another hash, and so have other negatives', () => {
    const data = world();
    const full = splitData(data, { ...spec, protocol: 'file' }, { user: ['1', '2'], item: ['4', '5'] });
    const listed = splitData(data, spec);
    expect(Array.from(full.test.item)).toEqual(Array.from(listed.test.item));
    expect(new Set([full.hash, listed.hash, splitData(data, { ...spec, protocol: 'last' }).hash, splitData(world([['6', '1'], ['1']]), spec).hash]).size).toBe(4);
    expect(full.summary.sampled).toBeUndefined();
  });
  it('cleaning carries it over: users, test items and negatives that go are gone from it', () => {
    const { data } = clean(world(), [{ kind: 'minValue', min: 3 }]);
    expect(data.items.ids).toEqual(['1', '2', '3', '4', '5', '6']);
    const again = clean(world(), [{ kind: 'minValue', min: 4 }]).data;
    // User 1 is gone with all their rows.
    expect(again.listed!.user.length).toBe(1);
    expect(items(again, again.listed!.negatives)).toEqual(['5', '6', '5', '1']);
    expect(again.users.ids[again.listed!.user[0]!]).toBe('2');
  });
  it('asked for where the data brought none -> refused with what to do', () => {
    expect(() => splitData({ ...world(), listed: undefined }, spec)).toThrow(/brought no test items with listed negatives.*Take another split/);
  });
  it('negatives that nobody interacts with cannot be scored: left out, and said', () => {
    const { data, notes } = assemble({
      name: 's', recipe: 't', sources: [], users: null, items: null, listed: { user: ['1', '9'], item: ['a', 'a'], negatives: [['b', 'zz'], ['b']] },
      interactions: { user: ['1', '1'], item: ['a', 'b'], time: null, value: null, row: Int32Array.of(0, 1) },
    });
    expect(data.listed).toEqual({ user: Int32Array.of(0), item: Int32Array.of(0), start: Int32Array.of(0, 1), negatives: Int32Array.of(1) });
    expect(notes).toEqual(['1 listed test rows are left out: their user or item has no interaction, or the user is listed twice.', '1 listed negatives are left out: nobody has an interaction with them.']);
  });
});
