import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../workers/protocol';
import { inspect } from '../inspect';
import { load } from '../load';
import { cellText, flat } from './records';

const file = (name: string, content: string | Uint8Array): File => new File([content as BlobPart], name);
async function read(f: File) {
  const { files } = await inspect([f]);
  const mapping: Mapping = { files: files.map((t) => ({ key: t.key, role: t.role, columns: Object.fromEntries(t.columns.map((c) => [c.index, c.role])), options: {} })) };
  return { inspected: files[0]!, ...(await load({ files: [f], mapping })) };
}
const PLAYS = [{ user_id: 'u1', track_id: '007', plays: 3 }, { user_id: 'u1', track_id: 'b', plays: 1 }, { user_id: 'u2', track_id: '007', plays: 2 }];
const pairs = ({ raw }: Awaited<ReturnType<typeof read>>) => Array.from(raw.interactions.user, (u, n) => `${raw.users.ids[u]} ${raw.items.ids[raw.interactions.item[n]!]} ${raw.interactions.value?.[n]}`);
const EXPECTED = ['u1 007 3', 'u1 b 1', 'u2 007 2'];

describe('JSON', () => {
  const lines = `${PLAYS.map((p) => JSON.stringify(p)).join('\n')}\n`;
  it.each([
    ['a record a line', lines],
    ['a list of records', JSON.stringify(PLAYS, null, 2)],
    ['a list inside an object', JSON.stringify({ version: 1, plays: PLAYS })],
    ['columns, as pandas writes them', JSON.stringify({ user_id: { 0: 'u1', 1: 'u1', 2: 'u2' }, track_id: { 0: '007', 1: 'b', 2: '007' }, plays: { 0: 3, 1: 1, 2: 2 } })],
    ['columns as lists', JSON.stringify({ user_id: ['u1', 'u1', 'u2'], track_id: ['007', 'b', '007'], plays: [3, 1, 2] })],
  ])('%s is a table', async (_, text) => {
    const found = await read(file('plays.json', text));
    expect(found.inspected).toMatchObject({ role: 'interactions', delimiter: '' });
    expect(pairs(found)).toEqual(EXPECTED);
  });
  it('is read out of a gzip and a zip', async () => {
    expect(pairs(await read(file('plays.jsonl.gz', gzipSync(strToU8(lines)))))).toEqual(EXPECTED);
    expect(pairs(await read(file('all.zip', zipSync({ 'plays.jsonl': strToU8(lines) }))))).toEqual(EXPECTED);
  });
  it('a broken line is rejected with its number and its text, the others are kept', async () => {
    const found = await read(file('plays.jsonl', lines.replace('\n', '\n{"user_id": "u9", oops\n')));
    expect(pairs(found)).toEqual(EXPECTED);
    expect(found.rejected.reasons).toMatchObject([{ reason: 'not a JSON record', firstLine: 2, sample: '{"user_id": "u9", oops' }]);
  });
  it('a line break in a text moves no line number', async () => {
    const texts = [{ user_id: 'a', item_id: 'x', note: 'one\ntwo' }, { user_id: 'b', item_id: 'y', note: '' }, { user_id: '', item_id: 'y', note: '' }, { user_id: 'a', item_id: 'y', note: '' }];
    const found = await read(file('plays.jsonl', texts.map((t) => JSON.stringify(t)).join('\n')));
    expect(found.rejected.reasons).toMatchObject([{ firstLine: 3 }]);
  });
  it('a broken document says where', async () => {
    await expect(inspect([file('plays.json', '[\n{"user": 1,\n "item": }\n]')])).rejects.toMatchObject({ what: expect.stringMatching(/JSON is broken/), place: { file: 'plays.json', line: 3 } });
  });
  it('JSON that is no table is refused with an example', async () => {
    await expect(inspect([file('settings.json', '{"theme": "dark", "size": 12}')])).rejects.toMatchObject({ what: expect.stringMatching(/no table/), remedy: expect.stringMatching(/"user": 1/) });
  });
  it('nested objects become columns, lists of names become labels', () => {
    expect(flat({ user: { id: 7, at: { x: 1 } }, item: 'a' })).toEqual({ 'user.id': 7, 'user.at': { x: 1 }, item: 'a' });
    expect([cellText([{ id: 1, name: 'rock' }, { id: 2, name: 'pop' }]), cellText(['a', 'b']), cellText({ x: 1n }), cellText(null), cellText(Number.NaN)]).toEqual(['rock|pop', 'a|b', '{"x":"1"}', '', '']);
  });
});

/** user_id, track_id, played (timestamps) and plays (64-bit), three rows, Snappy; made with hyparquet-writer. */
const PARQUET =
  'UEFSMRUGFSgVLFwVBhUAFQYVABUEFQAAAAMHEkQCAAAAdTECAAAAdTECAAAAdTIVBhUqFS5cFQYVABUGFQAVBBUAAAADBxNIAwAAADAwNwEAAABiAwAAADAwNxUGFTQVOFwVBhUAFQYVABUEFQAAAAMHGFyIzDVkbwEAAACgs2hvAQAAAPzZbW8BAAAVBhU0FSxcFQYVABUGFQAVBBUAAAADBxgEAwAJAQABCQcgAAIAAAAAAAAAFQQZXEgEcm9vdBUIABUMJQIYB3VzZXJfaWQlAAAVDCUCGAh0cmFja19pZCUAABUEJQIYBnBsYXllZCUSABUEJQIYBXBsYXlzABYGGRwZTCYIHBUMGRUAGRgHdXNlcl9pZBUCFgYWUhZWJgg8NgAoAnUyGAJ1MQAZHBUGFQAVAgAAACZeHBUMGRUAGRgIdHJhY2tfaWQVAhYGFlQWWCZePDYAKAFiGAMwMDcAGRwVBhUAFQIAAAAmtgEcFQQZFQAZGAZwbGF5ZWQVAhYGFl4WYia2ATw2ACgIAPzZbW8BAAAYCIjMNWRvAQAAABkcFQYVABUCAAAAJpgCHBUEGRUAGRgFcGxheXMVAhYGFl4WViaYAjw2ACgIAwAAAAAAAAAYCAEAAAAAAAAAABkcFQYVABUCAAAAFuICFgY25gIAKAloeXBhcnF1ZXQZTBwAABwAABwAABwAAABYAQAAUEFSMQ==';
const parquet = Uint8Array.from(atob(PARQUET), (c) => c.charCodeAt(0));

describe('Parquet', () => {
  it('is a table: ids as they stand, times and counts as numbers', async () => {
    const found = await read(file('plays.parquet', parquet));
    expect(pairs(found)).toEqual(EXPECTED);
    expect(found.inspected).toMatchObject({ encoding: 'Parquet', columns: [{ role: 'user' }, { role: 'item' }, { role: 'time' }, { role: 'value' }] });
    expect(found.raw.interactions.time?.[0]).toBe(Date.UTC(2020, 0, 2, 3, 4, 5) / 1000);
  });
  it('that was cut off says so', async () => {
    await expect(inspect([file('plays.parquet', parquet.slice(0, 300))])).rejects.toMatchObject({ what: expect.stringMatching(/damaged or cut off/), place: { file: 'plays.parquet' } });
  });
});
