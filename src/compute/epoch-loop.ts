/**
 * What every model that trains on tensors in epochs shares: batches, steps, reports (which is where pause, step, stop and cancel act),
 * checkpoints, and freeing everything when something goes wrong.
 */
import type { FitContext, ModelState, Recommender } from '../core/model';
import { Problem } from '../core/problem';
import { createRandom, type Random, type RandomState } from '../core/random';
import { ofOptimiser } from './optimiser';
import type { Parameters } from './parameters';
import { add, keep, memory, mul, scalar, tidy, type Tensor } from './tensors';

const STATE_VERSION = 1;
/** Milliseconds between batch reports: often enough to look alive, rare enough to cost nothing. */
const REPORT_EVERY = 120;

export interface EpochLoop {
  ctx: Pick<FitContext<unknown>, 'report' | 'signal'>;
  random: Random;
  /** Epochs done before a resume. */
  done: number;
  epochs: number;
  parameters: Parameters;
  /** The epoch's batches, in order. `draw` is a stream of this epoch alone, so a checkpoint needs no generator state beyond seed and name. */
  batches(draw: Random, epoch: number): readonly Int32Array[];
  /** One optimiser step. @returns the loss before it, a mean over the batch's rows (a scalar; the loop disposes it) */
  step(rows: Int32Array, draw: Random): Tensor | Promise<Tensor>;
  /** The model as it stands; `onDispose` frees what it stands on, and is given only at the end. */
  model(epoch: number, onDispose?: () => void): Recommender | Promise<Recommender>;
  /** Frees parameters and everything else made for the run. Safe to call twice. */
  dispose(): void;
  /** Plain words when the run goes wrong in a known way. */
  warning?(loss: number, epoch: number): string | null | Promise<string | null>;
}

/** @throws the signal's reason on cancel; Problem when the loss is no longer a number */
export async function runEpochs(o: EpochLoop): Promise<Recommender> {
  let epoch = o.done;
  let total: Tensor | null = null; // Σ loss · rows of the epoch
  let lastReport = 0;
  try {
    while (epoch < o.epochs) {
      epoch += 1;
      const draw = o.random.stream(`epoch ${epoch}`);
      const batches = o.batches(draw, epoch);
      let sum: Tensor = (total = keep(scalar(0)));
      let rows = 0;
      let seconds = 0;
      let stopped = false;
      for (let k = 0; k < batches.length && !stopped; k++) {
        o.ctx.signal.throwIfAborted();
        const began = performance.now();
        const batch = batches[k]!;
        const taken = o.step(batch, draw);
        const loss = taken instanceof Promise ? await taken : taken;
        const next = keep(tidy(() => add(sum, mul(loss, batch.length))));
        sum.dispose();
        sum = total = next;
        rows += batch.length;
        const due = k + 1 === batches.length || performance.now() - lastReport >= REPORT_EVERY;
        const value = due ? (await loss.data())[0]! : 0;
        loss.dispose(); // before the report: it may reject
        seconds += (performance.now() - began) / 1000;
        if (due) {
          finite(value, epoch);
          stopped = (await o.ctx.report({ kind: 'batch', epoch, epochs: o.epochs, done: k + 1, total: batches.length, loss: value })) === 'stop';
          lastReport = performance.now();
        }
      }
      const loss = (await sum.data())[0]! / rows;
      sum.dispose();
      total = null;
      if (stopped) break;
      finite(loss, epoch);
      if ((await endEpoch(o, epoch, loss, seconds)) === 'stop') break;
    }
    return await o.model(epoch, () => o.dispose());
  } catch (error) {
    (total as Tensor | null)?.dispose();
    o.dispose();
    throw error;
  }
}

async function endEpoch(o: EpochLoop, epoch: number, loss: number, seconds: number): Promise<'continue' | 'stop'> {
  const model = await o.model(epoch);
  try {
    const warning = await o.warning?.(loss, epoch);
    const { numTensors, numBytes } = memory();
    return await o.ctx.report({
      kind: 'epoch', epoch, epochs: o.epochs, loss, seconds, model,
      checkpoint: () => checkpoint(o.parameters, epoch, o.random),
      ...(warning ? { warning } : {}),
      notes: { tensors: numTensors, bytes: numBytes },
    });
  } finally {
    model.dispose?.();
  }
}

function finite(loss: number, epoch: number): void {
  if (!Number.isFinite(loss)) throw new Problem(`The loss became ${loss} in epoch ${epoch}: training diverged.`, {}, 'Lower the learning rate and start again.');
}

/** `rows` in the stream's order, cut into batches. */
export function shuffledBatches(rows: Int32Array, size: number, draw: Random): Int32Array[] {
  const order = draw.shuffle(Int32Array.from(rows));
  return Array.from({ length: Math.ceil(order.length / size) }, (_, k) => order.subarray(k * size, (k + 1) * size));
}

/** The generator a run draws from: that of the checkpoint where it goes on from one. */
export function randomOf(ctx: Pick<FitContext<unknown>, 'resume' | 'random'>): Random {
  if (!ctx.resume) return ctx.random;
  checkVersion(ctx.resume);
  const s = ctx.resume.meta['random'] as RandomState;
  const r = createRandom(s.seed, s.name);
  r.restore(s);
  return r;
}

/** Loads weights, moments and the step count of a checkpoint. @returns the epochs done */
export function resumeFrom(parameters: Parameters, state: ModelState | undefined): number {
  if (!state) return 0;
  checkVersion(state);
  parameters.load(state.arrays, Number(state.meta['steps']));
  return Number(state.meta['epoch']);
}

/** What `save()` of a model gives: weights and the epoch, no optimiser state. */
export const modelState = async (parameters: Parameters, epoch: number): Promise<ModelState> => ({
  version: STATE_VERSION,
  arrays: await parameters.weights(),
  meta: { epoch },
});

async function checkpoint(parameters: Parameters, epoch: number, random: Random): Promise<ModelState> {
  const { arrays, steps } = await parameters.save();
  return { version: STATE_VERSION, arrays, meta: { epoch, steps, random: random.state() } };
}

/** Weights and epoch of a saved model or a checkpoint. */
export function weightsOf(state: ModelState): { weights: ModelState['arrays']; epoch: number } {
  checkVersion(state);
  return { weights: Object.fromEntries(Object.entries(state.arrays).filter(([name]) => !ofOptimiser(name))), epoch: Number(state.meta['epoch']) };
}

function checkVersion(state: ModelState): void {
  if (state.version !== STATE_VERSION) throw new Problem(`These weights are of version ${state.version}; this build reads version ${STATE_VERSION}.`, {}, 'Train again.');
}
