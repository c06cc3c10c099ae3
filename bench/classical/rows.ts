/** Which model with which settings is held against which figure. */
import type { TableRow } from './full-ranking';
import type { NcfRow } from './ncf';

/** Rows of hetrec.json. */
export const tables: TableRow[] = [
  { name: 'item_knn', id: 'item-knn', params: { k: 100 }, hits: 0 },
  { name: 'item_knn_bm25', id: 'item-knn', params: { k: 100, weighting: 'bm25' }, hits: 0 },
  { name: 'user_knn', id: 'user-knn', params: { k: 100 }, hits: 0 },
  { name: 'user_knn_reverse', id: 'user-knn', params: { k: 100, neighbours: 'reverse' }, hits: 0 },
  ...[100, 500, 1000].map((lambda) => ({ name: `ease_${lambda}`, id: 'ease', params: { lambda }, hits: 1 })),
  { name: 'pure_svd', id: 'pure-svd', params: { factors: 64 }, hits: 1 },
];
/** Rows of ncf.json, and published ones it does not hold. */
export const ncf: NcfRow[] = [
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
