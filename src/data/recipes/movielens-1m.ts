/** MovieLens 1M: ratings.dat, movies.dat, users.dat, with '::' between cells and Latin-1 letters. */
import { categoricalColumn, tagsColumn } from '../read/columns';
import { createInteractions } from '../read/interactions';
import { Problem } from '../../core/problem';
import type { EntityTable } from '../../core/dataset';
import { findFile, progressOf, rawTable, readRaw, sourceFile, type Candidate, type Recipe } from './recipe';

const AGES: Record<string, string> = { '1': 'under 18', '18': '18-24', '25': '25-34', '35': '35-44', '45': '45-49', '50': '50-55', '56': '56 and over' };
/** By number, as the README of the data set lists them. */
const OCCUPATIONS = ['other', 'academic/educator', 'artist', 'clerical/admin', 'college/grad student', 'customer service', 'doctor/health care', 'executive/managerial', 'farmer', 'homemaker', 'K-12 student', 'lawyer', 'programmer', 'retired', 'sales/marketing', 'scientist', 'self-employed', 'technician/engineer', 'tradesman/craftsman', 'unemployed', 'writer'];

const find = (files: readonly Candidate[]) => ({
  ratings: findFile(files, /^\d+::\d+::[\d.]+::\d{8,10}$/),
  films: findFile(files, /^\d+::.*\(\d{4}\)::[^:]+$/),
  people: findFile(files, /^\d+::[MF]::\d+::\d+::[^:]*$/),
});

export const movielens1m: Recipe = {
  id: 'movielens-1m',
  name: 'MovieLens 1M',

  recognise(files) {
    const { ratings, films, people } = find(files);
    if (ratings && (films || people)) return `"${ratings.source.name}" holds ratings with times${films ? `, "${films.source.name}" titles and genres` : ''}${people ? `, "${people.source.name}" the people` : ''}.`;
    return films || people ? 'Films and people of MovieLens 1M, but no ratings: ratings.dat has to be added.' : null;
  },

  async read(files, ctx) {
    const { ratings, films, people } = find(files);
    if (!ratings) throw new Problem('The ratings are missing: these files only describe films and people.', { file: (films ?? people)?.source.key }, 'Add ratings.dat from the same data set, together with these files.');
    const interactions = createInteractions(true, true);
    const table = await rawTable(ratings, { delimiter: '::', header: false, names: ['UserID', 'MovieID', 'Rating', 'Timestamp'] }, ctx);
    const rows = await interactions.read(table, { user: [0], item: [1], time: 3, value: 2, about: [], looseItem: false }, ctx.rejected, progressOf(ratings, ctx));
    const sources = [sourceFile(ratings, 'interactions', rows, ctx)];
    let users: EntityTable | null = null;
    let items: EntityTable | null = null;
    if (films) {
      const cells: string[][] = [];
      sources.push(await readRaw(films, { delimiter: '::', header: false, names: ['MovieID', 'Title', 'Genres'] }, 'items', ctx, (b) => void cells.push(...b.rows)));
      items = {
        ids: cells.map((r) => r[0]!),
        label: 'title',
        columns: [
          { kind: 'text', name: 'title', values: cells.map((r) => r[1]!) },
          { kind: 'numeric', name: 'year', values: Float64Array.from(cells, (r) => Number(/\((\d{4})\)\s*$/.exec(r[1]!)?.[1] ?? Number.NaN)) },
          tagsColumn('genres', cells.map((r) => r[2]!.split('|').filter(Boolean))),
        ],
      };
    }
    if (people) {
      const cells: string[][] = [];
      sources.push(await readRaw(people, { delimiter: '::', header: false, names: ['UserID', 'Gender', 'Age', 'Occupation', 'Zip-code'] }, 'users', ctx, (b) => void cells.push(...b.rows)));
      const column = (c: number, words?: (cell: string) => string | undefined): string[] => cells.map((r) => words?.(r[c]!) ?? r[c]!);
      users = {
        ids: column(0),
        label: null,
        columns: [categoricalColumn('gender', column(1)), categoricalColumn('age group', column(2, (c) => AGES[c])), categoricalColumn('occupation', column(3, (c) => OCCUPATIONS[Number(c)])), categoricalColumn('zip code', column(4))],
      };
    }
    return { sources, interactions: interactions.done(), users, items, notes: [] };
  },
};
