import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { labelOf, type DataSet } from '../../core/dataset';
import { inspect } from '../inspect';
import { load } from '../load';

const file = (name: string, text: string): File => new File([text], name);
const pairs = (d: DataSet): unknown[] => Array.from(d.interactions.user, (u, k) => [d.users.ids[u], d.items.ids[d.interactions.item[k]!]]);

describe('HetRec Last.fm', () => {
  const files = {
    'a.txt': 'userID\tartistID\tweight\r\n2\t51\t100\r\n2\t9\t5\r\n10\t51\t7\r\n',
    'b.txt': 'id\tname\turl\tpictureURL\n9\t"Nine"\thttp://x\t\n51\tFifty-one\thttp://y\thttp://z\n77\tNobody hears\thttp://y\t\n',
    'c.txt': 'tagID\ttagValue\r\n1\tmetal\r\n2\tgoth rock\r\n',
    'd.txt': 'userID\tartistID\ttagID\tday\tmonth\tyear\r\n2\t51\t2\t1\t4\t2009\r\n10\t51\t2\t1\t4\t2009\r\n2\t51\t1\t1\t4\t2009\r\n2\t500\t1\t1\t4\t2009\r\n',
  };
  test('is known by its contents whatever the files are called, and joins artists with their tags, the most assigned first', async () => {
    const zip = new File([zipSync(Object.fromEntries(Object.entries(files).map(([n, t]) => [n, strToU8(t)]))) as BlobPart], 'x.zip');
    expect((await inspect([zip])).recipe).toMatchObject({ id: 'hetrec-lastfm' });
    const { raw, rejected } = await load({ files: [zip] });
    expect(rejected.total).toBe(0);
    expect(raw.users.ids).toEqual(['2', '10']);
    expect(raw.items.ids.map((_, i) => labelOf(raw.items, i))).toEqual(['"Nine"', 'Fifty-one']);
    expect(raw.items.columns).toMatchObject([{ name: 'name' }, { name: 'top tag', codes: Int32Array.of(-1, 0), levels: ['goth rock'] }, { name: 'tags', offsets: Int32Array.of(0, 0, 2), levels: ['goth rock', 'metal'] }]);
    expect(Array.from(raw.interactions.value!)).toEqual([100, 5, 7]);
    expect(raw.interactions.time).toBeNull();
  });
  test('artists and tags without play counts: the message names the file that is missing', async () => {
    await expect(load({ files: [file('b', files['b.txt']), file('c', files['c.txt'])] })).rejects.toThrow(/user_artists\.dat/);
  });
});

describe('MovieLens 1M', () => {
  const movies = file('movies.dat', "1::Toy Story (1995)::Animation|Children's\n2::Heat (1995)::Action\n");
  const users = file('users.dat', '1::F::1::10::48067\n2::M::56::16::70072\n');
  const ratings = file('ratings.dat', '1::2::5::978300760\n1::1::3::978302109\n2::1::4::978301968\n');
  test('with ratings: titles, years, genres, people, times', async () => {
    const { raw } = await load({ files: [movies, users, ratings] });
    expect(raw.recipe).toBe('movielens-1m');
    expect(pairs(raw)).toEqual([['1', '2'], ['1', '1'], ['2', '1']]);
    expect(raw.items.columns).toMatchObject([{ values: ['Toy Story (1995)', 'Heat (1995)'] }, { values: Float64Array.of(1995, 1995) }, { levels: ['Animation', "Children's", 'Action'] }]);
    expect(raw.users.columns).toMatchObject([{ levels: ['F', 'M'] }, { levels: ['under 18', '56 and over'] }, { levels: ['K-12 student', 'self-employed'] }, { name: 'zip code' }]);
  });
  test('without ratings: inspection already says what to add, loading refuses', async () => {
    expect((await inspect([movies, users])).recipe!.reason).toMatch(/ratings\.dat has to be added/);
    await expect(load({ files: [movies, users] })).rejects.toThrow(/ratings\.dat/);
  });
});

describe('SASRec text', () => {
  test('keeps the order of the rows', async () => {
    const { raw } = await load({ files: [file('x.txt', '1 9\n1 3\n2 3\n2 9\n')] });
    expect(raw.recipe).toBe('sasrec-text');
    expect(pairs(raw)).toEqual([['1', '9'], ['1', '3'], ['2', '3'], ['2', '9']]);
  });
  test.each([
    ['a third column', '1 9 5\n1 3 4\n'],
    ['users that are not one after the other', '2 9\n1 3\n'],
    ['words', 'a 9\nb 3\n'],
    ['one line', '1 2\n'],
  ])('is not seen in %s', async (_, text) => {
    expect((await inspect([file('x.txt', text)])).recipe).toBeNull();
  });
});

describe('NCF: MovieLens 1M with listed negatives', () => {
  const files = {
    'a.tsv': '0\t31\t4\n0\t22\t5\n0\t7\t3\n1\t22\t4\n1\t31\t2\n',
    'b.rating': '0\t25\t5\t978824351\n1\t133\t3\t1003000174\n',
    'c.negative': '(0,25)\t133\t31\n(1,133)\t7\t133\n',
    'd.csv': 'ncf_item,movielens_movieId,ambiguous\n31,594,0\n22,3408,1\n',
  };
  const zip = (names: (keyof typeof files)[]): File => new File([zipSync(Object.fromEntries(names.map((n) => [n, strToU8(files[n])]))) as BlobPart], 'x.zip');
  test('train rows, then the test rows; each user’s test item with its negatives comes along', async () => {
    const all = zip(['a.tsv', 'b.rating', 'c.negative', 'd.csv']);
    expect((await inspect([all])).recipe).toMatchObject({ id: 'ncf-ml-1m' });
    const { raw, rejected } = await load({ files: [all] });
    expect(rejected.total).toBe(0);
    expect(pairs(raw)).toEqual([['0', '31'], ['0', '22'], ['0', '7'], ['0', '25'], ['1', '22'], ['1', '31'], ['1', '133']]);
    const { user, item, start, negatives } = raw.listed!;
    expect(Array.from(user, (u, q) => [raw.users.ids[u], raw.items.ids[item[q]!], Array.from(negatives.subarray(start[q]!, start[q + 1]!), (i) => raw.items.ids[i])])).toEqual([['0', '25', ['133', '31']], ['1', '133', ['7', '133']]]);
    expect(raw.items.columns).toMatchObject([{ name: 'MovieLens id' }]);
  });
  test('without the train ratings: inspection says so, loading refuses', async () => {
    const some = zip(['b.rating', 'c.negative']);
    expect((await inspect([some])).recipe!.reason).toMatch(/missing/);
    await expect(load({ files: [some] })).rejects.toThrow(/Drop the whole zip file/);
  });
});

test("a reviewer's own CSV with MovieLens-like names is not taken for a known data set", async () => {
  expect((await inspect([file('ratings.csv', 'userId,movieId,rating,timestamp\n1,2,3,978300760\n')])).recipe).toBeNull();
});
