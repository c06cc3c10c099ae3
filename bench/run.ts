/**
 * npm run bench [-- kernels|steps|ranking|csv …]: our kernels against their slow twins and stock tfjs-wasm, in turn, in one run.
 * Prints tables and writes them to docs/measured.md.
 */
import { parseArgs } from 'node:util';
import { csvPart } from './csv';
import { machine, writeParts } from './document';
import { kernelRows } from './kernels';
import { cells, HEAD, rowsTable, type BenchRow } from './rows';
import { alignedRows } from '../src/experiment/result-table';
import { rankingRows, stepRows } from './two-tower';
import { prepareWays, switchTo } from './ways';
import { measurePeak } from '../src/compute/profile-peak';

declare const __COLDWAVE_ROOT__: string;
const SECTIONS = ['kernels', 'steps', 'ranking', 'csv'];

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean', default: true } }, allowPositionals: true, allowNegative: true });
const unknown = positionals.filter((p) => !SECTIONS.includes(p));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}: choose among ${SECTIONS.join(', ')}.`);
  process.exit(2);
}
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const whole = positionals.length === 0;

await prepareWays();
await switchTo('simd');
const square = (await measurePeak()).gflops;
console.log(`A matrix product of 384 × 384 × 384 here: ${square.toFixed(1)} GFLOP/s on one thread.`);
const sections: { title: string; rows: BenchRow[] }[] = [];
async function show(title: string, rows: () => Promise<BenchRow[]>): Promise<void> {
  const found = await rows();
  sections.push({ title, rows: found });
  console.log(`\n${title}\n${alignedRows([HEAD, ...found.map((r) => cells(r, peak()))])}`);
}
/** One reading of the square product can fall on a slow moment: the fastest product of the whole run counts. */
const peak = (): number => Math.max(square, ...sections.flatMap((s) => s.rows).map((r) => (r.unit === 'GFLOP/s' ? (r.gflops ?? 0) : 0)));

if (wanted('kernels')) await show('Kernels', kernelRows);
if (wanted('steps')) await show('One training step', () => stepRows());
if (wanted('ranking')) await show('Full ranking', rankingRows);
const body = sections.map((s) => `### ${s.title}\n\n${rowsTable(s.rows, peak())}`);
if (wanted('csv')) {
  const csv = await csvPart();
  console.log(`\nReading CSV\n${csv.summary.join('\n')}`);
  body.push(`### Reading CSV\n\nOurs finds encoding, delimiter and header, checks every row and keeps its line number; Papa Parse is given decoded text and the whole file at once.\n\n${csv.body}`);
}
if (body.length > 0) {
  const how = `Three ways in turn on one WASM heap and one thread: our SIMD kernels; their TypeScript twins; tfjs-wasm as shipped (composed ops, its own matrix product; only UnsortedSegmentSum is lent to it, without which it cannot train embeddings). Medians. "SIMD : stock" says how many times as fast. The last columns are of the fastest SIMD run, beside the fastest matrix product of the same run, ${peak().toFixed(1)} GFLOP/s; a pair of the compress scorer counts 2 (5·128 + 128·64 + 64) operations, with its dot product 2 D more: the five-number form, without layer norm and GELU.`;
  // A part of the tables must not replace all of them.
  if (values.write && whole) {
    writeParts(__COLDWAVE_ROOT__, [{ id: 'bench', title: 'Kernels, steps, ranking, CSV (Node)', command: 'npm run bench', body: `${machine()}.\n\n${how}\n\n${body.join('\n\n')}` }]);
    console.log('\nWritten to docs/measured.md.');
  }
}
process.exit(0);
