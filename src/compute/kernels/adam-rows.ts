/**
 * Adam for the touched rows of a table only ("lazy" Adam, as torch.optim.SparseAdam): m and v of the other rows stand still and their weights do
 * not move, while plain Adam goes on moving them by their old moments. t counts all steps of the run, not those of a row, and eps is added to the
 * root of v before its correction: w −= lr · √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + eps).
 * One launch per table: moments change in place, the weights become a new tensor (kernels/adam.ts says why). No weight decay, which would have to
 * reach untouched rows too.
 */
import { add, dispose, div, engine, keep, mul, sqrt, square, sub, tensor1d, tensor2d, tidy, where, type Tensor } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { runsOwn } from '../kernel-choice';
import { overRanges } from '../threads/parts';
import type { AdamSettings, AdamSlot } from './adam';
import { addressIn, kernelThreads, simdOn } from './simd/simd';

export type AdamRowsSettings = Omit<AdamSettings, 'weightDecay'>;

const STEP = 'ColdwaveAdamRows';
const rateOf = (s: AdamRowsSettings, step: number): number => (s.learningRate * Math.sqrt(1 - s.beta2 ** step)) / (1 - s.beta1 ** step);

/** Each row that is named, once, in rising order; indices outside of 0 … R − 1 are left out, as the gradient of `rows` leaves them out. */
function distinct(index: ArrayLike<number>, R: number): Int32Array {
  const named = new Uint8Array(R);
  for (let k = 0; k < index.length; k++) if (index[k]! >= 0 && index[k]! < R) named[index[k]!] = 1;
  const out: number[] = [];
  for (let r = 0; r < R; r++) if (named[r]) out.push(r);
  return Int32Array.from(out);
}

registerHeapKernel(STEP, (heap, { w, m, v, g, index }, attrs) => {
  const { beta1, beta2, eps, step, ...rest } = attrs as unknown as AdamRowsSettings & { step: number };
  const rate = rateOf({ beta1, beta2, eps, ...rest }, step);
  const [R, D] = w!.shape as [number, number];
  const touched = distinct(heap.ints(index!), R);
  const [out, list] = [heap.make([R, D]), heap.make([touched.length], 'int32')];
  heap.ints(list).set(touched);
  const [O, W, M, V, G] = [heap.floats(out), heap.floats(w!), heap.floats(m!), heap.floats(v!), heap.floats(g!)];
  O.set(W);
  const threads = simdOn(heap) && kernelThreads();
  if (threads) {
    const [aw, am, av, ag, al, ao] = [w, m, v, g, list, out].map(addressIn(heap)) as [number, number, number, number, number, number];
    overRanges(threads, 'adamRows', touched.length, 28 * touched.length * D, (a, b) => [aw, am, av, ag, al, D, a, b, ao, beta1, 1 - beta1, beta2, 1 - beta2, rate, eps]);
  } else {
    for (const r of touched) {
      for (let k = r * D; k < (r + 1) * D; k++) {
        const d = G[k]!;
        const [mk, vk] = [beta1 * M[k]! + (1 - beta1) * d, beta2 * V[k]! + (1 - beta2) * d * d];
        M[k] = mk;
        V[k] = vk;
        O[k] = W[k]! - (rate * mk) / (Math.sqrt(vk) + eps);
      }
    }
  }
  heap.free(list);
  return out;
});

/** The slow twin: every row is computed, and a mask says which are taken. The old tensors are disposed. */
export function adamRowsComposite(slot: AdamSlot, g: Tensor, index: Int32Array, s: AdamRowsSettings, step: number): AdamSlot {
  const next = tidy(() => {
    const R = slot.w.shape[0]!;
    const named = new Uint8Array(R);
    for (const r of distinct(index, R)) named[r] = 1;
    const mask = tensor2d(named, [R, 1], 'bool');
    const m = add(mul(slot.m, s.beta1), mul(g, 1 - s.beta1));
    const v = add(mul(slot.v, s.beta2), mul(square(g), 1 - s.beta2));
    const w = sub(slot.w, div(mul(m, rateOf(s, step)), add(sqrt(v), s.eps)));
    return [where(mask, w, slot.w), where(mask, m, slot.m), where(mask, v, slot.v)].map((t) => keep(t)) as [Tensor, Tensor, Tensor];
  });
  dispose([slot.w, slot.m, slot.v]);
  return { w: next[0], m: next[1], v: next[2] };
}

/**
 * One step for one table. Call it outside of a gradient.
 * @param g [R, D] gradient of the whole table; only the rows named are read
 * @param index rows of the step, in any order; naming one twice does not move it twice
 * @param step of the whole run, from 1
 */
export function adamRowsStep(slot: AdamSlot, g: Tensor, index: Int32Array, s: AdamRowsSettings, step: number): AdamSlot {
  if (!runsOwn(STEP)) return adamRowsComposite(slot, g, index, s, step);
  const { w, m, v } = slot;
  const { learningRate, beta1, beta2, eps } = s;
  const next = tidy(() => keep(engine().runKernel<Tensor>(STEP, { w, m, v, g, index: tensor1d(index, 'int32') }, { learningRate, beta1, beta2, eps, step })));
  w.dispose();
  return { w: next, m, v };
}
