/**
 * npm run bench [-- kernels|steps|ranking|csv|peers …] [--peers PYTHON]: our kernels against their slow twins and stock tfjs-wasm, in turn, in one run.
 * Prints tables and writes them to docs/measured.md.
 */
import { parseArgs } from 'node:util';
import { csvPart } from './csv';
import { machine, writeParts, type Part } from './document';
import { kernelRows } from './kernels';
import { peersPart } from './peers';
import { cells, HEAD, rowsTable, type BenchRow } from './rows';
import { alignedRows } from '../src/experiment/result-table';
import { rankingRows, stepRows } from './two-tower';
import { prepareWays, switchTo } from './ways';
import { measurePeak } from '../src/compute/profile-peak';

declare const __COLDWAVE_ROOT__: string;
const SECTIONS = ['kernels', 'steps', 'ranking', 'csv', 'peers'];

const { values, positionals } = parseArgs({ options: { peers: { type: 'string' }, write: { type: 'boolean', default: true } }, allowPositionals: true, allowNegative: true });
const unknown = positionals.filter((p) => !SECTIONS.includes(p));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}: choose among ${SECTIONS.join(', ')}.`);
  process.exit(2);
}
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const whole = positionals.length === 0;

await prepareWays();
await switchTo('simd');
const peak = await measurePeak();
console.log(`Fastest matrix product here (384 × 384 × 384): ${peak.gflops.toFixed(1)} GFLOP/s on one thread.`);
const parts: Part[] = [];
const body: string[] = [];
async function show(title: string, rows: () => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const found = await rows();
  console.log(`\n${title}\n${alignedRows([HEAD, ...found.map((r) => cells(r, peak.gflops))])}`);
  body.push(`### ${title}\n\n${rowsTable(found, peak.gflops)}`);
  return found;
}

const all: BenchRow[] = [];
if (wanted('kernels')) all.push(...(await show('Kernels', kernelRows)));
if (wanted('steps')) all.push(...(await show('One training step', () => stepRows())));
if (wanted('ranking')) all.push(...(await show('Full ranking', rankingRows)));
if (wanted('csv')) {
  const csv = await csvPart();
  console.log(`\nReading CSV\n${csv.summary.join('\n')}`);
  body.push(`### Reading CSV\n\nOurs finds encoding, delimiter and header, checks every row and keeps its line number; Papa Parse is given decoded text and the whole file at once.\n\n${csv.body}`);
}
if (body.length > 0) {
  const how = `Three ways in turn on one WASM heap and one thread: our SIMD kernels; their TypeScript twins; tfjs-wasm as shipped (composed ops, its own matrix product; only UnsortedSegmentSum is lent to it, without which it cannot train embeddings). Medians. "SIMD : stock" says how many times as fast. The last columns are of the fastest SIMD run, beside the fastest matrix product of the same run (384 × 384 × 384), ${peak.gflops.toFixed(1)} GFLOP/s; a pair of the compress scorer counts 2 (5·128 + 128·64 + 64) operations, with its dot product 2 D more: the five-number form, without layer norm and GELU.`;
  parts.push({ id: 'bench', title: 'Kernels, steps, ranking, CSV (Node)', command: 'npm run bench', body: `${machine()}.\n\n${how}\n\n${body.join('\n\n')}` });
}
if (wanted('peers')) {
  const peers = await peersPart(__COLDWAVE_ROOT__, values.peers ?? null);
  if ('skipped' in peers) console.log(`\n${peers.skipped}`);
  else {
    console.log(`\nPyTorch beside us\n${peers.body}`);
    parts.push({ id: 'peers', title: 'Beside PyTorch', command: 'npm run bench -- peers --peers PYTHON', body: `${machine()}.\n\n${peers.body}` });
  }
}
// A part of the tables must not replace all of them.
const keep = parts.filter((p) => p.id !== 'bench' || whole);
if (values.write && keep.length > 0) {
  writeParts(__COLDWAVE_ROOT__, keep);
  console.log('\nWritten to docs/measured.md.');
}
process.exit(0);
