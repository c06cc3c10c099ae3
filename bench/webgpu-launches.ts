/**
 * Launches of one training step on WebGPU, our WGSL programs off and on, written to docs/measured.md:
 *   node scripts/run-ts.mjs bench/webgpu-launches.ts
 * Counts only, so any adapter will do; without a graphics card the software one that Chromium brings. Timings on that mean nothing and none is taken.
 */
import { spawnSync } from 'node:child_process';
import { createRandom } from '../src/core/random';
import { EntityInput } from '../src/compute/entity-input';
import { switchKernels } from '../src/compute/kernel-switch';
import { loadBackend } from '../src/compute/load-backend';
import { Parameters } from '../src/compute/parameters';
import { listen } from '../src/compute/profile-clock';
import { StartValues } from '../src/compute/start-values';
import { engine } from '../src/compute/tensors';
import { startNodeGpu, vulkanEnvironment } from '../src/compute/webgpu/node-gpu';
import { correctionOf, retrievalLoss, vectorsOf } from '../src/models/two-tower-retrieval/network';
import type { Features } from '../src/models/two-tower/features';
import { initialWeights, type Architecture, type Scorer } from '../src/models/two-tower/initial';
import { Network } from '../src/models/two-tower/network';
import { machine, table, writeParts } from './document';
import { autoRec, multVae, sasRec, type StepMaker } from './neural-steps';

declare const __COLDWAVE_ROOT__: string;
const [U, I, B, N] = [60, 50, 8, 10];
const PHASES = ['forward', 'backward', 'optimiser'] as const;
type Phase = (typeof PHASES)[number];
interface Count {
  /** Kernels the engine was asked for; some only rename a tensor or are done by the processor, some of ours are several dispatches. */
  kernels: Record<Phase, number>;
  /** Programs the device was told to run. */
  dispatches: Record<Phase, number>;
  names: Map<string, number>;
}

/** As in bench/two-tower.ts, fewer entities. */
function features(): Features {
  const r = createRandom(7, 'features');
  const codes = (name: string, rows: number, size: number) => ({ kind: 'codes' as const, name, size, codes: Int32Array.from({ length: rows }, (_, k) => (size === rows ? k : r.int(size))) });
  return {
    user: { rows: U, features: [codes('id', U, U), codes('country', U, 12)], text: null },
    item: { rows: I, features: [codes('id', I, I), codes('artist', I, 20), codes('tag', I, 12)], text: { dim: 24, vectors: Float32Array.from({ length: I * 24 }, () => r.normal() / 5) } },
  };
}

type Maker = StepMaker['make'];
const twoTower = (scorer: Scorer): Maker => () => {
  const f = features();
  const a: Architecture = { combine: 'cat', scorer, embedding: 8, output: 16, hidden: [32, 16], startScale: 1, unknownItem: 0 };
  const net = new Network(f, a, initialWeights(f, a, createRandom(1, 'weights')));
  const r = createRandom(2, 'batch');
  const batch = { users: Int32Array.from({ length: B }, () => r.int(U)), items: Int32Array.from({ length: B * (1 + N) }, () => r.int(I)) };
  return { step: () => net.step((p) => net.batchLoss(p, batch, { loss: 'margin', margin: 1, temperature: 1 })), dispose: () => net.dispose() };
};
/** Three layers a side, other plays of the batch as rivals, corrected by their frequency. */
const retrieval: Maker = () => {
  const [layers, widths] = [3, [24, 16, 12]];
  const f = features();
  const inputs = { user: new EntityInput('user', f.user), item: new EntityInput('item', f.item) };
  const w = new StartValues(createRandom(1, 'weights'));
  for (const side of ['user', 'item'] as const) {
    inputs[side].start(w, 8, 0.1);
    const all = [inputs[side].width(8), ...widths];
    for (let k = 1; k <= layers; k++) w.linear(`${side}.L${k}`, all[k - 1]!, all[k]!);
  }
  const parameters = new Parameters(w.weights, { learningRate: 1e-3 });
  const r = createRandom(2, 'batch');
  const [users, items] = [Int32Array.from({ length: 4 * B }, () => r.int(U)), Int32Array.from({ length: 4 * B }, () => r.int(I))];
  const correction = correctionOf(items, new Float32Array(I).fill(-Math.log(I)), true);
  return {
    step: () => parameters.step((p) => retrievalLoss(vectorsOf(p, inputs.user, layers, users), vectorsOf(p, inputs.item, layers, items), 0.1, correction)),
    dispose() {
      parameters.dispose();
      inputs.user.dispose();
      inputs.item.dispose();
    },
  };
};
const STEPS: readonly { what: string; make: Maker }[] = [
  { what: 'two-tower, dot product', make: twoTower('dot') },
  { what: 'two-tower, dot-compress', make: twoTower('dotCompress') },
  { what: 'two-tower, MLP', make: twoTower('mlp') },
  { what: 'SASRec', make: () => sasRec(12, 60, [8, 16]) },
  { what: 'Mult-VAE', make: () => multVae(12, 150, [24, 8]) },
  { what: 'AutoRec', make: () => autoRec(12, 150, 24) },
  { what: 'two-tower retrieval', make: retrieval },
];

async function count(make: Maker, kernels: 'on' | 'off'): Promise<Count> {
  switchKernels(kernels);
  const model = make();
  const step = async (): Promise<void> => {
    const loss = model.step();
    await loss.data();
    loss.dispose();
  };
  await step(); // weights are on the device afterwards, as in the middle of a run
  const none = (): Record<Phase, number> => ({ forward: 0, backward: 0, optimiser: 0 });
  const out: Count = { kernels: none(), dispatches: none(), names: new Map() };
  let phase: Phase | null = null;
  const note = (to: Record<Phase, number>): void => {
    if (phase) to[phase] += 1;
  };
  listen({ enter: (p) => (phase = PHASES.find((x) => x === p) ?? null), stepEnded: () => (phase = null) });
  const e = engine();
  const runKernel = e.runKernel;
  e.runKernel = ((name: string, ...rest: unknown[]) => {
    note(out.kernels);
    out.names.set(name, (out.names.get(name) ?? 0) + 1);
    return (runKernel as (...x: unknown[]) => unknown).call(e, name, ...rest);
  }) as typeof runKernel;
  const encoder = (globalThis as unknown as { GPUComputePassEncoder: { prototype: { dispatchWorkgroups(...n: number[]): void } } }).GPUComputePassEncoder.prototype;
  const dispatch = encoder.dispatchWorkgroups;
  encoder.dispatchWorkgroups = function (...n) {
    note(out.dispatches);
    dispatch.apply(this, n);
  };
  try {
    await step();
  } finally {
    e.runKernel = runKernel;
    encoder.dispatchWorkgroups = dispatch;
    listen(null);
    model.dispose();
  }
  return out;
}

async function measure(): Promise<void> {
  const adapter = await startNodeGpu();
  await loadBackend('webgpu');
  const total = (c: Record<Phase, number>): number => PHASES.reduce((s, p) => s + c[p], 0);
  const rows: string[][] = [];
  for (const { what, make } of STEPS) {
    const [off, on] = [await count(make, 'off'), await count(make, 'on')];
    if (process.argv.includes('--names')) console.log(what, Object.fromEntries([...on.names].toSorted((a, b) => b[1] - a[1])), 'stock', Object.fromEntries([...off.names].toSorted((a, b) => b[1] - a[1])));
    for (const p of PHASES) rows.push([`${what}, ${p}`, ...[off, on].flatMap((c) => [String(c.kernels[p]), String(c.dispatches[p])])]);
    rows.push([`**${what}, a step**`, ...[off, on].flatMap((c) => [`**${total(c.kernels)}**`, `**${total(c.dispatches)}**`])]);
  }
  const body = table(['training step', 'kernels, stock', 'dispatches, stock', 'kernels, ours', 'dispatches, ours'], rows);
  console.log(body);
  if (process.argv.includes('--dry')) return;
  writeParts(__COLDWAVE_ROOT__, [
    {
      id: 'webgpu-launches',
      title: 'Launches of a training step on WebGPU',
      command: 'node scripts/run-ts.mjs bench/webgpu-launches.ts',
      body: [
        `${machine([adapter])}. Counts only; on a software adapter a time would mean nothing and none was taken.`,
        '',
        `Adam; two-tower with margin loss, ids and columns as in the benchmark of the step; SASRec with two blocks and cross-entropy over the catalogue; all narrow and few. Sizes move the counts by a few: a sum over more than 256 rows takes two dispatches, cross-entropy four for every 16 million logits, and TensorFlow.js does some of the smallest work on the processor. Stock: every operation composed of what TensorFlow.js ships (\`?kernels=off\`). Kernels: what the engine is asked for; some only rename a tensor, some of ours are several programs. Dispatches: programs the device runs, which is what a GPU pays for.`,
        '',
        body,
      ].join('\n'),
    },
  ]);
}

// A driver is found only by a process that starts with the right environment.
const env = vulkanEnvironment();
if (env && process.env['VK_ICD_FILENAMES'] !== env['VK_ICD_FILENAMES']) {
  const child = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'bench/webgpu-launches.ts', ...process.argv.slice(2)], { cwd: __COLDWAVE_ROOT__, env: { ...process.env, ...env }, stdio: 'inherit' });
  process.exit(child.status ?? 1);
}
await measure();
process.exit(0);
