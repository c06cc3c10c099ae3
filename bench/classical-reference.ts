/**
 * Measures the classical models against independent figures and exits non-zero on a miss.
 *   node scripts/run-ts.mjs bench/classical-reference.ts [lastfm|ml100k|ncf]… [model id]…
 * Files are read from ../shared; without them it says so and exits 0.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isHit, printClaims, type Claim } from './classical/claims';
import { tableClaims, tableWorld } from './classical/full-ranking';
import { ncfClaims, ncfWorld } from './classical/ncf';
import { ncf, tables } from './classical/rows';

declare const __COLDWAVE_ROOT__: string;
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');

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
