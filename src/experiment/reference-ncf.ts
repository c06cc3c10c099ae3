/** MovieLens 1M by the NCF protocol: each user's test item among its 99 listed negatives, ties against it. Data and protocol come from the ordinary loader. */
import { rowOf, type PublishedRow } from '../analysis/claims';
import { ncfTable } from '../analysis/claims-ncf';
import { openData, readJson, referenceRun, type Claim, type ClaimSource } from './reference-claim';

/** A row of the page's table, with the sharper figures of ncf.json where there are any. */
interface Row extends Pick<PublishedRow, 'model' | 'params'> {
  what: string;
  tolerance: number;
  /** Of ncf.json; without it the figures are those of the table. */
  name?: string;
  published?: { source: string; hr10: number; ndcg10: number };
}

/** Model and settings alone: a row of the table has a name of its own. */
const tabled = (id: string): Pick<Row, 'model' | 'params'> => {
  const { model, params } = rowOf(ncfTable, id);
  return { model, params };
};
const neighbours: readonly Row[] = [
  { what: 'TopPop', name: 'popularity', ...tabled('popularity'), tolerance: 0.0005 },
  { what: 'ItemKNN cosine, binary profile', name: 'item_knn_k111_bm25_h298', ...tabled('item-knn'), tolerance: 0.001 },
  { what: 'ItemKNN cosine, weighted profile', name: 'item_knn_k111_bm25_h298_weighted_profile', ...tabled('item-knn-weighted'), tolerance: 0.001 },
  // All four readings: the page has the published one and the plain one.
  ...(['items', 'users'] as const).flatMap((documents) => (['reverse', 'own'] as const).map((side): Row => ({
    what: `UserKNN cosine, ${side} neighbours, ${documents} as documents`, name: `user_knn_k516_bm25_${documents}_as_documents_${side}`,
    model: 'user-knn', params: { ...tabled('user-knn').params, neighbours: side, documents }, tolerance: 0.001,
  }))),
];
/** Only in the paper, so the figures are those of the table. */
const fromPaper = (id: string): Row => {
  const { name, model, params, figures: [hr, ndcg] } = rowOf(ncfTable, id);
  return { what: name, model, params, tolerance: hr!.tolerance, published: { source: hr!.source ?? ncfTable.source, hr10: hr!.value, ndcg10: ndcg!.value } };
};
const factors: readonly Row[] = [
  { what: 'EASE', name: 'ease_1320', ...tabled('ease'), tolerance: 0.0005 },
  { what: 'PureSVD, f 52', name: 'pure_svd_f52', ...tabled('pure-svd'), tolerance: 0.0005 },
  fromPaper('slim'), fromPaper('als'), fromPaper('ials'),
];

/** For the test that each is in ncf.json. */
export const namesInFile: readonly string[] = [...neighbours, ...factors].flatMap((r) => r.name ?? []);

interface Expected {
  expected: Record<string, { hr10: number; ndcg10: number; hits10: number; first_ten_ranks: number[] }>;
  random_expectation: { hr10: number; ndcg10: number };
}

async function claimsOf(shared: string, rows: readonly Row[], withChance: boolean): Promise<Claim[]> {
  const { expected, random_expectation: chance } = readJson(shared, 'reference/ncf.json') as Expected;
  const data = await openData(shared, 'data/ncf-ml-1m.zip');
  const common = { where: 'NCF ML-1M' };
  const source = 'shared/reference/ncf.json';
  const claims: Claim[] = [];
  for (const row of rows) {
    const record = await referenceRun(data, 'listed', { model: row.model, params: row.params });
    const { metrics } = record.test.all;
    const known = row.name === undefined ? row.published! : { source, ...expected[row.name]! };
    claims.push(
      { ...common, source: known.source, what: `${row.what}: HR@10`, published: known.hr10, ours: metrics['HR@10']!.value, tolerance: row.tolerance },
      { ...common, source: known.source, what: `${row.what}: NDCG@10`, published: known.ndcg10, ours: metrics['NDCG@10']!.value, tolerance: row.tolerance },
    );
    if (row.name !== undefined) {
      const ranks = record.perUser?.ranks ?? [];
      claims.push({ ...common, source, what: `${row.what}: of the first ten ranks, those that differ`, published: 0, ours: expected[row.name]!.first_ten_ranks.filter((r, u) => r !== ranks[u]).length, tolerance: 0 });
    }
    if (withChance && row === rows[0]) {
      const random = record.baselines.find((b) => b.id === 'random')!.test.all.metrics;
      claims.push(
        { ...common, source, what: 'chance: HR@10', published: chance.hr10, ours: random['HR@10']!.value, tolerance: 1e-9 },
        { ...common, source, what: 'chance: NDCG@10', published: chance.ndcg10, ours: random['NDCG@10']!.value, tolerance: 1e-9 },
      );
    }
  }
  return claims;
}

const needs = ['reference/ncf.json', 'data/ncf-ml-1m.zip'];
const title = 'MovieLens 1M, NCF protocol (99 listed negatives)';

export const ncfSources: readonly ClaimSource[] = [
  {
    id: 'ncf-neighbours', title: `${title}: popularity and neighbours`, needs,
    note: 'The figures of ncf.json are an independent NumPy run on the same files; published (Dacrema et al., TOIS 2021, Table 55) are TopPop .4533/.2542, UserKNN .6606/.3951, ItemKNN .6694/.3979, weighted profile .6624/.3936. Items and users as documents, own and reverse neighbours are all measured, because papers rarely say which.',
    claims: (shared) => claimsOf(shared, neighbours, true),
  },
  {
    id: 'ncf-factors', title: `${title}: EASE, PureSVD, SLIM, iALS`, needs,
    note: 'EASE and PureSVD against the NumPy run on the same (rebuilt) train file to .0005; published there: EASE .7192/.4494, PureSVD .6937/.4303 (its train file differs in 55 rows). SLIM and iALS against the published figures to .01. The paper does not give SLIM’s settings: these were best of ten on one held-out train item per user. iALS, f 46: log scaling with α 50 and ε 10, regularisation 1e-5; its iterations are not published, 14 were best on one held-out train item per user.',
    claims: (shared) => claimsOf(shared, factors, false),
  },
];
