/** MovieLens 100K: u.data, u.item, u.user, and the published folds u1 to u5 where they are there. ua and ub are not read. */
import { categoricalColumn, numericColumn, tagsColumn } from '../read/columns';
import { createInteractions } from '../read/interactions';
import { parseTime } from '../read/values';
import { Problem } from '../../core/problem';
import type { EntityTable } from '../../core/dataset';
import { foldFiles, readFolds } from './movielens-folds';
import { findFile, progressOf, rawTable, readRaw, sourceFile, type Candidate, type Recipe } from './recipe';

/** Order of the 19 flags of u.item, as its README lists them. */
const GENRES = ['unknown', 'Action', 'Adventure', 'Animation', "Children's", 'Comedy', 'Crime', 'Documentary', 'Drama', 'Fantasy', 'Film-Noir', 'Horror', 'Musical', 'Mystery', 'Romance', 'Sci-Fi', 'Thriller', 'War', 'Western'];
const ITEM_COLUMNS = ['movie id', 'title', 'release date', 'video release date', 'url', ...GENRES];

const find = (files: readonly Candidate[]) => {
  const ratings = files.filter((f) => !/\.(base|test)$/.test(f.source.name));
  const row = /^\d+\t\d+\t[1-5]\t\d{9}$/;
  return {
    ratings: findFile(ratings, row) ?? findFile(files, row),
    films: findFile(files, /^\d+\|[^|]*\|(\d\d-[A-Z][a-z]{2}-\d{4})?\|[^|]*\|[^|]*(\|[01]){19}$/),
    people: findFile(files, /^\d+\|\d+\|[MF]\|[a-z]+\|[^|]*$/),
  };
};

export const movielens100k: Recipe = {
  id: 'movielens-100k',
  name: 'MovieLens 100K',

  recognise(files) {
    const { ratings, films, people } = find(files);
    if (ratings && films) return `"${ratings.source.name}" holds ratings from 1 to 5 with times, "${films.source.name}" films with 19 genre flags${people ? `, "${people.source.name}" the people` : ''}.`;
    return films && people ? 'Films and people of MovieLens 100K, but the ratings (u.data) are missing.' : null;
  },

  async read(files, ctx) {
    const { ratings, films, people } = find(files);
    if (!ratings) throw new Problem('The ratings are missing: these files only describe films and people.', { file: films?.source.key }, 'Add u.data, or drop the whole zip file.');
    const interactions = createInteractions(true, true);
    const table = await rawTable(ratings, { delimiter: '\t', header: false, names: ['user id', 'item id', 'rating', 'timestamp'] }, ctx);
    const rows = await interactions.read(table, { user: [0], item: [1], time: 3, value: 2, about: [], looseItem: false }, ctx.rejected, progressOf(ratings, ctx));
    const sources = [sourceFile(ratings, 'interactions', rows, ctx)];
    let users: EntityTable | null = null;
    let items: EntityTable | null = null;
    if (films) {
      const cells: string[][] = [];
      sources.push(await readRaw(films, { delimiter: '|', header: false, names: ITEM_COLUMNS }, 'items', ctx, (b) => void cells.push(...b.rows)));
      const year = cells.map((r) => new Date(parseTime(r[2]!, 'seconds') * 1000).getUTCFullYear());
      items = {
        ids: cells.map((r) => r[0]!),
        label: 'title',
        columns: [
          { kind: 'text', name: 'title', values: cells.map((r) => r[1]!) },
          { kind: 'text', name: 'release date', values: cells.map((r) => r[2]!) },
          { kind: 'numeric', name: 'year', values: Float64Array.from(year) },
          tagsColumn('genres', cells.map((r) => GENRES.filter((_, g) => r[5 + g] === '1'))),
        ],
      };
    }
    if (people) {
      const cells: string[][] = [];
      sources.push(await readRaw(people, { delimiter: '|', header: false, names: ['user id', 'age', 'gender', 'occupation', 'zip code'] }, 'users', ctx, (b) => void cells.push(...b.rows)));
      const column = (c: number): string[] => cells.map((r) => r[c]!);
      users = { ids: column(0), label: null, columns: [numericColumn('age', column(1)).column, categoricalColumn('gender', column(2)), categoricalColumn('occupation', column(3)), categoricalColumn('zip code', column(4))] };
    }
    const read = interactions.done();
    const tests = foldFiles(files);
    const published = tests && (await readFolds(tests, read, ctx));
    return { sources: [...sources, ...(published?.sources ?? [])], interactions: read, users, items, notes: published?.notes ?? [], ...(published?.folds ? { folds: published.folds } : {}) };
  },
};
