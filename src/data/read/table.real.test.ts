/** Facts about public files, counted by an independent program; skipped where the files are not there. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspect } from '../inspect';
import { load } from '../load';
import { expand } from './expand';
import { createRejected } from './rejected';
import { openTable, readRows } from './table';
import { looksLikeDate, parseTime, timeUnitOf } from './values';

const DATA = '../shared/data';
const FACTS = '../shared/reference/files.json';
const here = existsSync(FACTS) && existsSync(`${DATA}/spotify_songs.csv.zip`);
const facts = here ? JSON.parse(readFileSync(FACTS, 'utf8')) : {};
const zip = (name: string): File => new File([readFileSync(`${DATA}/${name}.zip`)], `${name}.zip`);

const read = new Map<string, ReturnType<typeof readAll>>();
function everything(name: string): ReturnType<typeof readAll> {
  const known = read.get(name) ?? readAll(name);
  read.set(name, known);
  return known;
}

async function readAll(name: string) {
  const { sources } = await expand([zip(name)]);
  const table = await openTable(sources[0]!);
  const rejected = createRejected();
  const rows: string[][] = [];
  const lines: number[] = [];
  await readRows(table, rejected, (b) => {
    rows.push(...b.rows);
    lines.push(...b.lines);
  });
  const column = (n: string): string[] => rows.map((r) => r[table.shape.names.indexOf(n)]!);
  return { table, rows, lines, column, rejected };
}

describe.skipIf(!here)('real files are read as what they are known to hold (skipped where ../shared is absent)', () => {
  test.each(['spotify_songs.csv', 'apple_music_dataset.csv'])('%s: rows, columns, distinct and empty cells', async (name) => {
    const { table, rows, lines, column, rejected } = await everything(name);
    const known = facts[name];
    expect(rejected.summary().total).toBe(0);
    expect(rows.length).toBe(known.rows);
    expect(lines.at(-1)).toBe(known.rows + 1);
    expect(table.shape.names).toEqual(known.columns);
    for (const [c, n] of Object.entries(known.unique)) expect([c, new Set(column(c)).size]).toEqual([c, n]);
    for (const [c, n] of Object.entries(known.empty_cells_per_column)) expect([c, column(c).filter((v) => v === '').length]).toEqual([c, n]);
    expect(rows.flat().filter((v) => v.includes(',')).length).toBe(known.cells_with_comma);
    expect(rows.flat().filter((v) => v.includes('"')).length).toBe(known.cells_with_quote);
  });

  test('spotify_songs.csv: the text NA stays, and every date form is read', async () => {
    const { column } = await everything('spotify_songs.csv');
    const known = facts['spotify_songs.csv'];
    expect(column('track_name').flatMap((v, k) => (v === 'NA' ? [k] : []))).toEqual(known.rows_with_title_NA_from_0);
    const dates = column('track_album_release_date');
    const unit = timeUnitOf(dates);
    const times = dates.map((d) => parseTime(d, unit));
    expect(times.some(Number.isNaN)).toBe(false);
    const day = (t: number): string => new Date(t * 1000).toISOString().slice(0, 10);
    expect([day(Math.min(...times)), day(Math.max(...times))]).toEqual([known.earliest_date, known.latest_date]);
    expect(dates.filter(looksLikeDate).length).toBe(known.date_forms_rows['YYYY-MM-DD'] + known.date_forms_rows['YYYY-MM']);
  });

  test('spotify_songs.csv by itself: playlists stand for users, tracks are items', async () => {
    const file = zip('spotify_songs.csv');
    const { files } = await inspect([file]);
    expect(files[0]).toMatchObject({ role: 'interactions', roleReason: expect.stringMatching(/playlist_id/) });
    const roles = Object.fromEntries(files[0]!.columns.map((c) => [c.name, c.role]));
    expect(roles).toMatchObject({ playlist_id: 'user', track_id: 'item', track_name: 'title', track_artist: 'artist', tempo: 'number', playlist_name: 'ignore' });
    const { raw } = await load({ files: [file], mapping: { files: files.map((f) => ({ key: f.key, role: f.role, columns: Object.fromEntries(f.columns.map((c) => [c.index, c.role])), options: {} })) } });
    expect([raw.interactions.row.length, raw.users.ids.length, raw.items.ids.length]).toEqual([32_833, 471, 28_356]);
  });

  test('spotify_songs.csv beside interactions becomes their item table', async () => {
    const { files } = await inspect([zip('spotify_songs.csv'), new File(['user_id,track_id\na,x\na,y\nb,x\n'], 'plays.csv')]);
    expect(files.map((f) => f.role)).toEqual(['items', 'interactions']);
  });

  test('apple_music_dataset.csv: items, with the track as id and no user', async () => {
    const { files } = await inspect([zip('apple_music_dataset.csv')]);
    const roles = Object.fromEntries(files[0]!.columns.map((c) => [c.name, c.role]));
    expect(files[0]!.role).toBe('items');
    expect(roles).toMatchObject({ trackId: 'id', trackName: 'title', artistName: 'artist', primaryGenreName: 'category', trackPrice: 'number', previewUrl: 'ignore', country: 'category' });
  });

  test('the NCF files: train, test and item map are told apart', async () => {
    const { files } = await inspect([zip('ncf-ml-1m')]);
    expect(Object.fromEntries(files.map((f) => [f.name, f.role]))).toEqual({ 'ml-1m.train.reconstructed.tsv': 'interactions', 'ml-1m.test.rating': 'test', 'ml-1m.test.negative': 'ignore', 'ml-1m.item-map.csv': 'items' });
  });
});
