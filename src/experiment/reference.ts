/**
 * npm run reference [-- NAME…]: measures again what others have published, writes docs/reference-numbers.md, and fails on a miss.
 * With names only those are measured, and only their sections of the document change. --list prints the names.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isHit, type Claim, type ClaimSource } from './reference-claim';
import { claimSources } from './reference-claims';
import { alignedRows } from './result-table';

declare const __COLDWAVE_ROOT__: string;

const number = (x: number, c: Claim): string => (Number.isInteger(x) ? String(x) : x.toPrecision(c.spread || c.rule || c.published === null ? 4 : 10).replace(/0+$/, ''));
function difference(c: Claim): string {
  if (c.published === null) return '';
  return c.ours === c.published ? '0' : (c.ours - c.published).toExponential(1);
}
function verdict(c: Claim): string {
  if (c.published === null) return 'measured';
  return isHit(c) ? 'hit' : `MISS (${c.rule === 'above' ? 'must be larger' : `allowed ${c.tolerance}`})`;
}
const cells = (c: Claim): string[] => [c.what, c.published === null ? '' : number(c.published, c), number(c.ours, c), difference(c), verdict(c), c.spread ?? ''];
const HEAD = ['figure', 'published', 'ours', 'difference', 'verdict', 'spread over seeds'];
/** The last column only where a claim has something in it. */
const columns = (found: readonly Claim[]): number => (found.some((c) => c.spread) ? HEAD.length : HEAD.length - 1);

const PREAMBLE = `# Reference numbers

Written by \`npm run reference\`, which measures every figure again and fails on a miss; \`npm run reference -- NAME\` measures one section. "Published" is the number of the source; rates and counts without a tolerance must be equal, NDCG to 1e-12.
`;
const target = path.join(__COLDWAVE_ROOT__, 'docs', 'reference-numbers.md');
const begin = (id: string): string => `<!-- begin ${id} -->\n`;
const end = (id: string): string => `<!-- end ${id} -->\n`;

/** Sections that are in the document now, by name: also those this build does not know, which stay as they are. */
function present(): Map<string, string> {
  const text = existsSync(target) ? readFileSync(target, 'utf8') : '';
  return new Map(Array.from(text.matchAll(/<!-- begin (\S+) -->\n/g), ({ 1: id, 0: opening, index }) => {
    const to = text.indexOf(end(id!), index);
    return to < 0 ? null : ([id!, text.slice(index + opening.length, to)] as const);
  }).filter((found) => found !== null));
}
function section({ id, title, note }: ClaimSource, found: readonly Claim[]): string {
  const width = columns(found);
  const line = (row: readonly string[]): string => `| ${row.slice(0, width).join(' | ')} |`;
  const rule = ['---', '--:', '--:', '--:', '---', '---'].slice(0, width).join('|');
  const sources = [...new Set(found.map((c) => c.source))].join(', ');
  return `## ${title}\n\nSource: ${sources}. Again: \`npm run reference -- ${id}\`\n${note ? `\n${note}\n` : ''}\n${line(HEAD)}\n|${rule}|\n${found.map((c) => line(cells(c))).join('\n')}\n`;
}

const names = process.argv.slice(2);
const known = claimSources.map((s) => s.id);
const unknown = names.filter((n) => !known.includes(n) && n !== '--list');
if (names.includes('--list') || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no reference "${unknown.join('", "')}".`);
  console.log(claimSources.map((s) => `${s.id.padEnd(20)}${s.title}`).join('\n'));
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  process.exitCode = (await measureAll(claimSources.filter((s) => names.length === 0 || names.includes(s.id)))) === 0 ? 0 : 1;
}

/** @returns the number of misses */
async function measureAll(sources: readonly ClaimSource[]): Promise<number> {
  const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');
  let misses = 0;
  for (const source of sources) {
    const absent = source.needs.filter((file) => !existsSync(path.join(shared, file)));
    if (absent.length > 0) {
      console.log(`${source.title}: skipped, because ../shared/${absent.join(' and ../shared/')} is not there.\n`);
      continue;
    }
    const found = await source.claims(shared);
    misses += found.filter((c) => !isHit(c)).length;
    console.log(`${source.title}\n${alignedRows([HEAD, ...found.map(cells)].map((row) => row.slice(0, columns(found))))}\n`);
    // Written after each: a long run that is broken off keeps what it has measured.
    const sections = present().set(source.id, section(source, found));
    const order = [...known.filter((id) => sections.has(id)), ...[...sections.keys()].filter((id) => !known.includes(id))];
    const parts = order.map((id) => `\n${begin(id)}${sections.get(id)!}${end(id)}`);
    writeFileSync(target, `${PREAMBLE}${parts.join('')}`);
  }
  console.log(misses === 0 ? 'No miss.' : `${misses} missed.`);
  return misses;
}
