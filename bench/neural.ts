/**
 * node scripts/run-ts.mjs bench/neural.ts --peers PYTHON [--seconds 4]: a training step of the two-tower network, AutoRec, Mult-VAE and SASRec, ours
 * (WASM SIMD) with one and with two threads, in turn with PyTorch on as many; the two-tower step also beside the source project's arrangement
 * (towers on every pair, the literal scorer), which needs 8 GB. Without a Python that has torch: ours alone, and nothing is written.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from '../src/core/schema';
import { alignedRows } from '../src/experiment/result-table';
import { simdFused } from '../src/compute/kernels/simd/simd';
import { loadBackend } from '../src/compute/load-backend';
import { figure, machine, table, writeParts } from './document';
import { NEURAL_STEPS, type StepMaker } from './neural-steps';

declare const __COLDWAVE_ROOT__: string;
const { values } = parseArgs({ options: { peers: { type: 'string' }, seconds: { type: 'string', default: '4' } } });
const TURNS = 3;
const seconds = Number(values.seconds);
if (!(seconds >= 1 && seconds <= 60)) {
  console.error('--seconds is from 1 to 60.');
  process.exit(2);
}
const answer = z.object({ fastest: z.number(), seconds_per_step: z.number(), torch: z.string() });
interface Reading { median: number; fastest: number }

/** @returns milliseconds per step, the loss read back as a training loop does */
function ours(s: ReturnType<StepMaker['make']>): Reading {
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < 4 || performance.now() - begun < 1000 * seconds) {
    const t = performance.now();
    const loss = s.step();
    loss.dataSync();
    loss.dispose();
    times.push(performance.now() - t);
  }
  const sorted = times.slice(1).toSorted((a, b) => a - b); // the first sets things up
  return { median: sorted[sorted.length >> 1]!, fastest: sorted[0]! };
}

/** @throws Error with Python's last line when the script fails */
function torchStep(python: string, { script, args, own }: StepMaker['peer'], threads: number, length: readonly string[] = ['--seconds', String(seconds)]): Reading & { version: string } {
  const file = own ? path.join(__COLDWAVE_ROOT__, 'bench', script) : path.resolve(__COLDWAVE_ROOT__, '..', 'shared', 'reference', 'peers', script);
  if (!existsSync(file)) throw new Error(`The peer's script is not there: ${script}`);
  const done = spawnSync(python, [file, ...args, '--threads', String(threads), ...length], { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: String(threads) } });
  if (done.status !== 0) throw new Error(`The peer failed: ${(done.stderr ?? '').trim().split('\n').at(-1) ?? done.error?.message}`);
  const found = answer.parse(JSON.parse(done.stdout.trim().split('\n').at(-1)!));
  return { median: 1000 * found.seconds_per_step, fastest: 1000 * found.fastest, version: found.torch.replace(/\+.*/, '') };
}

/** The goes of one side: the middle one of their medians, and the fastest step of all. */
function both(goes: readonly Reading[]): { middle: number; text: string; fastest: number } | null {
  if (goes.length === 0) return null;
  const sorted = goes.map((g) => g.median).toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1]!;
  return { middle, text: `${figure(middle)} ms (${figure(sorted[0]!)}–${figure(sorted.at(-1)!)})`, fastest: Math.min(...goes.map((g) => g.fastest)) };
}

const HEAD = ['step', 'ours, 1 thread', 'PyTorch, 1 thread', 'ours : PyTorch', 'ours, 2 threads', 'PyTorch, 2 threads', 'ours : PyTorch', 'fastest steps, 1 thread', 'fastest steps, 2 threads'];
// Node 20 has relaxed SIMD, which every current browser has, behind this word.
if (Number.parseInt(process.versions.node, 10) < 22) process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
await loadBackend('wasm', { threads: 2 }); // first of all: the memory is shared from its beginning, or never
const rows: string[][] = [];
let version = '';
let source = '';
for (const maker of NEURAL_STEPS) {
  const s = maker.make();
  const mine = new Map<number, Reading[]>([[1, []], [2, []]]);
  const theirs = new Map<number, Reading[]>([[1, []], [2, []]]);
  // In turn, so that a busy moment of the machine falls on all.
  for (let turn = 0; turn < TURNS; turn++) {
    for (const threads of [1, 2]) {
      await loadBackend('wasm', { threads });
      mine.get(threads)!.push(ours(s));
      if (values.peers === undefined) continue;
      const peer = torchStep(values.peers, maker.peer, threads);
      version = peer.version;
      theirs.get(threads)!.push(peer);
    }
  }
  const columns = (threads: number): { ours: string; peer: string; ratio: string; fastest: string } => {
    const [own, peer] = [both(mine.get(threads)!), both(theirs.get(threads)!)];
    if (!peer) return { ours: own!.text, peer: '–', ratio: '–', fastest: `${figure(own!.fastest)} ms` };
    return { ours: own!.text, peer: peer.text, ratio: `${figure(own!.middle / peer.middle)}×`, fastest: `${figure(own!.fastest / peer.fastest)}× (${figure(own!.fastest)} : ${figure(peer.fastest)} ms)` };
  };
  const [one, two] = [columns(1), columns(2)];
  if (maker.source && values.peers !== undefined) {
    const theirStep = torchStep(values.peers, maker.source, 2, ['--warmup', '1', '--steps', '3']).median;
    const ourStep = both(mine.get(2)!)!.middle;
    source = `The source project's arrangement of the step "${maker.what}" (both towers on every pair, the literal scorer) takes PyTorch ${figure(theirStep / 1000)} s on two threads, ${figure(theirStep / ourStep)} times ours on as many (asked for: 40).`;
    console.error(source);
  }
  rows.push([maker.what, one.ours, one.peer, one.ratio, two.ours, two.peer, two.ratio, one.fastest, two.fastest]);
  s.dispose();
  console.error(rows.at(-1)!.join(' | '));
}
console.log(alignedRows([HEAD, ...rows]));
if (values.peers !== undefined) {
  const body = `${machine()}.\n\nOne training step, 3,416 items, PyTorch ${version} (eager, native code, dense input) and here (WASM ${simdFused() ? 'relaxed SIMD, as in a browser,' : 'SIMD'} on shared memory, sparse input); the middle of ${TURNS} medians on each side (least and most in brackets), taken turn by turn. The ratio columns say how many times as long ours takes on the same number of threads, the last two by each side's fastest step, which other work on the machine disturbs least. Ours gives the same bits on one thread and on two.${source && ` ${source}`}\n\n${table(HEAD, rows)}`;
  writeParts(__COLDWAVE_ROOT__, [{ id: 'neural', title: 'Training steps beside PyTorch', command: 'node scripts/run-ts.mjs bench/neural.ts --peers PYTHON', body }]);
  console.log('\nWritten to docs/measured.md.');
}
process.exit(0);
