/** PyTorch beside us in one run: ours, PyTorch with one thread, ours again, PyTorch with two. Needs a Python with torch: --peers PYTHON. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { figure, table } from './document';
import { STEPS, stepRows } from './two-tower';

const answer = z.object({ seconds_per_step: z.number(), fastest: z.number(), threads: z.number(), torch: z.string(), peak_rss_mb: z.number() });

/** @throws Error with Python's last line when the script fails */
function torchStep(python: string, script: string, d: number, D: number, n: number, threads: number): z.infer<typeof answer> {
  const done = spawnSync(python, [script, '--mode', 'five-number', '--threads', String(threads), '--d', String(d), '--width', String(D), '--n', String(n), '--seconds', '6'], {
    encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  if (done.status !== 0) throw new Error(`The peer failed: ${(done.stderr ?? '').trim().split('\n').at(-1) ?? done.error?.message}`);
  return answer.parse(JSON.parse(done.stdout.trim().split('\n').at(-1)!));
}

/** @returns Markdown, or a sentence why it was skipped */
export async function peersPart(root: string, python: string | null): Promise<{ body: string } | { skipped: string }> {
  const script = path.resolve(root, '..', 'shared', 'reference', 'peers', 'torch_two_tower.py');
  if (python === null) return { skipped: 'No peer was measured: name a Python that has torch with --peers PYTHON.' };
  if (!existsSync(script)) return { skipped: 'No peer was measured: ../shared/reference/peers/torch_two_tower.py is not there.' };
  const rows: string[][] = [];
  let version = '';
  for (const s of STEPS.filter((x) => x.scorer === 'dotCompress')) {
    const ours: number[] = [];
    let quickest = Infinity;
    const mine = async (): Promise<void> => {
      const row = (await stepRows([s], ['simd']))[0]!;
      ours.push(row.figures.simd!);
      quickest = Math.min(quickest, row.fastest!);
    };
    await mine();
    const one = torchStep(python, script, s.d, s.D, s.n, 1);
    await mine();
    const two = torchStep(python, script, s.d, s.D, s.n, 2);
    await mine();
    const again = torchStep(python, script, s.d, s.D, s.n, 1);
    const theirs = 500 * (one.seconds_per_step + again.seconds_per_step);
    const best1 = 1000 * Math.min(one.fastest, again.fastest);
    version = one.torch.replace(/\+.*/, '');
    const best = ours.reduce((a, b) => a + b, 0) / ours.length;
    rows.push([s.what, `${figure(best)} ms (${ours.map(figure).join(', ')})`, `${figure(theirs)} ms`, `${figure(1000 * two.seconds_per_step)} ms`, `${figure(best / theirs)}×`, `${figure(best / (1000 * two.seconds_per_step))}×`, `${figure(quickest)} : ${figure(best1)} ms`, `${figure(quickest / best1)}×`]);
  }
  return {
    body: `One training step (batch 1024, 2,807 users, 1,519 items, text 384), the same five-number arrangement in PyTorch ${version} (eager, native code) and here (WASM SIMD, one thread). Ratios say how many times as long ours takes; the last columns compare each side's fastest step, which other work on the machine disturbs least.\n\n${table(['step', 'ours, 1 thread', 'PyTorch, 1 thread', 'PyTorch, 2 threads', 'ours : PyTorch 1', 'ours : PyTorch 2', 'fastest steps, 1 thread', 'their ratio'], rows)}`,
  };
}
