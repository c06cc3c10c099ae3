import { describe, expect, test } from 'vitest';
import type { ReadOptions } from '../../workers/protocol';
import { Problem } from '../core/problem';
import { inspect } from './inspect';
import { mappingFromOptions, readOptionsOf } from './mapping-from-options';

const ratings = new File(['who,what,stars,when\na,x,3,2001\nb,y,4,2002\na,y,4,2002\n'], 'r.csv');
const items = new File(['code;label;genre\nx;One;pop\ny;Two;rock\n'], 'items.csv');
const look = (overrides?: Record<string, ReadOptions>) => inspect([ratings, items], overrides);

test('columns are named by header, in any case, or by number from 0', async () => {
  const mapping = mappingFromOptions(await look(), { interactions: 'r.csv', columns: { user: 'WHO', item: '1', value: 'stars', time: '3' }, items: 'items.csv', itemColumns: { id: 'code', title: 'label' } });
  expect(mapping.files).toEqual([
    { key: 'r.csv', role: 'interactions', columns: { 0: 'user', 1: 'item', 2: 'value', 3: 'time' }, options: {} },
    { key: 'items.csv', role: 'items', columns: { 0: 'id', 1: 'title', 2: expect.any(String) }, options: {} },
  ]);
});

describe('a problem lists what there is', () => {
  test.each([
    [{ user: 'nobody', item: 'what' }, /no column "nobody"/, /0 "who", 1 "what", 2 "stars", 3 "when"/],
    [{ user: '7', item: 'what' }, /no column "7"/, /"who"/],
    [{ item: 'what' }, /does not say which column is the user/, /user=COL/],
    [{ user: 'who', item: 'what', colour: 'stars' }, /"colour" is not a role/, /user, item, time, value/],
    [{ user: 'who', item: 'who' }, /two roles: user and item/, /one role/],
  ])('%j', async (columns, what, remedy) => {
    const inspection = await look();
    let error: unknown = null;
    try {
      mappingFromOptions(inspection, { interactions: 'r.csv', columns: columns as unknown as Record<string, string> });
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).what).toMatch(what);
    expect((error as Problem).remedy).toMatch(remedy);
  });
  test('a file that is not there', async () => {
    const inspection = await look();
    expect(() => mappingFromOptions(inspection, { interactions: 'none.csv', columns: {} })).toThrow(/r\.csv, items\.csv/);
  });
});

test('--delimiter tab, --header no and --encoding are read options for the inspection too', async () => {
  const options = readOptionsOf({ delimiter: 'tab', header: 'no', encoding: 'windows-1252' });
  expect(options).toEqual({ delimiter: '\t', header: false, encoding: 'windows-1252' });
  const file = new File(['1\t2\n1\t3\n'], 'n.tsv');
  const inspection = await inspect([file], { 'n.tsv': options });
  expect(mappingFromOptions(inspection, { interactions: 'n.tsv', columns: { user: '0', item: 'column 1' }, delimiter: 'tab', header: 'no', encoding: 'windows-1252' }).files[0]).toEqual({ key: 'n.tsv', role: 'interactions', columns: { 0: 'user', 1: 'item' }, options });
});

test('--matrix takes the first column as user and the others as items; user=COL moves the user', async () => {
  const inspection = await inspect([new File([',who,x,y\n0,a,1,0\n1,b,0,1\n'], 'm.csv')]);
  const columns = (given: Record<string, string>) => mappingFromOptions(inspection, { interactions: 'm.csv', columns: given, matrix: true }).files[0]!;
  expect(columns({})).toMatchObject({ role: 'matrix', columns: { 0: 'user', 1: 'item', 2: 'item', 3: 'item' } });
  expect(columns({ user: 'who' }).columns).toEqual({ 0: 'ignore', 1: 'user', 2: 'item', 3: 'item' });
});
