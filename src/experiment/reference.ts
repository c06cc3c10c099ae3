/** npm run reference: measures again what others have published, writes docs/reference-numbers.md, and fails on a miss. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { claimSources, type Claim } from './reference-claims';
import { alignedRows } from './result-table';

declare const __COLDWAVE_ROOT__: string;

const hit = (c: Claim): boolean => Math.abs(c.ours - c.published) <= c.tolerance;
const number = (x: number): string => (Number.isInteger(x) ? String(x) : x.toPrecision(10).replace(/0+$/, ''));
const difference = (c: Claim): string => (c.ours === c.published ? '0' : (c.ours - c.published).toExponential(1));
const cells = (c: Claim): string[] => [c.what, number(c.published), number(c.ours), difference(c), hit(c) ? 'hit' : `MISS (allowed ${c.tolerance})`];
const HEAD = ['figure', 'published', 'ours', 'difference', 'verdict'];

const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');
const sections: string[] = [];
let misses = 0;
let skipped = 0;
for (const { title, needs, claims } of claimSources) {
  const absent = needs.filter((file) => !existsSync(path.join(shared, file)));
  if (absent.length > 0) {
    skipped++;
    console.log(`${title}: skipped, because ../shared/${absent.join(' and ../shared/')} is not there.\n`);
    continue;
  }
  const found = await claims(shared);
  misses += found.filter((c) => !hit(c)).length;
  console.log(`${title}\n${alignedRows([HEAD, ...found.map(cells)])}\n`);
  sections.push(`## ${title}\n\nSource: ${[...new Set(found.map((c) => c.source))].join(', ')}\n\n| ${HEAD.join(' | ')} |\n|---|--:|--:|--:|---|\n${found.map((c) => `| ${cells(c).join(' | ')} |`).join('\n')}\n`);
}
if (skipped === 0) {
  const target = path.join(__COLDWAVE_ROOT__, 'docs', 'reference-numbers.md');
  writeFileSync(target, `# Reference numbers\n\nWritten by \`npm run reference\`, which measures every figure again and fails on a miss. "Published" is the number of the source; rates and counts without a tolerance must be equal, NDCG to 1e-12.\n\n${sections.join('\n')}`);
  console.log('Written to docs/reference-numbers.md.');
}
console.log(misses === 0 ? 'No miss.' : `${misses} missed.`);
process.exitCode = misses === 0 ? 0 : 1;
