/**
 * node scripts/run-ts.mjs bench/neural.ts --peers PYTHON [--seconds 6]: a training step of AutoRec, Mult-VAE and SASRec, ours (WASM SIMD, one thread)
 * before, between and after PyTorch with one and with two threads. Without a Python that has torch: ours alone, and nothing is written.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { alignedRows } from '../src/experiment/result-table';
import { loadBackend } from '../src/compute/load-backend';
import { figure, machine, table, writeParts } from './document';
import { NEURAL_STEPS, type StepMaker } from './neural-steps';

declare const __COLDWAVE_ROOT__: string;
const { values } = parseArgs({ options: { peers: { type: 'string' }, seconds: { type: 'string', default: '6' } } });
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
function torchStep(python: string, { script, args, own }: StepMaker['peer'], threads: number): Reading & { version: string } {
  const file = own ? path.join(__COLDWAVE_ROOT__, 'bench', script) : path.resolve(__COLDWAVE_ROOT__, '..', 'shared', 'reference', 'peers', script);
  if (!existsSync(file)) throw new Error(`The peer's script is not there: ${script}`);
  const done = spawnSync(python, [file, ...args, '--threads', String(threads), '--seconds', String(seconds)], { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: String(threads) } });
  if (done.status !== 0) throw new Error(`The peer failed: ${(done.stderr ?? '').trim().split('\n').at(-1) ?? done.error?.message}`);
  const found = answer.parse(JSON.parse(done.stdout.trim().split('\n').at(-1)!));
  return { median: 1000 * found.seconds_per_step, fastest: 1000 * found.fastest, version: found.torch.replace(/\+.*/, '') };
}

const HEAD = ['step', 'ours, 1 thread', 'PyTorch, 1 thread', 'PyTorch, 2 threads', 'ours : PyTorch 1', 'ours : PyTorch 2', 'fastest steps, 1', 'fastest steps, 2'];
await loadBackend('wasm');
const rows: string[][] = [];
let version = '';
for (const maker of NEURAL_STEPS) {
  const s = maker.make();
  const mine = [ours(s)];
  if (values.peers === undefined) {
    rows.push([maker.what, `${figure(mine[0]!.median)} ms`, '–', '–', '–', '–', `${figure(mine[0]!.fastest)} ms`, '–']);
  } else {
    const one = torchStep(values.peers, maker.peer, 1);
    mine.push(ours(s));
    const two = torchStep(values.peers, maker.peer, 2);
    mine.push(ours(s));
    version = one.version;
    const mean = mine.reduce((sum, m) => sum + m.median, 0) / mine.length;
    const fastest = Math.min(...mine.map((m) => m.fastest));
    rows.push([
      maker.what, `${figure(mean)} ms (${mine.map((m) => figure(m.median)).join(', ')})`, `${figure(one.median)} ms`, `${figure(two.median)} ms`,
      `${figure(mean / one.median)}×`, `${figure(mean / two.median)}×`, `${figure(fastest / one.fastest)}×`, `${figure(fastest / two.fastest)}×`,
    ]);
  }
  s.dispose();
  console.error(rows.at(-1)!.join(' | '));
}
console.log(alignedRows([HEAD, ...rows]));
if (values.peers !== undefined) {
  const body = `${machine()}.\n\nOne training step, 3,416 items, PyTorch ${version} (eager, native code, dense input) and here (WASM SIMD, one thread, sparse input), in turn; medians, ours as the mean of three goes. The ratio columns say how many times as long ours takes, the last two by each side's fastest step, which other work on the machine disturbs least.\n\n${table(HEAD, rows)}`;
  writeParts(__COLDWAVE_ROOT__, [{ id: 'neural', title: 'Autoencoders and SASRec beside PyTorch', command: 'node scripts/run-ts.mjs bench/neural.ts --peers PYTHON', body }]);
  console.log('\nWritten to docs/measured.md.');
}
process.exit(0);
