/**
 * The classical models beside the libraries they are measured against, one thread each unless a line says two, in turn, in one run; beside the slow
 * twin where there is none.
 *   PEER_PYTHON=python3 node scripts/run-ts.mjs bench/classical-speed.ts [WORD …] [--write | --no-write]
 * Words choose lines that contain one. A run of all lines with PEER_PYTHON set replaces its part of docs/measured.md; one of some lines only when told to write.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allowThreads } from '../src/core/threads/allowance';
import { DEFAULT_SPLIT } from '../src/core/split';
import { splitData, trainData } from '../src/data/split/split';
import { openData } from '../src/experiment/reference-claim';
import { alignedRows } from '../src/experiment/result-table';
import { closedFormWork, forestWork } from './classical/closed-forms';
import { evaluationWork, fileWork } from './classical/evaluation-and-file';
import { factorWork } from './classical/factors';
import { measureWork, type Measured, type Work } from './classical/work';
import { figure, machine, table, writeParts } from './document';
import { prepareWays, switchTo } from './ways';

declare const __COLDWAVE_ROOT__: string;
const { values, positionals } = parseArgs({ options: { write: { type: 'boolean' } }, allowPositionals: true, allowNegative: true });
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');
const command = process.env['PEER_PYTHON'] ?? null;
const temp = mkdtempSync(path.join(os.tmpdir(), 'classical-'));

allowThreads(1); // as the libraries beside us
await prepareWays();
await switchTo('simd');
const listed = await openData(shared, 'data/ncf-ml-1m.zip');
const ml1m = trainData(listed, splitData(listed, { ...DEFAULT_SPLIT, protocol: 'listed', validation: false }));
const hundred = await openData(shared, 'data/ml-100k.zip');
const ml100k = trainData(hundred, splitData(hundred, { ...DEFAULT_SPLIT, protocol: 'last', validation: false }));

const HEAD = ['work', 'ours', 'beside', 'seconds there', 'ratio', 'asked for', 'met'];
const verdict = ({ target }: Work, ratio: number): string => (target === null || !Number.isFinite(ratio) ? '–' : ratio <= target ? 'yes' : 'no');
function cells(work: Work, { ours, other, name }: Measured): string[] {
  const ratio = ours / other;
  return [work.what, `${figure(ours)} s`, name, Number.isNaN(other) ? 'not there' : `${figure(other)} s`, figure(ratio), work.target === null ? '–' : `≤ ${work.target}`, verdict(work, ratio)];
}

const rows: string[][] = [];
try {
  const all = [...factorWork(ml1m, ml100k, temp, __COLDWAVE_ROOT__), ...closedFormWork(ml1m), ...evaluationWork(), ...forestWork(), ...fileWork(temp)];
  for (const work of all.filter((w) => positionals.length === 0 || positionals.some((p) => w.what.includes(p)))) {
    const row = cells(work, await measureWork(work, { command, shared, temp }));
    rows.push(row);
    console.log(row.join(' | '));
  }
} finally {
  rmSync(temp, { recursive: true });
}
console.log(`\n${alignedRows([HEAD, ...rows])}`);
// A part of the table must not replace all of it unasked.
if (command && (values.write ?? positionals.length === 0)) {
  const memory = `Peak memory of this whole run, all data sets and models in one process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB.`;
  const how = 'One thread on both sides (`OMP_NUM_THREADS=1`), in one run, in processor seconds (other work on the machine then counts for neither side; ours include collecting garbage and compiling), the fastest of two or more (the slow twin: once). Lines that say two threads: two on both sides, seconds on the clock, the fastest of five runs of ours. A ratio below 1 is faster than the peer.';
  writeParts(__COLDWAVE_ROOT__, [{
    id: 'classical', title: 'Classical models beside their libraries', command: 'PEER_PYTHON=python3 node scripts/run-ts.mjs bench/classical-speed.ts',
    body: `${machine()}.\n\n${how}\n\n${table(HEAD, rows)}\n\n${memory}`,
  }]);
  console.log('\nWritten to docs/measured.md.');
}
process.exit(0);
