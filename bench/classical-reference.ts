/**
 * Measures the classical models against independent figures and exits non-zero on a miss.
 *   node scripts/run-ts.mjs bench/classical-reference.ts [lastfm|ml100k|ncf]… [model id]…
 * Files are read from ../shared; without them it says so and exits 0.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isHit, printClaims, type Claim } from './classical/claims';
import { tableClaims, tableWorld, type TableRow } from './classical/full-ranking';
import { ncfClaims, ncfWorld, type NcfRow } from './classical/ncf';

declare const __COLDWAVE_ROOT__: string;
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');

const tables: TableRow[] = [
  { name: 'item_knn', id: 'item-knn', params: { k: 100 }, hits: 0 },
  { name: 'item_knn_bm25', id: 'item-knn', params: { k: 100, weighting: 'bm25' }, hits: 0 },
  { name: 'user_knn', id: 'user-knn', params: { k: 100 }, hits: 0 },
  { name: 'user_knn_reverse', id: 'user-knn', params: { k: 100, neighbours: 'reverse' }, hits: 0 },
  ...[100, 500, 1000].map((lambda) => ({ name: `ease_${lambda}`, id: 'ease', params: { lambda }, hits: 1 })),
  { name: 'pure_svd', id: 'pure-svd', params: { factors: 64 }, hits: 1 },
];
const ncf: NcfRow[] = [
  { name: 'item_knn_k111_bm25_h298', id: 'item-knn', params: { k: 111, shrink: 298, weighting: 'bm25' }, tolerance: 0.001 },
  ...(['items', 'users'] as const).flatMap((documents) => (['reverse', 'own'] as const).map((neighbours) => (
    { name: `user_knn_k516_bm25_${documents}_as_documents_${neighbours}`, id: 'user-knn', params: { k: 516, weighting: 'bm25', neighbours, documents }, tolerance: 0.001 }
  ))),
  { name: 'ease_1320', id: 'ease', params: { lambda: 1320 }, tolerance: 0.0005 },
  { name: 'pure_svd_f52', id: 'pure-svd', params: { factors: 52 }, tolerance: 0.0005 },
  {
    // The table does not give SLIM's settings: these were best of ten on one held-out train item per user.
    name: 'slim', id: 'slim', params: { l1: 5, l2: 500 }, tolerance: 0.01,
    published: { source: 'Dacrema et al., TOIS 2021, Table 55 (SLIM ElasticNet)', hr10: 0.7162, ndcg10: 0.4468 },
  },
];

const asked = process.argv.slice(2);
const worlds = ['lastfm', 'ml100k', 'ncf'].filter((w) => !asked.some((a) => ['lastfm', 'ml100k', 'ncf'].includes(a)) || asked.includes(w));
const ids = asked.filter((a) => !['lastfm', 'ml100k', 'ncf'].includes(a));
const wanted = <R extends { id: string }>(rows: R[]): R[] => rows.filter((r) => ids.length === 0 || ids.includes(r.id));

let misses = 0;
function show(title: string, { claims, seconds }: { claims: Claim[]; seconds: string }): void {
  printClaims(title, seconds, claims);
  misses += claims.filter((c) => !isHit(c)).length;
}
if (!existsSync(path.join(shared, 'reference'))) {
  console.log('../shared is not there: nothing was checked.');
} else {
  for (const which of ['lastfm', 'ml100k'] as const) {
    if (!worlds.includes(which)) continue;
    const world = await tableWorld(shared, which);
    for (const row of wanted(tables)) show(`${world.title}, ${row.name}`, await tableClaims(world, row));
  }
  if (worlds.includes('ncf')) {
    const world = ncfWorld(shared);
    for (const row of wanted(ncf)) show(`NCF ML-1M, ${row.name}`, await ncfClaims(world, row));
  }
  console.log(misses === 0 ? 'Every figure is hit.' : `${misses} figures are missed.`);
}
process.exit(misses === 0 ? 0 : 1);
