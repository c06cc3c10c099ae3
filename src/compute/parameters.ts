/** Named parameters with Adam's moments: one training step, and everything a checkpoint needs. */
import { valueAndGrads, type Tensor } from '@tensorflow/tfjs-core';
import type { StateArray } from '../core/model';
import { ADAM_DEFAULTS, adamStep, type AdamSettings, type AdamSlot } from './kernels/adam';
import { enterPhase, stepEnded } from './profile-clock';
import { dispose, keep, tensor, tidy, zeros } from './tensors';

export type Weights = Record<string, StateArray>;
/** Read access by name; throws on an unknown name, so that a misspelt parameter cannot pass as "left out". */
export type Lookup = (name: string) => Tensor;

export class Parameters {
  readonly names: readonly string[];
  private readonly slots = new Map<string, AdamSlot>();
  private taken = 0;
  private readonly settings: AdamSettings;

  constructor(weights: Weights, settings: Partial<AdamSettings> = {}) {
    this.names = Object.keys(weights);
    this.settings = { ...ADAM_DEFAULTS, ...settings };
    for (const name of this.names) {
      const { shape, data } = weights[name]!;
      this.slots.set(name, { w: toTensor(data, shape), m: keep(zeros(shape)), v: keep(zeros(shape)) });
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

  /** Adam steps so far, those before a resume included. */
  get steps(): number {
    return this.taken;
  }

  /**
   * One Adam step.
   * @param rate share of the learning rate this step uses
   * @param names parameters that move; the others and their moments stay as they are
   * @returns the loss before it, a scalar the caller disposes
   */
  step(loss: (p: Lookup) => Tensor, rate = 1, names: readonly string[] = this.names): Tensor {
    const { loss: value, gradients } = this.gradients(loss, names);
    enterPhase('optimiser');
    this.taken += 1;
    const settings = rate === 1 ? this.settings : { ...this.settings, learningRate: rate * this.settings.learningRate };
    for (const name of names) {
      this.slots.set(name, adamStep(this.slots.get(name)!, gradients[name]!, settings, this.taken));
    }
    dispose(gradients);
    enterPhase('input');
    stepEnded();
    return value;
  }

  /** Replaces values in place of the old ones; Adam's moments stay. */
  set(name: string, data: Float32Array): void {
    const slot = this.slots.get(name)!;
    const w = toTensor(data, slot.w.shape);
    slot.w.dispose();
    slot.w = w;
  }

  async weights(): Promise<Weights> {
    return this.read('w', '');
  }

  /** Weights, both moments and the step count. */
  async save(): Promise<{ arrays: Weights; steps: number }> {
    return { arrays: { ...(await this.read('w', '')), ...(await this.read('m', 'adam.m/')), ...(await this.read('v', 'adam.v/')) }, steps: this.steps };
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
      const next = { w: value(name), m: value(`adam.m/${name}`), v: value(`adam.v/${name}`) };
      dispose([slot.w, slot.m, slot.v]);
      this.slots.set(name, next);
    }
    this.taken = steps;
  }

  dispose(): void {
    for (const s of this.slots.values()) dispose([s.w, s.m, s.v]);
    this.slots.clear();
  }

  private async read(part: keyof AdamSlot, prefix: string): Promise<Weights> {
    const out: Weights = {};
    for (const name of this.names) {
      const t = this.slots.get(name)![part];
      out[prefix + name] = { shape: [...t.shape], data: Float32Array.from(await t.data()) };
    }
    return out;
  }
}

const toTensor = (data: StateArray['data'], shape: number[]): Tensor => keep(tidy(() => tensor(data instanceof Float32Array ? data : Float32Array.from(data), shape, 'float32')));
