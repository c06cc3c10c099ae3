import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleaningOf, dataFits, rankedValues, verdictsOf, type DataInUse } from './claims';
import { hetrecTable, ml100kTable } from './claims-full-ranking';
import { lightfmTable } from './claims-lightfm';
import { ncfTable } from './claims-ncf';
import { ratingsTable } from './claims-ratings';
import { rankedRun } from './ranked-run';

const loaded = (patch: Partial<DataInUse> = {}): DataInUse => ({ name: 'Last.fm', recipe: 'hetrec-lastfm', counts: hetrecTable.counts, rawCounts: { interactions: 92834, users: 1892, items: 17632 }, rules: cleaningOf(hetrecTable), ...patch });

describe('whether the right data are loaded', () => {
  it('recipe and row counts decide', () => {
    expect(dataFits(hetrecTable, loaded())).toEqual({ kind: 'fits' });
    expect(dataFits(hetrecTable, null)).toMatchObject({ kind: 'other', why: expect.stringContaining('hetrec2011-lastfm-2k.zip') as string });
    expect(dataFits(ml100kTable, loaded())).toMatchObject({ kind: 'other', why: expect.stringContaining('ml-100k.zip') as string });
  });
  it('the right file without its 5-core is told apart from a wrong file', () => {
    expect(dataFits(hetrecTable, loaded({ counts: loaded().rawCounts, rules: [{ kind: 'duplicates', keep: 'first' }] }))).toMatchObject({ kind: 'clean' });
    expect(dataFits(hetrecTable, loaded({ counts: { ...hetrecTable.counts, users: 1858 } }))).toMatchObject({ kind: 'other', why: expect.stringContaining('71,355 interactions of 1,858 users') as string });
  });
});

describe('a table that needs to be told what is test', () => {
  const data = loaded({ name: 'MovieLens 100K', recipe: 'movielens-100k', counts: ml100kTable.counts, rules: cleaningOf(ml100kTable) });
  it('asks for that file once the data are right, and knows it by name and size', () => {
    expect(dataFits(lightfmTable, data)).toMatchObject({ kind: 'test', why: expect.stringContaining('ua.test, which is inside ml-100k.zip') as string });
    expect(dataFits(lightfmTable, data, { name: 'ub.test', size: 186672 })).toMatchObject({ kind: 'test' });
    expect(dataFits(lightfmTable, data, { name: 'ua.test', size: 186672 })).toEqual({ kind: 'fits' });
  });
});

describe('verdicts', () => {
  const table = { ...ml100kTable, rows: [{ id: 'a', name: 'A', model: 'a', params: {}, seeds: [0, 1], figures: [{ slice: 'all' as const, metric: 'HR@10', value: 0.5, tolerance: 0.125 }] }] };
  const find = (hits: number) => rankedRun(Array.from({ length: 8 }, (_, u) => (u < hits ? 1 : 50)));
  const judge = (...hits: number[]) => verdictsOf(table, (_, figure) => rankedValues(hits.map(find), figure));
  it('the mean over all seeds is judged; .5 and .75 are .125 above .5: a hit at exactly the tolerance', () => {
    expect(judge(4, 6)[0]).toMatchObject({ ours: 0.625, difference: 0.125, verdict: 'hit' });
    expect(judge(5, 6)[0]).toMatchObject({ verdict: 'miss' });
  });
  it('with a seed missing there is no verdict yet', () => expect(judge(4)[0]).toMatchObject({ ours: null, verdict: null, runs: 1 }));
});

const file = '../shared/reference';
interface Slice { n: number; hr10: number | { mean: number }; ndcg10: number | { mean: number } }
describe.skipIf(!existsSync(`${file}/hetrec.json`))('the figures are those of the independent runs (skipped where ../shared is absent)', () => {
  const mean = (x: number | { mean: number }): number => (typeof x === 'number' ? x : x.mean);
  const read = (name: string): unknown => JSON.parse(readFileSync(`${file}/${name}`, 'utf8'));
  it.each([['lastfm', hetrecTable], ['ml100k', ml100kTable]] as const)('%s, to five digits, every row', (section, table) => {
    const { results } = (read('hetrec.json') as Record<string, { results: Record<string, { all: Slice; cold: Slice }> }>)[section]!;
    expect(table.rows.map((r) => r.id).sort()).toEqual(Object.keys(results).sort());
    for (const row of table.rows) {
      const { all, cold } = results[row.id]!;
      const written = [mean(all.hr10), mean(all.ndcg10), mean(cold.hr10)];
      row.figures.forEach((f, k) => expect(Math.abs(f.value - written[k]!), `${row.id} ${f.slice} ${f.metric}`).toBeLessThanOrEqual(0.0000051));
    }
  });
  it('NCF closed forms, to four digits', () => {
    const { expected } = read('ncf.json') as { expected: Record<string, { hr10: number; ndcg10: number }> };
    const names: Record<string, string> = {
      popularity: 'popularity', 'item-knn': 'item_knn_k111_bm25_h298', 'item-knn-weighted': 'item_knn_k111_bm25_h298_weighted_profile',
      'user-knn': 'user_knn_k516_bm25_items_as_documents_reverse', 'user-knn-own': 'user_knn_k516_bm25_users_as_documents_own', 'pure-svd': 'pure_svd_f52', ease: 'ease_1320',
    };
    for (const [id, name] of Object.entries(names)) {
      const [hr, ndcg] = ncfTable.rows.find((r) => r.id === id)!.figures;
      expect(Math.abs(hr!.value - expected[name]!.hr10), id).toBeLessThanOrEqual(0.000051);
      expect(Math.abs(ndcg!.value - expected[name]!.ndcg10), id).toBeLessThanOrEqual(0.000051);
    }
  });
  it('LightFM on ua.test, to five digits', () => {
    const { ml100k } = read('lightfm.json') as { ml100k: { expected: Record<string, { p10_test_train_excluded: { mean: number } }> } };
    expect(lightfmTable.rows.map((r) => r.id).sort()).toEqual(Object.keys(ml100k.expected).sort());
    for (const row of lightfmTable.rows) expect(Math.abs(row.figures[0]!.value - ml100k.expected[row.id]!.p10_test_train_excluded.mean), row.id).toBeLessThanOrEqual(0.0000051);
  });
  it('Surprise on the published folds, means to four digits', () => {
    const { expected } = read('ml100k.json') as { expected: Record<string, Record<'rmse' | 'mae', { mean_of_folds: number }>> };
    // A row with a source of its own is not in that file.
    for (const row of ratingsTable.rows.filter((r) => r.figures[0]!.source === undefined)) {
      expect(Math.abs(row.figures[0]!.value - expected[row.id]!.rmse.mean_of_folds), row.id).toBeLessThanOrEqual(0.000051);
      expect(Math.abs(row.figures[1]!.value - expected[row.id]!.mae.mean_of_folds), row.id).toBeLessThanOrEqual(0.000051);
    }
  });
});
