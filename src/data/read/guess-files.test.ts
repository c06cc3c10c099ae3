import { describe, expect, test } from 'vitest';
import { inspect } from '../inspect';

const roles = async (files: Record<string, string>) => {
  const { files: found } = await inspect(Object.entries(files).map(([name, text]) => new File([text], name)));
  return Object.fromEntries(found.map((f) => [f.name, { role: f.role, columns: Object.fromEntries(f.columns.map((c) => [c.name, c.role])) }]));
};

describe('columns by name', () => {
  test.each([
    ['user_id,track_id,play_count,played_at\na,x,3,2020-01-01\na,y,1,2020-01-02\n', 'interactions', { user_id: 'user', track_id: 'item', play_count: 'value', played_at: 'time' }],
    ['reviewerID\tasin\toverall\tunixReviewTime\nA1\tB1\t5\t1400000000\nA1\tB2\t4\t1400000001\n', 'interactions', { reviewerID: 'user', asin: 'item', overall: 'value', unixReviewTime: 'time' }],
    ['id,title,artist_id,artist\n1,a,7,x\n2,b,7,x\n', 'items', { id: 'id', title: 'title', artist_id: 'ignore', artist: 'artist' }],
    ['movieId,title,genres\n1,a,x|y\n2,b,y|z\n', 'items', { movieId: 'id', title: 'title', genres: 'tags' }],
    ['id,username,age\n1,ann,30\n2,bob,40\n', 'users', { id: 'id', age: 'number' }],
    ['row,user,item\n0,a,x\n1,a,y\n2,b,x\n', 'interactions', { user: 'user', item: 'item' }],
  ])('%s', async (text, role, columns) => {
    const guess = (await roles({ 'f.csv': text }))['f.csv']!;
    expect(guess.role).toBe(role);
    expect(guess.columns).toMatchObject(columns);
  });
});

test('without a header: ids that come again, then a value, then a time', async () => {
  const guess = (await roles({ 'u.tsv': '1\t5\t3\t881250949\n1\t6\t4\t881250950\n2\t5\t5\t881250951\n' }))['u.tsv']!;
  expect(guess).toEqual({ role: 'interactions', columns: { 'column 0': 'user', 'column 1': 'item', 'column 2': 'value', 'column 3': 'time' } });
});

test('of two tables of interactions the one whose name says test is set aside', async () => {
  const rows = 'user,item\na,x\na,y\nb,x\n';
  expect(await roles({ 'train.csv': rows, 'test.csv': rows })).toMatchObject({ 'train.csv': { role: 'interactions' }, 'test.csv': { role: 'test' } });
  expect(await roles({ 'test.csv': rows })).toMatchObject({ 'test.csv': { role: 'interactions' } });
});

test('two files of one name keep different keys', async () => {
  const { files } = await inspect([new File(['user,item\na,x\n'], 'f.csv'), new File(['item,title\nx,X\n'], 'f.csv')]);
  expect(files.map((f) => f.key)).toEqual(['f.csv', 'f.csv (2)']);
});

test('every column has a reason', async () => {
  const { files } = await inspect([new File(['user,item,foo,bar\na,x,,1\nb,y,,2\n'], 'f.csv')]);
  for (const c of files[0]!.columns) expect(c.reason.length).toBeGreaterThan(10);
});
