/**
 * Adagrad (Duchi et al. 2011) as PyTorch computes it: s += g², w −= lr · g / (√s + eps). One launch per parameter on the heap: s changes in place,
 * the weight becomes a new tensor (kernels/adam.ts says why). Weight decay is added to the gradient.
 * The step of a weight shrinks with all the gradients it has had: rare rows keep moving far, frequent ones settle.
 */
import { add, dispose, div, engine, keep, mul, sqrt, square, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

export interface AdagradSettings {
  learningRate: number;
  eps: number;
  weightDecay: number;
}
export const ADAGRAD_DEFAULTS: AdagradSettings = { learningRate: 0.05, eps: 1e-10, weightDecay: 0 };

/** One parameter with the sum of its squared gradients, which may start above 0. */
export interface AdagradSlot {
  w: Tensor;
  s: Tensor;
}

const STEP = 'ColdwaveAdagrad';

registerHeapKernel(STEP, (heap, { w, s, g }, attrs) => {
  const { learningRate, eps, weightDecay } = attrs as unknown as AdagradSettings;
  const out = heap.make(w!.shape);
  const [O, W, S, G] = [heap.floats(out), heap.floats(w!), heap.floats(s!), heap.floats(g!)];
  const threads = simdOn(heap) && kernelThreads();
  let from = 0;
  if (threads) {
    const moved = [w, s, g, out].map(addressIn(heap));
    overRanges(threads, 'adagrad', W.length, 20 * W.length, (a, b) => [...moved.map((p) => p + 4 * a), b - a, learningRate, eps, weightDecay], { step: 4 });
    from = W.length & ~3;
  }
  for (let k = from; k < W.length; k++) {
    const d = G[k]! + weightDecay * W[k]!;
    const sk = S[k]! + d * d;
    S[k] = sk;
    O[k] = W[k]! - (learningRate * d) / (Math.sqrt(sk) + eps);
  }
  return out;
});

/** The slow twin: returns the slot after the step; the old tensors are disposed. */
export function adagradComposite(slot: AdagradSlot, g: Tensor, { learningRate, eps, weightDecay }: AdagradSettings): AdagradSlot {
  const next = tidy(() => {
    const d = weightDecay ? add(g, mul(slot.w, weightDecay)) : g;
    const s = add(slot.s, square(d));
    return [sub(slot.w, div(mul(d, learningRate), add(sqrt(s), eps))), s].map((t) => keep(t)) as [Tensor, Tensor];
  });
  dispose([slot.w, slot.s]);
  return { w: next[0], s: next[1] };
}

/** One step for one parameter. */
export function adagradStep(slot: AdagradSlot, g: Tensor, settings: AdagradSettings): AdagradSlot {
  if (!runsOwn(STEP)) return adagradComposite(slot, g, settings);
  const next = keep(engine().runKernel<Tensor>(STEP, { w: slot.w, s: slot.s, g }, { ...settings }));
  slot.w.dispose();
  return { w: next, s: slot.s };
}
