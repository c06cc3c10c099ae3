/**
 * Adam (Kingma & Ba 2015) as PyTorch computes it: w −= lr · m̂ / (√v̂ + eps), eps outside the root.
 * On the heap one launch per parameter: moments change in place, the weight becomes a new tensor, because tfjs's WASM matrix
 * product keeps a packed copy of its right operand for as long as that tensor lives and would go on using the old weights.
 * Elsewhere the composite twin makes new tensors.
 * Weight decay is PyTorch's `weight_decay` of Adam: λw is added to the gradient (not the decoupled AdamW).
 */
import { add, dispose, div, engine, keep, mul, sqrt, square, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

export interface AdamSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  eps: number;
  weightDecay: number;
}
export const ADAM_DEFAULTS: AdamSettings = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 };

/** One parameter with its moments. */
export interface AdamSlot {
  w: Tensor;
  m: Tensor;
  v: Tensor;
}

const STEP = 'ColdwaveAdam';

registerHeapKernel(STEP, (heap, { w, m, v, g }, attrs) => {
  const { learningRate, beta1, beta2, eps, weightDecay, step } = attrs as unknown as AdamSettings & { step: number };
  const out = heap.make(w!.shape);
  const O = heap.floats(out);
  const W = heap.floats(w!);
  const M = heap.floats(m!);
  const V = heap.floats(v!);
  const G = heap.floats(g!);
  const rate = learningRate / (1 - beta1 ** step);
  const root = 1 / Math.sqrt(1 - beta2 ** step);
  const threads = simdOn(heap) && kernelThreads();
  let from = 0;
  if (threads) {
    const at = addressIn(heap);
    const moved = [w, m, v, g, out].map(at);
    overRanges(threads, 'adam', W.length, 28 * W.length, (a, b) => [...moved.map((p) => p + 4 * a), b - a, beta1, 1 - beta1, beta2, 1 - beta2, rate, root, eps, weightDecay], { step: 4 });
    from = W.length & ~3;
  }
  for (let k = from; k < W.length; k++) {
    const d = G[k]! + weightDecay * W[k]!;
    const mk = beta1 * M[k]! + (1 - beta1) * d;
    const vk = beta2 * V[k]! + (1 - beta2) * d * d;
    M[k] = mk;
    V[k] = vk;
    O[k] = W[k]! - (rate * mk) / (Math.sqrt(vk) * root + eps);
  }
  return out;
});

/** The slow twin: returns the slot after the step; the old tensors are disposed. */
export function adamComposite(slot: AdamSlot, g: Tensor, s: AdamSettings, step: number): AdamSlot {
  const next = tidy(() => {
    const d = s.weightDecay ? add(g, mul(slot.w, s.weightDecay)) : g;
    const m = add(mul(slot.m, s.beta1), mul(d, 1 - s.beta1));
    const v = add(mul(slot.v, s.beta2), mul(square(d), 1 - s.beta2));
    const rate = s.learningRate / (1 - s.beta1 ** step);
    const root = 1 / Math.sqrt(1 - s.beta2 ** step);
    const w = sub(slot.w, div(mul(m, rate), add(mul(sqrt(v), root), s.eps)));
    return [w, m, v].map((t) => keep(t)) as [Tensor, Tensor, Tensor];
  });
  dispose([slot.w, slot.m, slot.v]);
  return { w: next[0], m: next[1], v: next[2] };
}

/** One step for one parameter. @param step counts from 1. */
export function adamStep(slot: AdamSlot, g: Tensor, s: AdamSettings, step: number): AdamSlot {
  if (!runsOwn(STEP)) return adamComposite(slot, g, s, step);
  const { w, m, v } = slot;
  const next = keep(engine().runKernel<Tensor>(STEP, { w, m, v, g }, { ...s, step }));
  w.dispose();
  return { w: next, m, v };
}
