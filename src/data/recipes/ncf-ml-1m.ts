/** NCF's MovieLens 1M (He et al. 2017): train rows by index, and for each user one test item with 99 listed negatives. */
import { numericColumn } from '../read/columns';
import { createInteractions } from '../read/interactions';
import { Problem } from '../../core/problem';
import type { EntityTable } from '../../core/dataset';
import { findFile, progressOf, rawTable, readRaw, sourceFile, startLines, type Candidate, type Recipe } from './recipe';

const find = (files: readonly Candidate[]) => {
  const timed = /^\d+\t\d+\t[1-5](\.\d)?\t\d{9,10}$/;
  const negatives = findFile(files, /^\(\d+,\d+\)(\t\d+)+$/);
  // One row per user against many: the larger of two files of ratings is train.
  const plain = findFile(files, /^\d+\t\d+\t[1-5](\.\d)?$/);
  const train = plain ?? findFile(files, timed);
  return { negatives, train, test: findFile(files.filter((f) => f !== train), timed), map: findFile(files, /^\d+,\d+(,[01])?$/, /^ncf_item,movielens_movieId/) };
};

export const ncfMl1m: Recipe = {
  id: 'ncf-ml-1m',
  name: 'MovieLens 1M, NCF protocol',

  recognise(files) {
    const { negatives, train, test } = find(files);
    if (!negatives) return null;
    if (train && test) return `"${negatives.source.name}" lists each user’s test item with its negatives, "${train.source.name}" holds the train ratings, "${test.source.name}" the test ratings.`;
    return 'Test items with listed negatives, but the ratings to train on (and those of the test) are missing.';
  },

  async read(files, ctx) {
    const { negatives, train, test, map } = find(files);
    if (!negatives || !train || !test) throw new Problem('Of the three files one is missing: train ratings, test ratings, test items with negatives.', { file: (negatives ?? train)?.source.key }, 'Drop the whole zip file.');
    const hasTime = /^\d+\t\d+\t[\d.]+\t/.test(startLines(train)[0]!);
    const interactions = createInteractions(hasTime, true);
    const sources = [];
    // Train first: without times a user's test row is then the last of their rows.
    for (const [file, names] of [[train, ['user', 'item', 'rating', ...(hasTime ? ['time'] : [])]], [test, ['user', 'item', 'rating', 'time']]] as const) {
      const table = await rawTable(file, { delimiter: '\t', header: false, names: [...names] }, ctx);
      const rows = await interactions.read(table, { user: [0], item: [1], time: hasTime ? 3 : null, value: 2, about: [], looseItem: false }, ctx.rejected, progressOf(file, ctx));
      sources.push(sourceFile(file, 'interactions', rows, ctx));
    }
    const listed: { user: string[]; item: string[]; negatives: string[][] } = { user: [], item: [], negatives: [] };
    const width = startLines(negatives)[0]!.split('\t').length;
    const names = ['(user,item)', ...Array.from({ length: width - 1 }, (_, k) => `negative ${k + 1}`)];
    sources.push(await readRaw(negatives, { delimiter: '\t', header: false, names }, 'other', ctx, ({ rows }) => {
      for (const [key, ...rest] of rows) {
        const [user, item] = key!.slice(1, -1).split(',');
        listed.user.push(user!);
        listed.item.push(item!);
        listed.negatives.push(rest);
      }
    }));
    let items: EntityTable | null = null;
    if (map) {
      const cells: string[][] = [];
      sources.push(await readRaw(map, { delimiter: ',', header: true, names: startLines(map)[0]!.split(',') }, 'items', ctx, ({ rows }) => void cells.push(...rows)));
      items = { ids: cells.map((r) => r[0]!), label: null, columns: [numericColumn('MovieLens id', cells.map((r) => r[1]!)).column] };
    }
    return {
      sources, interactions: interactions.done(), users: null, items, listed,
      notes: [`${listed.user.length.toLocaleString('en-US')} users bring a test item with ${width - 1} listed negatives: the split "NCF: listed negatives" uses them.`, ...(hasTime ? [] : ['The train ratings have no times: orders by time fall back to row order.'])],
    };
  },
};
