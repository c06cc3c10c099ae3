import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ColumnRole, FileRole, Mapping, ReadOptions } from '../../workers/protocol';
import { countsOf, labelOf, type DataSet } from '../core/dataset';
import { Problem } from '../core/problem';
import { clean } from './clean/clean';
import { inspect } from './inspect';
import { load } from './load';

const file = (name: string, content: string | Uint8Array): File => new File([content as BlobPart], name);
const guessed = async (files: File[], overrides?: Record<string, ReadOptions>): Promise<Mapping> => {
  const { files: found } = await inspect(files, overrides);
  return { files: found.map((f) => ({ key: f.key, role: f.role, columns: Object.fromEntries(f.columns.map((c) => [c.index, c.role])), options: overrides?.[f.key] ?? {} })) };
};
const mapping = (key: string, columns: ColumnRole[], options: ReadOptions = {}, role: FileRole = 'interactions'): Mapping => ({ files: [{ key, role, columns: { ...columns }, options }] });
const rowsOf = (d: DataSet): unknown[] =>
  Array.from(d.interactions.user, (u, k) => [d.users.ids[u], d.items.ids[d.interactions.item[k]!], ...(d.interactions.time ? [d.interactions.time[k]] : []), ...(d.interactions.value ? [d.interactions.value[k]] : [])]);
async function problem(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(() => null, (e: unknown) => e);
  if (!(error instanceof Problem)) throw new Error(`expected a Problem, got ${String(error)}`);
  expect(error.remedy).not.toBe('');
  return error;
}

const RATINGS = 'userId,movieId,rating,timestamp\n1,10,4.5,1000000000\n1,20,3,1000000100\n2,10,5,1000000200\n';

describe("a reviewer's own three files", () => {
  const files = [
    file('ratings.csv', RATINGS),
    file('movies.csv', 'movieId,title,genres\r\n10,"Heat, the film",Action|Crime\r\n20,Toys,Comedy\r\n30,Unseen,Drama\r\n'),
    file('people.csv', '\ufeffuserId;age;country\n1;30;Fiji\n2;40;Chile\n'),
  ];
  test('are guessed and joined', async () => {
    const { raw, notes, rejected } = await load({ files, mapping: await guessed(files) });
    expect(rowsOf(raw)).toEqual([['1', '10', 1e9, 4.5], ['1', '20', 1e9 + 100, 3], ['2', '10', 1e9 + 200, 5]]);
    expect([labelOf(raw.items, 0), labelOf(raw.items, 1)]).toEqual(['Heat, the film', 'Toys']);
    expect(raw.items.columns.map((c) => [c.name, c.kind])).toEqual([['title', 'text'], ['genres', 'tags']]);
    expect(raw.users.columns.map((c) => [c.name, c.kind])).toEqual([['age', 'numeric'], ['country', 'categorical']]);
    expect(rejected.total).toBe(0);
    expect(notes).toContain('1 item of the item table has no interaction and is left out.');
    expect(raw.sources.map((s) => [s.name, s.role, s.rows])).toEqual([['ratings.csv', 'interactions', 3], ['people.csv', 'users', 2], ['movies.csv', 'items', 3]]);
  });
  test('read the same out of a zip, and with the interactions as gzip', async () => {
    const zip = file('all.zip', zipSync(Object.fromEntries(await Promise.all(files.map(async (f) => [`data/${f.name}`, new Uint8Array(await f.arrayBuffer())])))));
    const hash = (await load({ files, mapping: await guessed(files) })).raw.hash;
    expect((await load({ files: [zip], mapping: await guessed([zip]) })).raw.hash).toBe(hash);
    const packed = [file('ratings.csv.gz', gzipSync(strToU8(RATINGS))), ...files.slice(1)];
    expect((await load({ files: packed, mapping: await guessed(packed) })).raw.hash).toBe(hash);
  });
});

describe('interactions alone', () => {
  test.each([
    [',', ','],
    [';', ';'],
    ['\t', 'tab'],
    ['|', 'bar'],
    ['::', 'double colon'],
    [' ', 'space'],
  ])('without a header, delimiter %j (%s)', async (d) => {
    const f = file('x.dat', `7${d}a1${d}3\n7${d}b2${d}4\n8${d}a1${d}5\n`);
    expect(rowsOf((await load({ files: [f], mapping: await guessed([f]) })).raw)).toEqual([['7', 'a1', 3], ['7', 'b2', 4], ['8', 'a1', 5]]);
  });

  test.each([
    ['2001', 978_307_200],
    ['2001-02', 980_985_600],
    ['2001-02-03', 981_158_400],
    ['2001-02-03T04:05:06Z', 981_173_106],
    ['2001-02-03 04:05:06.5', 981_173_106.5],
    ['2001-02-03T04:05:06+02:00', 981_165_906],
    ['981173106', 981_173_106],
    ['981173106500', 981_173_106.5],
    ['20010203', 981_158_400],
    ['03-Feb-2001', 981_158_400],
  ])('the time %s is %d seconds after 1970', async (text, seconds) => {
    const f = file('t.csv', `user,item,when\na,x,${text}\n`);
    const { raw } = await load({ files: [f], mapping: mapping('t.csv', ['user', 'item', 'time'], { header: true }) });
    expect(raw.interactions.time![0]).toBe(seconds);
  });

  test('a wide matrix: empty and 0 are no interaction', async () => {
    const f = file('m.csv', 'user,i1,i2,i3,i4\na,5,,0,\nb,0,0,0,2\n');
    const map = await guessed([f]);
    expect(map.files[0]!.role).toBe('matrix');
    expect(rowsOf((await load({ files: [f], mapping: map })).raw)).toEqual([['a', 'i1', 5], ['b', 'i4', 2]]);
  });

  test('two files of interactions are read one after the other; a time that only one has is left out, and said', async () => {
    const files = [file('1.csv', 'user,item,when\na,x,2001\nb,x,2002\n'), file('2.csv', 'user,item\na,y\n')];
    const { raw, notes } = await load({ files, mapping: { files: [{ key: '1.csv', role: 'interactions', columns: { 0: 'user', 1: 'item', 2: 'time' }, options: {} }, { key: '2.csv', role: 'interactions', columns: { 0: 'user', 1: 'item' }, options: { header: true } }] } });
    expect(rowsOf(raw)).toEqual([['a', 'x'], ['a', 'y'], ['b', 'x']]);
    expect(Array.from(raw.interactions.row)).toEqual([0, 2, 1]);
    expect(notes).toContain('Not every file of interactions has a time column, so times are left out.');
  });

  test('a matrix with row numbers before the users', async () => {
    const f = file('m.csv', ',user,i1,i2\n0,a,5,\n1,b,0,x\n2,c,,3\n');
    const { raw, rejected } = await load({ files: [f], mapping: mapping('m.csv', ['ignore', 'user', 'item', 'item'], { header: true }, 'matrix') });
    expect(rowsOf(raw)).toEqual([['a', 'i1', 5], ['c', 'i2', 3]]);
    expect(rejected.reasons).toMatchObject([{ reason: '"i2" is not a number', firstLine: 3 }]);
  });

  test('items known only by title and artist are told apart by both, without regard to case', async () => {
    const files = [file('plays.csv', 'user,song,artist\na,Hello,Adele\na,hello,Lionel Richie\nb,HELLO,ADELE\n'), file('songs.csv', 'title,artist,lyrics\nHello,Adele,x\nHello,Lionel Richie,y\n')];
    const { raw } = await load({ files, mapping: { files: [{ key: 'plays.csv', role: 'interactions', columns: { 0: 'user', 1: 'title', 2: 'artist' }, options: {} }, { key: 'songs.csv', role: 'items', columns: { 0: 'title', 1: 'artist', 2: 'text' }, options: {} }] } });
    expect(raw.items.ids).toEqual(['hello / adele', 'hello / lionel richie']);
    expect(raw.items.columns[2]).toMatchObject({ values: ['x', 'y'] });
  });

  test('what stands about items in the interactions becomes their table; the text NA stays a title', async () => {
    const f = file('p.csv', "playlist_id,track_id,track_name,tempo\np1,t1,NA,120\np1,t2,\"Two, three\",90.5\np2,t1,NA,120\n");
    const { raw } = await load({ files: [f], mapping: await guessed([f]) });
    expect(raw.items.columns).toMatchObject([{ name: 'track_name', values: ['NA', 'Two, three'] }, { name: 'tempo', values: Float64Array.of(120, 90.5) }]);
  });

  test("Python's b'…' and list strings are unwrapped", async () => {
    const files = [file('i.csv', "user,item\na,b'T1'\na,b'T2'\n"), file('items.csv', "item,name,tags\nT1,b'Beyonc\\xc3\\xa9',\"['pop', 'r&b']\"\nT2,x,\"[{'id': 3, 'name': 'rock'}]\"\n")];
    const { raw } = await load({ files, mapping: { files: [{ key: 'i.csv', role: 'interactions', columns: { 0: 'user', 1: 'item' }, options: { header: true } }, { key: 'items.csv', role: 'items', columns: { 0: 'id', 1: 'title', 2: 'tags' }, options: {} }] } });
    expect(raw.items.columns).toMatchObject([{ values: ['Beyoncé', 'x'] }, { levels: ['pop', 'r&b', 'rock'] }]);
  });
});

describe('encodings', () => {
  const latin = Uint8Array.from('user,item\na,Beyonc\u00e9 \u0093x\u0094\na,y\n', (c) => c.charCodeAt(0));
  test('bytes that are not UTF-8 are read as windows-1252, and the reason says so', async () => {
    const f = file('l.csv', latin);
    const seen = await inspect([f]);
    expect(seen.files[0]).toMatchObject({ encoding: 'windows-1252', encodingReason: expect.stringMatching(/byte 0xe9 near line 2/) });
    expect((await load({ files: [f], mapping: await guessed([f]) })).raw.items.ids).toEqual(['Beyoncé “x”', 'y']);
  });
  test('one bad byte in the last line of a long file is found', async () => {
    const f = file('l.csv', Uint8Array.from([...strToU8(`user,item\n${'a,b\n'.repeat(300_000)}a,`), 0xe9, 10]));
    expect((await inspect([f])).files[0]).toMatchObject({ encoding: 'windows-1252', encodingReason: expect.stringMatching(/near line 300,002/) });
  });
  test('UTF-16 with its mark', async () => {
    const text = '\ufeffuser,item\na,é\na,音\n';
    const f = file('u.csv', new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer));
    expect((await load({ files: [f], mapping: await guessed([f]) })).raw.items.ids).toEqual(['é', '音']);
  });
  test('a chosen encoding that does not fit is a problem, not mojibake', async () => {
    const e = await problem(load({ files: [file('l.csv', latin)], mapping: mapping('l.csv', ['user', 'item'], { encoding: 'utf-8' }) }));
    expect(e.what).toMatch(/cannot be read as utf-8/);
    expect((await problem(load({ files: [file('l.csv', latin)], mapping: mapping('l.csv', ['user', 'item'], { encoding: 'klingon' }) }))).what).toMatch(/klingon/);
  });
});

describe('rejected rows', () => {
  test('are counted by reason with line numbers that count quoted line breaks, and can be downloaded', async () => {
    const f = file('r.csv', 'user,item,rating\na,"x\ny",1\n,z,2\na,z,five\na,z\na,w,\n');
    const { raw, rejected, rejectedCsv } = await load({ files: [f], mapping: mapping('r.csv', ['user', 'item', 'value']) });
    expect(countsOf(raw).interactions).toBe(1);
    expect(raw.sources[0]).toMatchObject({ rows: 5, rejected: 4 });
    expect(rejected.total).toBe(4);
    expect(rejected.reasons.map((r) => [r.reason, r.firstLine])).toEqual([
      ['no user in "user"', 4],
      ['"rating" is not a number', 5],
      ['not 3 cells', 6],
      ['the value in "rating" is empty', 7],
    ]);
    expect(rejectedCsv().split('\r\n')[2]).toBe('r.csv,5,"""rating"" is not a number",a\tz\tfive');
    // It starts with a tab, which a spreadsheet skips on its way to a formula.
    expect(rejectedCsv().split('\r\n')[1]).toBe('r.csv,4,"no user in ""user""",\'\tz\t2');
  });
  test('all rejected is a problem with the first line', async () => {
    const e = await problem(load({ files: [file('r.csv', 'user,item,rating\na,x,good\nb,y,bad\n')], mapping: mapping('r.csv', ['user', 'item', 'value']) }));
    expect(e.what).toMatch(/All 2 rows were rejected.*"rating" is not a number/);
    expect(e.place).toMatchObject({ file: 'r.csv', line: 2 });
  });
});

describe('bad input says what, where and what to do', () => {
  test.each<[string, File, RegExp]>([
    ['an empty file', file('e.csv', ''), /empty/],
    ['only blank lines', file('e.csv', '\n\n \n'), /empty/],
    ['a picture named .csv', file('p.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)), /PNG picture/],
    ['zero bytes', file('b.csv', Uint8Array.of(65, 66, 0, 1, 2, 3, 4, 5)), /binary/],
    ['a zip without a table', file('z.zip', zipSync({ 'README.md': strToU8('hello') })), /no table/],
    ['an Excel workbook', file('x.xlsx', zipSync({ 'xl/workbook.xml': strToU8('<x/>') })), /Excel/],
  ])('%s', async (_, f, what) => {
    expect((await problem(inspect([f]))).what).toMatch(what);
  });

  test('a 3 GB file is refused by its size, without reading', async () => {
    const f = file('big.csv', 'user,item\n');
    Object.defineProperty(f, 'size', { value: 3 * 1024 ** 3 });
    f.slice = () => {
      throw new Error('it was read');
    };
    const e = await problem(inspect([f]));
    expect(e.what).toMatch(/3\.0 GB.*at most 2 GB/);
    expect(e.place.file).toBe('big.csv');
  });

  const zip = zipSync({ 'a.csv': strToU8(RATINGS.repeat(200)) });
  test('a zip that was cut off', async () => {
    expect((await problem(inspect([file('z.zip', zip.slice(0, zip.length - 30))]))).what).toMatch(/table of contents.*cut off/);
  });
  test('a zip with one byte changed fails its check sum instead of giving wrong data', async () => {
    const stored = zipSync({ 'a.csv': strToU8(RATINGS) }, { level: 0 });
    const broken = stored.slice();
    broken[60]! ^= 1;
    expect((await problem(inspect([file('z.zip', broken)]))).what).toMatch(/check sum/);
  });
  test('an encrypted zip', async () => {
    const locked = zip.slice();
    const central = locked.findIndex((b, k) => b === 0x50 && locked[k + 1] === 0x4b && locked[k + 2] === 1 && locked[k + 3] === 2);
    locked[central + 8]! |= 1;
    expect((await problem(inspect([file('z.zip', locked)]))).what).toMatch(/password/);
  });
  test('a gzip that was cut off', async () => {
    const packed = gzipSync(strToU8(RATINGS.repeat(50)));
    expect((await problem(inspect([file('r.csv.gz', packed.slice(0, packed.length - 12))]))).what).toMatch(/cut off/);
  });

  test('a page that was saved in place of a file, and a document that is a zip inside', async () => {
    expect((await problem(inspect([file('plays.csv', '<!DOCTYPE html><html><p>Log in')])))).toMatchObject({ what: expect.stringMatching(/a web page/), remedy: expect.stringMatching(/log-in/) });
    expect((await problem(inspect([file('t.docx', zipSync({ 'word/document.xml': strToU8('<x/>') }))]))).what).toMatch(/Word document/);
    expect((await problem(inspect([file('t.ods', zipSync({ 'content.xml': strToU8('<x/>') }))]))).what).toMatch(/LibreOffice/);
  });
  test('a zip in a zip is opened, a third one inside that is not', async () => {
    const inner = zipSync({ 'r.csv': strToU8(RATINGS) });
    expect((await inspect([file('o.zip', zipSync({ 'i.zip': inner }))])).files.map((f) => f.key)).toEqual(['i.zip/r.csv']);
    expect((await problem(inspect([file('o.zip', zipSync({ 'i.zip': zipSync({ 'j.zip': inner }) }))]))).what).toMatch(/holds no table/);
  });
  test('a zero byte in an id', async () => {
    const { rejected } = await load({ files: [file('r.csv', `user,item\n${'a,x\nb,y\n'.repeat(600)}a,x\0\n`)], mapping: mapping('r.csv', ['user', 'item']) });
    expect(rejected.reasons).toMatchObject([{ count: 1, firstLine: 1202, reason: expect.stringMatching(/zero byte/) }]);
  });
  test('one column', async () => {
    const f = file('one.csv', 'user\na\nb\n');
    expect((await inspect([f])).files[0]).toMatchObject({ role: 'ignore', roleReason: expect.stringMatching(/one column/) });
    expect((await problem(load({ files: [f], mapping: mapping('one.csv', ['user']) }))).what).toMatch(/only one column/);
  });
  test('only a header', async () => {
    expect((await problem(load({ files: [file('h.csv', 'user,item\n')], mapping: mapping('h.csv', ['user', 'item']) }))).what).toMatch(/header and no rows/);
  });
  test('no item chosen: the columns there are', async () => {
    expect((await problem(load({ files: [file('r.csv', RATINGS)], mapping: mapping('r.csv', ['user', 'ignore']) }))).remedy).toMatch(/userId, movieId, rating, timestamp/);
  });
  test('no interactions among several files', async () => {
    const files = [file('movies.csv', 'movieId,title\n1,a\n2,b\n'), file('people.csv', 'userId,age\n1,30\n2,40\n')];
    expect((await problem(load({ files, mapping: await guessed(files) }))).what).toMatch(/interactions/);
  });
  test('one bad file among several is set aside and named; alone it is a problem', async () => {
    const bad = file('photo.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3));
    const { files, skipped } = await inspect([file('r.csv', RATINGS), bad, file('.DS_Store', 'x'), file('README', 'hello')]);
    expect(files.map((f) => f.key)).toEqual(['r.csv']);
    expect(skipped.map((s) => s.name)).toEqual(['photo.csv', '.DS_Store', 'README']);
    expect((await problem(inspect([bad]))).what).toMatch(/PNG/);
  });
  test('the same file twice is read once; another of its name is not lost', async () => {
    const twice = await inspect([file('r.csv', RATINGS), file('r.csv', RATINGS)]);
    expect([twice.files.map((f) => f.key), twice.skipped]).toEqual([['r.csv'], [{ name: 'r.csv', reason: 'the same file a second time' }]]);
    expect((await inspect([file('r.csv', RATINGS), file('r.csv', RATINGS.replace('4.5', '3.5'))])).files.map((f) => f.key)).toEqual(['r.csv', 'r.csv (2)']);
  });
  test('an items file given as interactions', async () => {
    const f = file('movies.csv', `movieId,title\n${Array.from({ length: 30 }, (_, k) => `${k},title ${k}`).join('\n')}\n`);
    expect((await problem(load({ files: [f], mapping: mapping('movies.csv', ['user', 'item']) }))).what).toMatch(/occurs only once.*table of items/);
  });
  test('interactions given as items', async () => {
    const many = `user,item\n${Array.from({ length: 400 }, (_, k) => `${k % 7},${k % 5}`).join('\n')}\n`;
    const files = [file('i.csv', many), file('j.csv', many)];
    const e = await problem(load({ files, mapping: { files: [{ key: 'i.csv', role: 'interactions', columns: { 0: 'user', 1: 'item' }, options: {} }, { key: 'j.csv', role: 'items', columns: { 1: 'id' }, options: {} }] } }));
    expect(e).toMatchObject({ what: expect.stringMatching(/400 rows of the item table share 5 ids/), place: { file: 'j.csv' } });
  });
  test('an item table of other ids', async () => {
    const files = [file('i.csv', RATINGS), file('items.csv', 'movieId,title\ntt10,a\ntt20,b\n')];
    expect((await problem(load({ files, mapping: await guessed(files) }))).what).toMatch(/"tt10".*"10"/);
  });
  test('an unknown data set without a mapping', async () => {
    expect((await problem(load({ files: [file('r.csv', RATINGS)] }))).what).toMatch(/not one of the known/);
  });
});

describe('a table alone', () => {
  const songs = file('songs.csv', 'track_id,name,genre,tempo\nb,Second,rock,98.5\na,First,pop,120\nb,Twice,rock,1\n');
  test('is a data set without interactions: rows in order of id, the first of a repeated id, cleaned by nothing', async () => {
    const { raw, notes } = await load({ files: [songs], mapping: await guessed([songs]) });
    expect(countsOf(raw)).toEqual({ interactions: 0, users: 0, items: 2 });
    expect([raw.items.ids, labelOf(raw.items, 1)]).toEqual([['a', 'b'], 'Second']);
    expect(notes).toEqual(['1 row repeats an id; the first row of each id is used.']);
    expect(clean(raw, [{ kind: 'core', k: 5 }])).toEqual({ data: raw, funnel: [] });
  });
  test('needs no id: its rows are then numbered', async () => {
    const f = file('t.csv', 'genre,tempo\nrock,98\npop,120\n');
    const { raw } = await load({ files: [f], mapping: mapping('t.csv', ['category', 'number'], {}, 'items') });
    expect(raw.items.ids).toEqual(['1', '2']);
  });
  test('of users is one too', async () => {
    const f = file('people.csv', 'userId,age\n1,30\n2,40\n');
    expect(countsOf((await load({ files: [f], mapping: await guessed([f]) })).raw)).toEqual({ interactions: 0, users: 2, items: 0 });
  });
  test('without a row is a problem', async () => {
    const f = file('h.csv', 'track_id,name\n');
    expect((await problem(load({ files: [f], mapping: mapping('h.csv', ['id', 'title'], {}, 'items') }))).what).toMatch(/header and no rows/);
  });
});

test('dates are read the way round the column shows, and the note says why', async () => {
  const f = file('r.csv', 'user,item,date\na,x,03/04/2015\nb,y,12/31/2015\n');
  const { raw, notes } = await load({ files: [f], mapping: mapping('r.csv', ['user', 'item', 'time']) });
  expect([...raw.interactions.time!]).toEqual([Date.UTC(2015, 2, 4) / 1000, Date.UTC(2015, 11, 31) / 1000]);
  expect(notes).toEqual(['The dates in "date" are read month first, because of dates like 12/31/2015.']);
});

test('a load that is cancelled rejects with the reason', async () => {
  const stop = new AbortController();
  const f = file('r.csv', RATINGS.repeat(1000));
  await expect(load({ files: [f], mapping: mapping('r.csv', ['user', 'item']) }, () => stop.abort(new DOMException('Cancelled.', 'AbortError')), stop.signal)).rejects.toThrow('Cancelled.');
});
