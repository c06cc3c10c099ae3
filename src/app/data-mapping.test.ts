import { describe, expect, it } from 'vitest';
import type { ColumnRole, FileRole, InspectedFile, Inspection } from '../../workers/protocol';
import { mappingOf, nameFor, reviewMapping, withColumnRole, withFileRole, withReinspected } from './data-mapping';

const file = (name: string, role: FileRole, columns: [string, ColumnRole][]): InspectedFile => ({
  key: name,
  name,
  bytes: 100,
  encoding: 'utf-8',
  encodingReason: '',
  delimiter: ',',
  header: true,
  columns: columns.map(([n, r], index) => ({ name: n, index, samples: [], role: r, reason: '' })),
  preview: [],
  previewLines: [],
  role,
  roleReason: '',
});
const of = (...files: InspectedFile[]): Inspection => ({ recipe: null, files, skipped: [] });
const plays = file('plays.csv', 'interactions', [['user_id', 'user'], ['track_id', 'item'], ['played_at', 'time']]);
const users = file('users.csv', 'users', [['user_id', 'id'], ['country', 'category']]);
const songs = file('songs.csv', 'items', [['track_id', 'id'], ['name', 'title'], ['lyrics', 'text']]);

describe('what a mapping will read', () => {
  it('three well-guessed files are ready at once', () => {
    const inspection = of(users, songs, plays);
    const review = reviewMapping(inspection, mappingOf(inspection));
    expect(review.problems).toEqual([]);
    expect(review.ready).toBe(true);
    expect(review.sentences).toContain('plays.csv: user = user_id, item = track_id, time = played_at, no value, so every row counts 1.');
    expect(review.sentences).toContain('songs.csv: item = track_id, named by name, lyrics kept.');
  });
  it('one table without interactions can be looked at, and that nothing can be trained is said', () => {
    const inspection = of(users);
    const review = reviewMapping(inspection, mappingOf(inspection));
    expect(review).toMatchObject({ ready: true, problems: [] });
    expect(review.sentences[1]).toMatch(/nothing to train on; the users alone can be looked at on Explore/);
  });
  it('two tables without interactions: not ready, and says which role is missing', () => {
    const inspection = of(users, songs);
    expect(reviewMapping(inspection, mappingOf(inspection)).problems[0]).toMatch(/No file holds interactions.*the other files the role "Ignore"/);
  });
  it('no user column: not ready, and names the file', () => {
    const inspection = of(plays);
    const review = reviewMapping(inspection, withColumnRole(mappingOf(inspection), 'plays.csv', 0, 'ignore'));
    expect(review.ready).toBe(false);
    expect(review.problems).toEqual(['plays.csv: choose which column is the user.']);
  });
  it('without item ids, title and artist name the item', () => {
    const inspection = of(file('plays.csv', 'interactions', [['who', 'user'], ['song', 'title'], ['band', 'artist']]));
    const review = reviewMapping(inspection, mappingOf(inspection));
    expect(review.ready).toBe(true);
    expect(review.sentences[0]).toMatch(/^plays\.csv: user = who, item = song \+ band,/);
  });
  it('neither item nor title: not ready', () => {
    const inspection = of(file('plays.csv', 'interactions', [['who', 'user'], ['x', 'ignore']]));
    expect(reviewMapping(inspection, mappingOf(inspection)).problems).toEqual(['plays.csv: choose which column is the item, or at least its title.']);
  });
  it('an ignored file is not read and not asked about', () => {
    const inspection = of(plays, file('junk.csv', 'users', [['x', 'category']]));
    const junk = inspection.files[1]!;
    expect(reviewMapping(inspection, withFileRole(mappingOf(inspection), junk, 'ignore'))).toMatchObject({ ready: true, problems: [] });
  });
});

describe('choosing roles', () => {
  it('a role that one column can have leaves the column that had it', () => {
    const mapping = withColumnRole(mappingOf(of(plays)), 'plays.csv', 2, 'user');
    expect(mapping.files[0]?.columns).toEqual({ 0: 'ignore', 1: 'item', 2: 'user' });
  });
  it('a users file made an interactions file keeps its id as the user', () => {
    const mapping = withFileRole(mappingOf(of(users)), users, 'interactions');
    expect(mapping.files[0]?.columns[0]).toBe('user');
  });
  it('going back to the guessed file role brings the guess back', () => {
    const there = withFileRole(mappingOf(of(songs)), songs, 'users');
    expect(withFileRole(there, songs, 'items')).toEqual(mappingOf(of(songs)));
  });
  it('interactions made a table of items keep what describes the items', () => {
    const inspection = of({ ...plays, columns: [...plays.columns, { name: 'genre', index: 3, samples: [], role: 'ignore', reason: '', holds: 'category' }] });
    const mapping = withFileRole(mappingOf(inspection), inspection.files[0]!, 'items');
    expect(mapping.files[0]?.columns).toEqual({ 0: 'ignore', 1: 'id', 2: 'ignore', 3: 'category' });
  });
  it('reading one file again keeps the choices made for the others', () => {
    const before = withColumnRole(mappingOf(of(users, plays)), 'users.csv', 1, 'text');
    const again = of(users, { ...plays, columns: plays.columns.slice(0, 2) });
    const after = withReinspected(before, 'plays.csv', again, { delimiter: ';' });
    expect(after.files[0]?.columns[1]).toBe('text');
    expect(after.files[1]).toMatchObject({ columns: { 0: 'user', 1: 'item' }, options: { delimiter: ';' } });
  });
});

it('a data set is named by its archive, else by its interactions file', () => {
  const mapping = mappingOf(of(users, plays));
  expect(nameFor([{ name: 'my.plays.zip' }], mapping)).toBe('my.plays');
  expect(nameFor([{ name: 'users.csv' }, { name: 'plays.csv' }], mapping)).toBe('plays');
});
