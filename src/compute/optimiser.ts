/** The optimisers a network may choose among: what each keeps beside a weight, and its step. */
import { ADAGRAD_DEFAULTS, adagradStep } from './kernels/adagrad';
import { adamStep, type AdamSettings } from './kernels/adam';
import { adamRowsStep } from './kernels/adam-rows';
import { add, dispose, mul, tidy, type Tensor } from './tensors';

export type OptimiserId = 'adam' | 'lazyAdam' | 'adagrad';

/** One parameter with what its optimiser keeps, in the order of `parts`. */
export interface Slot {
  w: Tensor;
  state: Tensor[];
}

interface Optimiser {
  /** Prefixes under which a checkpoint holds what is kept. */
  parts: readonly string[];
  /**
   * One step; the old tensors of the slot are disposed or changed in place.
   * @param t counts from 1
   * @param touched rows of the table this step has read; null where it is no table, or was read otherwise
   */
  step(slot: Slot, g: Tensor, settings: AdamSettings, t: number, touched: Int32Array | null): Slot;
}

const ADAM_PARTS = ['adam.m/', 'adam.v/'];

function adam({ w, state: [m, v] }: Slot, g: Tensor, settings: AdamSettings, t: number): Slot {
  const next = adamStep({ w, m: m!, v: v! }, g, settings, t);
  return { w: next.w, state: [next.m, next.v] };
}

export const OPTIMISERS: Record<OptimiserId, Optimiser> = {
  adam: { parts: ADAM_PARTS, step: adam },
  /** Weight decay reaches the rows a step touches, and no others. */
  lazyAdam: {
    parts: ADAM_PARTS,
    step(slot, g, settings, t, touched) {
      if (!touched) return adam(slot, g, settings, t);
      const { w, state: [m, v] } = slot;
      const { weightDecay, ...rest } = settings;
      const d = weightDecay ? tidy(() => add(g, mul(w, weightDecay))) : g;
      const next = adamRowsStep({ w, m: m!, v: v! }, d, touched, rest, t);
      if (d !== g) dispose([d]);
      return { w: next.w, state: [next.m, next.v] };
    },
  },
  adagrad: {
    parts: ['adagrad.s/'],
    step({ w, state: [s] }, g, { learningRate, weightDecay }) {
      const next = adagradStep({ w, s: s! }, g, { ...ADAGRAD_DEFAULTS, learningRate, weightDecay });
      return { w: next.w, state: [next.s] };
    },
  },
};

const prefixes = [...new Set(Object.values(OPTIMISERS).flatMap((o) => o.parts))];
/** Whether an array of a checkpoint belongs to an optimiser and not to the model. */
export const ofOptimiser = (name: string): boolean => prefixes.some((p) => name.startsWith(p));
