/** Training steps of the two-tower model, AutoRec, Mult-VAE and SASRec at the sizes of PyTorch's scripts beside us, made as their fits make them. */
import { rowsOf } from '../src/compute/history-rows';
import { denseOf } from '../src/compute/kernels/sparse-rows';
import { Parameters } from '../src/compute/parameters';
import { StartValues } from '../src/compute/start-values';
import { tensor2d, type Tensor } from '../src/compute/tensors';
import { createRandom } from '../src/core/random';
import type { Csr } from '../src/math/csr';
import { autoRecLoss } from '../src/models/autorec/network';
import { vaeLoss } from '../src/models/mult-vae/network';
import { crossEntropy, hiddenStates } from '../src/models/sasrec/network';
import { sequencesOf } from '../src/models/sasrec/sequences';
import { STEPS, stepOf } from './two-tower';

/** Items of the catalogue, as in PyTorch's scripts. */
const ALL = 3416;
/** Batches taken in turn, as in the scripts. */
const BATCHES = 4;
export interface StepMaker {
  what: string;
  /** Script and arguments, under ../shared/reference/peers or, with `own`, under bench. */
  peer: { script: string; args: string[]; own?: boolean };
  /** The same step as the source project arranges it: towers once per pair, the scorer's [pairs, D, D/2] tensor written out. */
  source?: StepMaker['peer'];
  make(): { step(): Tensor; dispose(): void };
}

/** Each entry is there with probability `share`, at value 1. */
function randomRows(rows: number, I: number, share: number): Csr {
  const r = createRandom(3, 'rows');
  const start = new Int32Array(rows + 1);
  const index: number[] = [];
  for (let b = 0; b < rows; b++) {
    for (let i = 0; i < I; i++) if (r.next() < share) index.push(i);
    start[b + 1] = index.length;
  }
  return { rows, cols: I, start, index: Int32Array.from(index), value: new Float64Array(index.length).fill(1) };
}
const turns = (B: number): Int32Array[] => Array.from({ length: BATCHES }, (_, k) => Int32Array.from({ length: B }, (_, b) => k * B + b));

export function multVae(B: number, I = ALL, [H, Z] = [600, 200]): ReturnType<StepMaker['make']> {
  const x = randomRows(BATCHES * B, I, 0.045);
  const batches = turns(B);
  const draw = createRandom(1, 'noise');
  const parameters = new Parameters(new StartValues(createRandom(0, 'weights')).xavier('enc1', I, H, 0.001).xavier('enc2', H, 2 * Z, 0.001).xavier('dec1', Z, H, 0.001).xavier('dec2', H, I, 0.001).weights, { learningRate: 1e-3 });
  let k = 0;
  return {
    dispose: () => parameters.dispose(),
    step() {
      const rows = batches[k++ % BATCHES]!;
      const batch = {
        target: rowsOf(x, rows),
        input: rowsOf(x, rows, (_, n) => (draw.next() < 0.5 ? 0 : 2 / Math.sqrt(n))),
        noise: Float32Array.from({ length: B * Z }, () => draw.normal()),
      };
      return parameters.step((p) => vaeLoss(p, batch, 0.2).loss);
    },
  };
}

export function autoRec(B: number, I = ALL, H = 500): ReturnType<StepMaker['make']> {
  const x = randomRows(BATCHES * B, I, 0.045);
  const batches = turns(B);
  const start = new StartValues(createRandom(0, 'weights')).linear('1', I, H).linear('2', H, I).weights;
  const parameters = new Parameters(Object.fromEntries(Object.entries(start).map(([name, w]) => [name.replace(/(\d)\.(W|b)/, '$2$1'), w])), { learningRate: 1e-3 });
  let k = 0;
  return {
    dispose: () => parameters.dispose(),
    step() {
      const rows = rowsOf(x, batches[k++ % BATCHES]!);
      const dense = tensor2d(denseOf(rows), [B, I]);
      try {
        return parameters.step((p) => autoRecLoss(p, rows, dense, null, { output: 'sigmoid', reduction: 'rows', weightDecay: 0 }).loss);
      } finally {
        dense.dispose();
      }
    },
  };
}

/** Full sequences: every position is real. */
export function sasRec(L: number, I = ALL, [B, D] = [128, 64]): ReturnType<StepMaker['make']> {
  const r = createRandom(2, 'sequences');
  const w = new StartValues(createRandom(0, 'weights')).normal('item', [I, D], 0.02).normal('position', [L, D], 0.02);
  for (let k = 0; k < 2; k++) {
    for (const part of ['q', 'k', 'v', 'o', 'f1', 'f2']) w.normalLinear(`block${k}.${part}`, D, D, 0.02);
    w.norm(`block${k}.ln1`, D).norm(`block${k}.ln2`, D);
  }
  const parameters = new Parameters(w.norm('ln', D).weights, { learningRate: 1e-3, beta2: 0.98 });
  const batches = Array.from({ length: BATCHES }, () => ({
    ...sequencesOf(Array.from({ length: B }, () => Int32Array.from({ length: L }, () => r.int(I))), L),
    targets: Int32Array.from({ length: B * L }, () => r.int(I)),
  }));
  let k = 0;
  return {
    dispose: () => parameters.dispose(),
    step() {
      const batch = batches[k++ % BATCHES]!;
      const drop = { rate: 0.1, key: () => r.int(4294967296) };
      return parameters.step((p) => crossEntropy(p, hiddenStates(p, { arrangement: 'projection', blocks: 2, heads: 1 }, batch, drop), batch.targets));
    },
  };
}

export const NEURAL_STEPS: readonly StepMaker[] = [
  ...STEPS.filter((s) => s.scorer === 'dotCompress').map((s) => ({
    what: `two-tower, ${s.what}: d ${s.d}, out ${s.D}, ${s.n} + ${s.n} negatives, batch 1024`,
    peer: { script: 'torch_two_tower.py', args: ['--mode', 'five-number', '--d', String(s.d), '--width', String(s.D), '--n', String(s.n)] },
    ...(s.D === 192 ? { source: { script: 'torch_two_tower.py', args: ['--mode', 'source', '--d', String(s.d), '--width', String(s.D), '--n', String(s.n)] } } : {}),
    make: () => stepOf(s),
  })),
  { what: 'AutoRec, batch 500, 3,416-500-3,416', peer: { script: 'torch-autorec.py', args: [], own: true }, make: () => autoRec(500) },
  { what: 'Mult-VAE, batch 500, 3,416-600-200-600-3,416', peer: { script: 'torch_multvae.py', args: [] }, make: () => multVae(500) },
  { what: 'SASRec, batch 128, length 50, width 64, 2 blocks', peer: { script: 'torch_sasrec.py', args: ['--length', '50'] }, make: () => sasRec(50) },
  { what: 'SASRec, batch 128, length 200, width 64, 2 blocks', peer: { script: 'torch_sasrec.py', args: ['--length', '200'] }, make: () => sasRec(200) },
];
