/**
 * The head of a pair scorer whose first layer splits into a user part, an item part and ⟨u, v⟩ times a vector:
 *   h = p_u[a] + p_v[b] + dot · p_d,   s = ⟨GELU(LN₂(GELU(LN₁(h)) W₂ + b₂)), w₃⟩ + b₃
 * One launch forward and one backward instead of about forty. Activations of a block of pairs stay in cache and are computed again in the
 * backward pass: a third more arithmetic, but no [P, 128] tensor is ever made. (Not with a ranking loss: see pair-ranking-loss.ts.)
 */
import { add, engine, getBackend, matMul, mul, registerGradient, reshape, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerHeapKernel, type Heap } from '../heap';
import { runsOwn } from '../kernel-choice';
import { layerNormGelu } from './layer-norm-gelu';
import { rows } from './rows';
import { overRanges } from '../threads/parts';
import { addressIn, kernelThreads, simdOn, simdReady } from './simd/simd';

const FORWARD = 'ColdwavePairHead';
const FORWARD_DOT = 'ColdwavePairHeadDot'; // a name of its own: tfjs cannot save an input that was left out
const BACKWARD = 'ColdwavePairHeadGrad';

/** Layers after the first. W2 [H1, H2], w3 [H2, 1], b3 [1]. */
export interface HeadWeights {
  gamma1: Tensor;
  beta1: Tensor;
  W2: Tensor;
  b2: Tensor;
  gamma2: Tensor;
  beta2: Tensor;
  w3: Tensor;
  b3: Tensor;
}
/** user [n, H1], item [m, H1], and for scorers that use the dot product: dots [P] and what they are multiplied by [1, H1]. */
export interface PairInput {
  user: Tensor;
  item: Tensor;
  dots: Tensor | null;
  direction: Tensor | null;
}
type Inputs = Record<string, TensorInfo | undefined>;

const NAMES = ['gamma1', 'beta1', 'W2', 'b2', 'gamma2', 'beta2', 'w3'] as const;
const EPS = 1e-5;

/** Of the pairs in `a` and `b`, or with `cols` > 0 of every user row with every one of the `cols` item rows. */
function forward(heap: Heap, t: Inputs, cols: number, P: number): TensorInfo {
  const simd = simdOn(heap)!;
  const threads = kernelThreads()!;
  const [H1, H2] = t['W2']!.shape as [number, number];
  const out = heap.make([P]);
  const room = simd.pairHeadScratch(H1, H2);
  const scratch = heap.make([room * threads.threads]);
  const at = addressIn(heap);
  const b3 = heap.floats(t['b3']!)[0]!;
  const weights = [H1, H2, ...NAMES.map((n) => at(t[n])), b3, EPS];
  const own = { at: 18, from: at(scratch), bytes: 4 * room };
  const dots = (pair: number): number => (t['dots'] ? at(t['dots']) + 4 * pair : 0);
  const work = 2 * P * H1 * H2;
  if (cols > 0) {
    const part = (from: number, to: number): number[] => [at(t['user']) + 4 * from * H1, at(t['item']), dots(from * cols), at(t['direction']), to - from, cols, ...weights, at(out) + 4 * from * cols, 0];
    overRanges(threads, 'pairHeadGrid', P / cols, work, part, { scratch: own });
  } else {
    const part = (from: number, to: number): number[] => [at(t['user']), at(t['item']), dots(from), at(t['direction']), at(t['a']) + 4 * from, at(t['b']) + 4 * from, to - from, ...weights, at(out) + 4 * from, 0];
    overRanges(threads, 'pairHead', P, work, part, { step: 32, scratch: { ...own, at: 19 } });
  }
  heap.free(scratch);
  return out;
}
for (const name of [FORWARD, FORWARD_DOT]) registerHeapKernel(name, (heap, t, { cols, pairs }) => forward(heap, t, cols as number, pairs as number), ['wasm']);

const ORDER = ['user', 'item', 'dots', 'direction', 'gamma1', 'beta1', 'W2', 'b2', 'gamma2', 'beta2', 'w3', 'b3'] as const;

registerHeapKernel(
  BACKWARD,
  (heap, t) => {
    const simd = simdOn(heap)!;
    const [H1, H2] = t['W2']!.shape as [number, number];
    const P = t['a']!.shape[0]!;
    const out = Object.fromEntries(ORDER.filter((n) => t[n]).map((n) => [n, heap.make(t[n]!.shape)])) as Inputs;
    const scratch = heap.make([simd.pairHeadScratch(H1, H2)]);
    for (const [n, g] of Object.entries(out)) if (n !== 'dots') heap.floats(g!).fill(0);
    const at = addressIn(heap);
    const weights = NAMES.map((n) => at(t[n]));
    const results = ORDER.map((n) => at(out[n]));
    simd.pairHeadBack(at(t['user']), at(t['item']), at(t['dots']), at(t['direction']), at(t['a']), at(t['b']), P, H1, H2, ...weights, heap.floats(t['b3']!)[0]!, EPS, at(t['dy']), ...results, at(scratch), 0, 0, 0, 0, 0, 0, 0);
    heap.free(scratch);
    return ORDER.filter((n) => t[n]).map((n) => out[n]!);
  },
  ['wasm'],
);

for (const [kernelName, names] of [
  [FORWARD, ORDER.filter((n) => n !== 'dots' && n !== 'direction')],
  [FORWARD_DOT, [...ORDER]],
] as const) {
  registerGradient({
    kernelName,
    inputsToSave: [...names, 'a', 'b'],
    gradFunc: (dy, saved) => {
      const inputs = Object.fromEntries([...names, 'a', 'b'].map((n, k) => [n, saved[k]!]));
      const grads = engine().runKernel<Tensor[]>(BACKWARD, { ...inputs, dy: dy as Tensor });
      return { ...Object.fromEntries(names.map((n, k) => [n, () => grads[k]!])), a: () => inputs['a']!, b: () => inputs['b']! };
    },
  });
}

/** The slow twin, on any backend. */
export function pairHeadComposite(x: PairInput, w: HeadWeights, a: Tensor, b: Tensor): Tensor {
  let h = add(rows(x.user, a), rows(x.item, b)); // [P, H1]
  if (x.dots && x.direction) h = add(h, mul(reshape(x.dots, [-1, 1]), x.direction));
  const h1 = layerNormGelu(h, w.gamma1, w.beta1, EPS);
  const h2 = layerNormGelu(add(matMul(h1 as never, w.W2 as never), w.b2), w.gamma2, w.beta2, EPS); // [P, H2]
  return reshape(add(matMul(h2 as never, w.w3 as never), w.b3), [-1]);
}

const fits = (w: HeadWeights): boolean => (simdReady(getBackend()) ? w.W2.shape.every((n) => n % 8 === 0) : getBackend() !== 'wasm' && runsOwn(BACKWARD));
const inputsOf = (x: PairInput, w: HeadWeights) => ({ user: x.user, item: x.item, ...(x.dots && x.direction ? { dots: x.dots, direction: x.direction } : {}), ...w });

/** @param a int32 [P] row of `user` per pair  @param b int32 [P] row of `item`  @returns [P] */
export function pairHead(x: PairInput, w: HeadWeights, a: Tensor, b: Tensor): Tensor {
  if (!fits(w)) return pairHeadComposite(x, w, a, b);
  return engine().runKernel<Tensor>(x.dots ? FORWARD_DOT : FORWARD, { ...inputsOf(x, w), a, b }, { cols: 0, pairs: a.shape[0]! });
}

/**
 * Every user row with every item row, without index tensors (not differentiable); null where only the composite can do it.
 * @param x `dots` is [n · m], row by row  @returns [n · m]
 */
export function pairHeadGrid(x: PairInput, w: HeadWeights): Tensor | null {
  if (!fits(w)) return null;
  const cols = x.item.shape[0]!;
  return engine().runKernel<Tensor>(x.dots ? FORWARD_DOT : FORWARD, inputsOf(x, w), { cols, pairs: x.user.shape[0]! * cols });
}
