/** Named parameters with what their optimiser keeps: one training step, and everything a checkpoint needs. */
import { valueAndGrads, type Tensor } from '@tensorflow/tfjs-core';
import type { StateArray } from '../core/model';
import { ADAM_DEFAULTS, type AdamSettings } from './kernels/adam';
import { OPTIMISERS, type OptimiserId, type Slot } from './optimiser';
import { enterPhase, stepEnded } from './profile-clock';
import { dispose, keep, tensor, tidy, zeros } from './tensors';

export type Weights = Record<string, StateArray>;
/** Read access by name; throws on an unknown name, so that a misspelt parameter cannot pass as "left out". */
export type Lookup = (name: string) => Tensor;

/** All that is learned, as float32 tensors by name, and the optimiser’s state beside each. The caller disposes it; tensors from `get` stay its own. */
export class Parameters {
  readonly names: readonly string[];
  private readonly slots = new Map<string, Slot>();
  private taken = 0;
  private readonly settings: AdamSettings;
  private readonly optimiser: OptimiserId;
  /** Rows of tables that the step under way has read; null where nobody asks, and between steps. */
  private touched: Map<string, Int32Array[]> | null = null;

  constructor(weights: Weights, { optimiser = 'adam', ...settings }: Partial<AdamSettings> & { optimiser?: OptimiserId } = {}) {
    this.names = Object.keys(weights);
    this.settings = { ...ADAM_DEFAULTS, ...settings };
    this.optimiser = optimiser;
    const { parts } = OPTIMISERS[optimiser];
    for (const name of this.names) {
      const { shape, data } = weights[name]!;
      this.slots.set(name, { w: toTensor(data, shape), state: parts.map(() => keep(zeros(shape))) });
    }
  }

  readonly get: Lookup = (name) => {
    const slot = this.slots.get(name);
    if (!slot) throw new Error(`There is no parameter "${name}" among ${this.names.join(', ')}.`);
    return slot.w;
  };

  has(name: string): boolean {
    return this.slots.has(name);
  }

  /** Said by whatever reads rows of a table in a loss: an optimiser may leave the other rows alone. A table read in any other way must not be named. */
  readonly touch = (name: string, rows: Int32Array): void => {
    const read = this.touched?.get(name);
    if (read) read.push(rows);
    else this.touched?.set(name, [rows]);
  };

  /** The loss and the gradient of every parameter (or of those in `names`, on each of which the loss must depend); the caller disposes both. */
  gradients(loss: (p: Lookup) => Tensor, names: readonly string[] = this.names): { loss: Tensor; gradients: Record<string, Tensor> } {
    const { value, grads } = valueAndGrads((...w: Tensor[]) => {
      const at = new Map(names.map((n, k) => [n, w[k]!]));
      enterPhase('forward');
      const value = loss((name) => at.get(name) ?? this.get(name));
      enterPhase('backward');
      return value as never;
    })(names.map((n) => this.get(n)));
    return { loss: value, gradients: Object.fromEntries(names.map((n, k) => [n, grads[k]!])) };
  }

  /** Steps so far, those before a resume included. */
  get steps(): number {
    return this.taken;
  }

  /**
   * One step of the optimiser.
   * @param rate share of the learning rate this step uses
   * @param names parameters that move; the others, and what is kept of them, stay as they are
   * @returns the loss before it, a scalar the caller disposes
   */
  step(loss: (p: Lookup) => Tensor, rate = 1, names: readonly string[] = this.names): Tensor {
    this.touched = this.optimiser === 'lazyAdam' ? new Map() : null;
    const { loss: value, gradients } = this.gradients(loss, names);
    enterPhase('optimiser');
    this.taken += 1;
    const settings = rate === 1 ? this.settings : { ...this.settings, learningRate: rate * this.settings.learningRate };
    for (const name of names) {
      const read = this.touched?.get(name);
      this.slots.set(name, OPTIMISERS[this.optimiser].step(this.slots.get(name)!, gradients[name]!, settings, this.taken, read ? joined(read) : null));
    }
    this.touched = null;
    dispose(gradients);
    enterPhase('input');
    stepEnded();
    return value;
  }

  /** Replaces values in place of the old ones; what the optimiser keeps stays. */
  set(name: string, data: Float32Array): void {
    const slot = this.slots.get(name)!;
    const w = toTensor(data, slot.w.shape);
    slot.w.dispose();
    slot.w = w;
  }

  async weights(): Promise<Weights> {
    return this.read((slot) => slot.w, '');
  }

  /** Weights, what the optimiser keeps (Adam: both moments), and the step count. */
  async save(): Promise<{ arrays: Weights; steps: number }> {
    const arrays = await this.weights();
    for (const [k, part] of OPTIMISERS[this.optimiser].parts.entries()) Object.assign(arrays, await this.read((slot) => slot.state[k]!, part));
    return { arrays, steps: this.steps };
  }

  /** Continues from `save()`. @throws Error naming a parameter that is missing or has another shape. */
  load(arrays: Weights, steps: number): void {
    for (const name of this.names) {
      const slot = this.slots.get(name)!;
      const shape = slot.w.shape;
      const value = (key: string): Tensor => {
        const a = arrays[key];
        if (!a || a.shape.join() !== shape.join()) {
          throw new Error(`The checkpoint does not fit: ${key} should be [${shape.join(', ')}] but is ${a ? `[${a.shape.join(', ')}]` : 'missing'}. Start the run again.`);
        }
        return toTensor(a.data, shape);
      };
      const next = { w: value(name), state: OPTIMISERS[this.optimiser].parts.map((part) => value(`${part}${name}`)) };
      dispose([slot.w, ...slot.state]);
      this.slots.set(name, next);
    }
    this.taken = steps;
  }

  dispose(): void {
    for (const s of this.slots.values()) dispose([s.w, ...s.state]);
    this.slots.clear();
  }

  private async read(part: (slot: Slot) => Tensor, prefix: string): Promise<Weights> {
    const out: Weights = {};
    for (const name of this.names) {
      const t = part(this.slots.get(name)!);
      out[prefix + name] = { shape: [...t.shape], data: Float32Array.from(await t.data()) };
    }
    return out;
  }
}

function joined(lists: readonly Int32Array[]): Int32Array {
  if (lists.length === 1) return lists[0]!;
  const out = new Int32Array(lists.reduce((n, l) => n + l.length, 0));
  lists.reduce((at, l) => (out.set(l, at), at + l.length), 0);
  return out;
}

const toTensor = (data: StateArray['data'], shape: number[]): Tensor => keep(tidy(() => tensor(data instanceof Float32Array ? data : Float32Array.from(data), shape, 'float32')));
