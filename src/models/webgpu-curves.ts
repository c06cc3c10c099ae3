/** Entry for scripts/run-ts.mjs: trains SASRec and Mult-VAE on WASM, on WebGPU, and there with our programs off, and writes the losses as one line of JSON. */
import { switchKernels } from '../compute/kernel-switch';
import { loadBackend } from '../compute/load-backend';
import { engine } from '../compute/tensors';
import { startNodeGpu } from '../compute/webgpu/node-gpu';
import type { ParamSpecs } from '../core/params';
import { parseParams } from '../core/params';
import { createRandom } from '../core/random';
import { catalogue } from './catalogue';
import { dataFromPairs, plainTable, trainOf } from './small-world';

/** Losses by epochs. */
export interface Curves {
  name: string;
  wasm: number[];
  webgpu: number[];
  /** On WebGPU without our programs, the first epoch. */
  stock: number[];
  /** Names of our kernels that were launched. */
  launched: Record<'webgpu' | 'stock', string[]>;
}

/** Histories of 2 to 12 items along a circle of 20. Small and few, for software adapters: without our programs a step is hundreds of launches. */
function world() {
  const [U, I] = [16, 20];
  const pairs: [number, number][] = [];
  for (let u = 0; u < U; u++) for (let k = 0; k < 2 + ((u * 7) % 11); k++) pairs.push([u, (3 * u + k) % I]);
  return trainOf({ data: dataFromPairs(pairs, plainTable(U), plainTable(I), 'circle'), text: { column: '', encoder: 'test', dim: 0, vectors: new Float32Array(0), missing: I } });
}

const RUNS: readonly { name: string; id: string; params: Record<string, unknown> }[] = [
  { name: 'SASRec, whole catalogue', id: 'sasrec', params: { dim: 12, heads: 2, length: 9, batch: 8, epochs: 3, learningRate: 0.01, dropout: 0.2 } },
  { name: 'SASRec, one negative, pre-norm', id: 'sasrec', params: { dim: 8, heads: 1, length: 5, blocks: 1, batch: 16, epochs: 3, learningRate: 0.01, dropout: 0.2, loss: 'bce', arrangement: 'preNorm' } },
  { name: 'Mult-VAE', id: 'mult-vae', params: { hidden: 24, latent: 8, batch: 8, epochs: 3, learningRate: 0.01 } },
];

async function losses({ id, params }: (typeof RUNS)[number]): Promise<{ curve: number[]; own: string[] }> {
  const card = catalogue.find((c) => c.id === id)!;
  const curve: number[] = [];
  const e = engine();
  const runKernel = e.runKernel;
  const own = new Set<string>();
  e.runKernel = ((name: string, ...rest: unknown[]) => {
    if (name.startsWith('Coldwave')) own.add(name);
    return (runKernel as (...x: unknown[]) => unknown).call(e, name, ...rest);
  }) as typeof runKernel;
  try {
    const { fit } = await card.load();
    const model = await fit({
      train: world(), text: null, random: createRandom(3), signal: new AbortController().signal, params: parseParams(card.params as ParamSpecs, params),
      report: async (p) => {
        if (p.kind === 'epoch') curve.push(p.loss);
        return 'continue';
      },
    });
    model.dispose?.();
  } finally {
    e.runKernel = runKernel;
  }
  return { curve, own: [...own].sort() };
}

const adapter = await startNodeGpu();
const curves: Curves[] = [];
for (const run of RUNS) {
  await loadBackend('wasm');
  const wasm = await losses(run);
  await loadBackend('webgpu');
  const webgpu = await losses(run);
  switchKernels('off');
  const stock = await losses({ ...run, params: { ...run.params, epochs: 1 } });
  switchKernels('on');
  curves.push({ name: run.name, wasm: wasm.curve, webgpu: webgpu.curve, stock: stock.curve, launched: { webgpu: webgpu.own, stock: stock.own } });
}
// Dawn does not always survive an end while work is under way.
await (engine().backend as unknown as { device: { queue: { onSubmittedWorkDone(): Promise<void> } } }).device.queue.onSubmittedWorkDone();
process.stdout.write(`${JSON.stringify({ adapter, curves })}\n`, () => process.exit(0));
