/**
 * Causal self-attention over sequences that lie below one another without padding: row i of a sequence looks at its rows 0 … i.
 *   out = softmax(Q Kᵀ/√d, later rows left out) V, per sequence and head of width d.
 * The weights are computed again for the gradient instead of being kept.
 */
import { add, concat, customGrad, div, engine, matMul, reshape, softmax, tensor, tensor1d, transpose, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Part, Threads } from '../../core/threads/pool';
import { registerHeapKernel, type Heap } from '../heap';
import { runsOwn } from '../kernel-choice';
import { softmaxRow } from './multinomial-loss';
import { rows } from './rows';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn } from './simd/simd';
import { productRoom, productWith, type Product, type Strided } from './strided-product';

const FORWARD = 'ColdwaveCausalAttention';
const BACKWARD = 'ColdwaveCausalAttentionGrad';

const longest = (start: Int32Array): number => start.reduce((m, s, k) => (k ? Math.max(m, s - start[k - 1]!) : 0), 0);

/** Weights of one head of one sequence into W [t, t], later columns 0. */
function weights(heap: Heap, product: Product, q: Strided, k: Strided, t: number, d: number, room: TensorInfo, stats: TensorInfo): void {
  const W = heap.floats(room);
  product(q, { ...k, rs: k.cs, cs: k.rs }, W, 0, t, t, d);
  const simd = simdOn(heap);
  const at = addressIn(heap);
  const S = heap.floats(stats);
  const scale = 1 / Math.sqrt(d);
  for (let i = 0; i < t; i++) {
    const row = i * t;
    if (simd) {
      const here = at(room) + 4 * row;
      simd.addScaled(here, here, i + 1, scale, 0);
      simd.softmaxRow(here, here, i + 1, at(stats));
      simd.addScaled(here, here, i + 1, 1 / S[1]!, 0);
    } else {
      for (let j = row; j <= row + i; j++) W[j]! *= scale;
      softmaxRow(W, W, row, i + 1, S);
      for (let j = row; j <= row + i; j++) W[j]! /= S[1]!;
    }
    W.fill(0, row + i + 1, row + t);
  }
}

/** Calls `each` for every head of every sequence: its first row, its length, the column it starts at. */
function everyHead(start: Int32Array, heads: number, d: number, each: (from: number, t: number, column: number) => void): void {
  for (let s = 0; s + 1 < start.length; s++) {
    const t = start[s + 1]! - start[s]!;
    if (t > 0) for (let h = 0; h < heads; h++) each(start[s]!, t, h * d);
  }
}
/** Copies [t, d] without gaps into columns of [n, D]. */
function place(part: Float32Array, into: Float32Array, from: number, t: number, column: number, d: number, D: number): void {
  for (let i = 0; i < t; i++) into.set(part.subarray(i * d, (i + 1) * d), (from + i) * D + column);
}

/**
 * Heads of sequences shared among threads, each with its own scratch; null where the SIMD kernel does not run or does not take this width.
 * @param products of t × t × d in one head
 * @param outputs how many, of q's shape
 */
function inParts(heap: Heap, name: string, inputs: TensorInfo[], start: TensorInfo, heads: number, products: number, outputs: number): TensorInfo[] | null {
  const simd = simdOn(heap);
  const threads: Threads | null = simd && kernelThreads();
  const [n, D] = inputs[0]!.shape as [number, number];
  if (!simd || !threads || (D / heads) % 8 !== 0) return null;
  const T = longest(heap.ints(start));
  const floats = simd.attentionScratch(T, D / heads);
  const out = Array.from({ length: outputs }, () => heap.make([n, D]));
  const scratch = heap.make([threads.threads * floats]);
  const at = addressIn(heap);
  const sequences = start.shape[0]! - 1;
  const args = (from: number, to: number): Part => [...inputs.map(at), at(start), heads, D, from, to, T, ...out.map(at), 0];
  overRanges(threads, name, sequences * heads, products * n * T * D, args, { scratch: { at: inputs.length + 6 + outputs, from: at(scratch), bytes: 4 * floats } });
  heap.free(scratch);
  return out;
}

registerHeapKernel(FORWARD, (heap, { q, k, v, start }, attrs) => {
  const heads = attrs['heads'] as number;
  const quick = inParts(heap, 'attention', [q!, k!, v!], start!, heads, 2, 1);
  if (quick) return quick[0]!;
  const [n, D] = q!.shape as [number, number];
  const d = D / heads;
  const T = longest(heap.ints(start!));
  const [out, w, part, stats] = [heap.make([n, D]), heap.make([T, T]), heap.make([T, d]), heap.make([2])];
  const room = productRoom(heap, [[T, d], [d, T]]);
  const product = productWith(heap, room);
  const of = (t: TensorInfo, from: number, column: number): Strided => ({ data: heap.floats(t), at: from * D + column, rs: D, cs: 1 });
  const [Y, W, P] = [heap.floats(out), heap.floats(w), heap.floats(part)];
  everyHead(heap.ints(start!), heads, d, (from, t, column) => {
    weights(heap, product, of(q!, from, column), of(k!, from, column), t, d, w, stats);
    product({ data: W, at: 0, rs: t, cs: 1 }, of(v!, from, column), P, 0, t, d, t);
    place(P, Y, from, t, column, d, D);
  });
  for (const t of [w, part, stats, ...(room ? [room] : [])]) heap.free(t);
  return out;
});

/** Outputs dQ, dK, dV. */
registerHeapKernel(BACKWARD, (heap, { q, k, v, dy, start }, attrs) => {
  const heads = attrs['heads'] as number;
  const quick = inParts(heap, 'attentionBack', [q!, k!, v!, dy!], start!, heads, 5, 3);
  if (quick) return quick;
  const [n, D] = q!.shape as [number, number];
  const d = D / heads;
  const T = longest(heap.ints(start!));
  const [dq, dk, dv] = [heap.make([n, D]), heap.make([n, D]), heap.make([n, D])];
  const [w, dw, part, stats] = [heap.make([T, T]), heap.make([T, T]), heap.make([T, d]), heap.make([2])];
  const room = productRoom(heap, [[T, d], [d, T]]);
  const product = productWith(heap, room);
  const of = (t: TensorInfo, from: number, column: number): Strided => ({ data: heap.floats(t), at: from * D + column, rs: D, cs: 1 });
  const [W, G, P] = [heap.floats(w), heap.floats(dw), heap.floats(part)];
  const [DQ, DK, DV] = [heap.floats(dq), heap.floats(dk), heap.floats(dv)];
  const scale = 1 / Math.sqrt(d);
  everyHead(heap.ints(start!), heads, d, (from, t, column) => {
    weights(heap, product, of(q!, from, column), of(k!, from, column), t, d, w, stats);
    const up = of(dy!, from, column);
    const values = of(v!, from, column);
    product(up, { ...values, rs: 1, cs: D }, G, 0, t, t, d);
    product({ data: W, at: 0, rs: 1, cs: t }, up, P, 0, t, d, t); // dV = Wᵀ dY
    place(P, DV, from, t, column, d, D);
    for (let i = 0; i < t; i++) {
      const row = i * t;
      let dot = 0;
      for (let j = row; j <= row + i; j++) dot += W[j]! * G[j]!;
      for (let j = row; j <= row + i; j++) G[j] = scale * W[j]! * (G[j]! - dot);
      G.fill(0, row + i + 1, row + t);
    }
    product({ data: G, at: 0, rs: t, cs: 1 }, of(k!, from, column), P, 0, t, d, t);
    place(P, DQ, from, t, column, d, D);
    product({ data: G, at: 0, rs: 1, cs: t }, of(q!, from, column), P, 0, t, d, t);
    place(P, DK, from, t, column, d, D);
  });
  for (const t of [w, dw, part, stats, ...(room ? [room] : [])]) heap.free(t);
  return [dq, dk, dv];
});

/** The slow twin: sequences side by side, padded on the right. */
export function causalAttentionComposite(q: Tensor, k: Tensor, v: Tensor, start: Int32Array, heads: number): Tensor {
  const [n, D] = q.shape as [number, number];
  const [S, T, d] = [start.length - 1, longest(start), D / heads];
  const index = new Int32Array(S * T).fill(n); // row n is a row of zeros
  const back = new Int32Array(n);
  for (let s = 0; s < S; s++) for (let i = start[s]!; i < start[s + 1]!; i++) back[(index[s * T + i - start[s]!] = i)] = s * T + i - start[s]!;
  const zero = tensor(new Float32Array(D), [1, D]);
  const split = (x: Tensor): Tensor => transpose(reshape(rows(concat([x, zero], 0), tensor1d(index, 'int32')), [S, T, heads, d]), [0, 2, 1, 3]); // [S, heads, T, d]
  const later = tensor(Float32Array.from({ length: T * T }, (_, e) => (e % T > Math.floor(e / T) ? -1e9 : 0)), [T, T]);
  const flat = (x: Tensor): Tensor => reshape(x, [S * heads, T, d]);
  const scores = div(matMul(flat(split(q)) as never, flat(split(k)) as never, false, true), Math.sqrt(d));
  const out = matMul(softmax(add(scores, later)) as never, flat(split(v)) as never); // [S·heads, T, d]
  return rows(reshape(transpose(reshape(out, [S, heads, T, d]), [0, 2, 1, 3]), [S * T, D]), tensor1d(back, 'int32'));
}

/** Call it inside a tidy. @param q, k, v [n, D]  @param start sequence s is rows start[s] … start[s + 1]  @returns [n, D] */
export function causalAttention(q: Tensor, k: Tensor, v: Tensor, start: Int32Array, heads: number): Tensor {
  if (!runsOwn(FORWARD)) return causalAttentionComposite(q, k, v, start, heads);
  const at = tensor1d(start, 'int32');
  const attrs = { heads, squares: start.reduce((sum, s, k) => (k ? sum + (s - start[k - 1]!) ** 2 : 0), 0) }; // Σ length², for the profile
  return customGrad((a, b, c, save) => {
    (save as unknown as (t: Tensor[]) => void)([a, b, c, at] as Tensor[]);
    return {
      value: engine().runKernel<Tensor>(FORWARD, { q: a as Tensor, k: b as Tensor, v: c as Tensor, start: at }, attrs),
      gradFunc: (dy, saved) => {
        const [x, y, z, s] = saved as Tensor[];
        return engine().runKernel<Tensor[]>(BACKWARD, { q: x!, k: y!, v: z!, dy: dy as Tensor, start: s! }, attrs);
      },
    };
  })(q, k, v);
}
