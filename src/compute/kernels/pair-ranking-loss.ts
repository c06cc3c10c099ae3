/**
 * Margin loss or BPR over scores GELU(pair head): value and every gradient in one launch. The gradient by a negative's score needs only that
 * score and its positive's, so positives are scored first, and then each block of negatives goes forward and straight back while its activations
 * are in cache; last the positives go back. Nothing but the few positives is computed twice.
 *   margin: mean over B·K of max(0, margin − (s⁺ − s⁻));   BPR: mean over B·K of −ln σ(s⁺ − s⁻)
 */
import { add, customGrad, engine, getBackend, mean, mul, relu, reshape, slice, softplus, sub, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerHeapKernel } from '../heap';
import { ranges } from '../threads/parts';
import { runsOwn } from '../kernel-choice';
import { pairRankingOnGpu, RANKING_FORWARD } from '../webgpu/pair-ranking';
import { gelu } from './gelu';
import { pairHead, type HeadWeights, type PairInput } from './pair-head';
import { addressIn, kernelThreads, simdOn, simdReady } from './simd/simd';

const KERNEL = 'ColdwavePairRankingLoss';
const WEIGHTS = ['gamma1', 'beta1', 'W2', 'b2', 'gamma2', 'beta2', 'w3'] as const;
const ORDER = ['user', 'item', 'dots', 'direction', ...WEIGHTS, 'b3'] as const;
const EPS = 1e-5;
/** Argument of pairHeadBack that is scratch space. */
const SCRATCH = 31;
/**
 * Gradients are summed in this many parts, whatever the number of threads, and these added up in their order: results depend on the size of the
 * batch alone. A part costs a copy of the gradients, so small batches have one.
 */
const partsOf = (pairs: number): number => (pairs >= 8192 ? 4 : 1);

export interface RankingLoss {
  kind: 'margin' | 'bpr';
  margin: number;
}

registerHeapKernel(
  KERNEL,
  (heap, t, { positives, bpr, margin }) => {
    const simd = simdOn(heap)!;
    const threads = kernelThreads()!;
    const [H1, H2] = t['W2']!.shape as [number, number];
    const B = positives as number;
    const P = t['a']!.shape[0]!;
    const K = P / B - 1;
    const names = ORDER.filter((n) => t[n]);
    const summed = names.filter((n) => n !== 'dots');
    const cuts = ranges(B, partsOf(P));
    const loss = heap.make([]);
    const grads = Object.fromEntries(names.map((n) => [n, heap.make(t[n]!.shape)])) as Record<string, TensorInfo>;
    // The first part sums into the gradients themselves, each other part into copies.
    const copies = cuts.slice(1).map(() => Object.fromEntries(summed.map((n) => [n, heap.make(t[n]!.shape)])) as Record<string, TensorInfo>);
    const [before, scores, byPositive, slopes] = [heap.make([B]), heap.make([P]), heap.make([B]), heap.make([B])];
    const room = simd.pairHeadScratch(H1, H2);
    const scratch = heap.make([room * threads.threads]);
    for (const set of [grads, ...copies]) for (const n of summed) heap.floats(set[n]!).fill(0);
    heap.floats(byPositive).fill(0);

    const at = addressIn(heap);
    const own = { at: SCRATCH, from: at(scratch), bytes: 4 * room };
    const b3 = heap.floats(t['b3']!)[0]!;
    const first = [at(t['user']), at(t['item'])];
    const weights = WEIGHTS.map((n) => at(t[n]));
    /** Arguments that say which pairs, from pair k on. */
    const pairs = (k: number, n: number): number[] => [...first, t['dots'] ? at(t['dots']) + 4 * k : 0, at(t['direction']), at(t['a']) + 4 * k, at(t['b']) + 4 * k, n, H1, H2, ...weights, b3, EPS];
    const results = (part: number, k: number): number[] => ORDER.map((n) => (n === 'dots' ? t['dots'] && at(grads['dots']) + 4 * k : at((part === 0 ? grads : copies[part - 1]!)[n])) || 0);

    simd.pairHead(...pairs(0, B), at(before), at(scratch));
    simd.gelu(at(before), at(scores), B);
    threads.run('pairHeadBack', cuts.map(([from, to], part) => {
      const k = B + from * K;
      const row = 4 * from;
      return [...pairs(k, (to - from) * K), 0, ...results(part, k), 0, K, Number(bpr), margin as number, 1 / (B * K), at(scores) + row, at(byPositive) + row, at(scores) + 4 * k];
    }), own);
    simd.geluBack(at(before), at(byPositive), at(slopes), B);
    threads.run('pairHeadBack', cuts.map(([from, to], part) => [...pairs(from, to - from), at(slopes) + 4 * from, ...results(part, from), 0, 0, 0, 0, 0, 0, 0, 0]), own);
    for (const set of copies) for (const n of summed) simd.addScaled(at(set[n]), at(grads[n]), t[n]!.shape.reduce((x, y) => x * y, 1), 1, 1);

    heap.floats(loss)[0] = lossOf(heap.floats(scores), B, K, Boolean(bpr), margin as number);
    for (const x of [before, scores, byPositive, slopes, scratch, ...copies.flatMap((set) => Object.values(set))]) heap.free(x);
    return [loss, ...names.map((n) => grads[n]!)];
  },
  ['wasm'],
);

/** Scores: B positives, then K negatives of each. */
function lossOf(s: Float32Array, B: number, K: number, bpr: boolean, margin: number): number {
  let total = 0;
  for (let r = 0; r < B; r++) {
    const from = B + r * K;
    for (let k = from; k < from + K; k++) {
      const x = s[k]! - s[r]!;
      total += bpr ? Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) : Math.max(0, margin + x);
    }
  }
  return total / (B * K);
}

/** A loss that is what is differentiated has 1 as its own gradient: no pass over every gradient for that. */
const scaled = (grads: Tensor[], by: Tensor): Tensor[] => (by.dataSync()[0] === 1 ? grads.map((g) => g.clone()) : grads.map((g) => mul(by, g)));

/** The slow twin. */
export function pairRankingLossComposite(x: PairInput, w: HeadWeights, a: Tensor, b: Tensor, B: number, loss: RankingLoss): Tensor {
  const s = gelu(pairHead(x, w, a, b));
  const positive = reshape(slice(s, [0], [B]), [B, 1]);
  const negative = reshape(slice(s, [B], [a.shape[0]! - B]), [B, -1]);
  const apart = sub(negative, positive); // [B, K]
  return loss.kind === 'bpr' ? mean(softplus(apart)) : mean(relu(add(apart, loss.margin)));
}

/**
 * @param a int32 [B (1 + K)] rows of `user`: of B positives, then of the K negatives of the first positive, of the second, …
 * @param b int32 [B (1 + K)] rows of `item` in the same order
 * @returns a scalar
 */
export function pairRankingLoss(x: PairInput, w: HeadWeights, a: Tensor, b: Tensor, B: number, loss: RankingLoss): Tensor {
  const P = a.shape[0]!;
  const onGpu = runsOwn(RANKING_FORWARD);
  if (P <= B || (!onGpu && !(simdReady(getBackend()) && w.W2.shape.every((n) => n % 8 === 0)))) return pairRankingLossComposite(x, w, a, b, B, loss);
  const given: Record<string, Tensor | null> = { ...x, ...w };
  const names = ORDER.filter((n) => given[n]);
  if (onGpu) return pairRankingOnGpu(Object.fromEntries(names.map((n) => [n, given[n]!])), a, b, { positives: B, bpr: loss.kind === 'bpr', margin: loss.margin });
  return customGrad((...args) => {
    const save = args.pop() as unknown as (t: Tensor[]) => void;
    const inputs = Object.fromEntries(names.map((n, k) => [n, args[k] as Tensor]));
    const [value, ...grads] = engine().runKernel<Tensor[]>(KERNEL, { ...inputs, a, b }, { positives: B, bpr: loss.kind === 'bpr', margin: loss.margin });
    save(grads);
    return { value: value!, gradFunc: (dy, saved) => scaled(saved as Tensor[], dy as Tensor) };
  })(...names.map((n) => given[n]!));
}
