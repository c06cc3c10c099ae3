/**
 * Every operation with a WGSL program against its slow twin: the same numbers go through the operation on WebGPU and through the composite on the
 * plain backend; values and all gradients are compared. For tests only, in a browser and under Node.
 */
import { concat, engine, gather, getBackend, getKernelsForBackend, grads, memory, reshape, setBackend, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../../core/random';
import { switchKernels } from '../kernel-switch';
import { adamComposite, adamStep, ADAM_DEFAULTS, type AdamSlot } from '../kernels/adam';
import { dropout, dropoutComposite } from '../kernels/dropout';
import { gelu, geluComposite } from '../kernels/gelu';
import { inBatchSoftmax, inBatchSoftmaxComposite } from '../kernels/in-batch-softmax';
import { layerNorm, layerNormComposite } from '../kernels/layer-norm';
import { layerNormGelu, layerNormGeluComposite } from '../kernels/layer-norm-gelu';
import { linear, linearComposite } from '../kernels/linear';
import { pairDots, pairDotsComposite } from '../kernels/pair-dots';
import { pairHead, pairHeadComposite, pairHeadGrid, type HeadWeights } from '../kernels/pair-head';
import { pairRankingLoss, pairRankingLossComposite } from '../kernels/pair-ranking-loss';
import { rows } from '../kernels/rows';
import { selfTerms, selfTermsComposite } from '../kernels/self-terms';
import { loadBackend } from '../load-backend';
import { splitLaunchesAt } from './launch';

export interface Comparison {
  name: string;
  /** Largest |a − b| / (1 + |b|) over values and gradients; Infinity for other shapes or what is not a number. */
  gap: number;
  allowed: number;
}

interface Array_ {
  shape: number[];
  data: Float32Array;
}
type Op = (...x: Tensor[]) => Tensor;
/** Fast and slow, given the index arrays as tensors. */
interface Case {
  name: string;
  inputs: Array_[];
  indices?: Int32Array[];
  fast: (...index: Tensor[]) => Op;
  slow: (...index: Tensor[]) => Op;
  allowed?: number;
  /** Values only. */
  forward?: boolean;
}

const random = createRandom(23, 'wgsl');
/** A case that is run once more with its launches split. */
const SPLIT = 'layer norm + GELU 20 × 128, affine';
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const normals = (shape: number[], scale = 1): Array_ => ({ shape, data: Float32Array.from({ length: sizeOf(shape) }, () => random.normal() * scale) });
const indices = (n: number, below: number): Int32Array => Int32Array.from({ length: n }, () => random.int(below));

export const gapOf = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let k = 0; k < b.length; k++) {
    const d = Math.abs(a[k]! - b[k]!) / (1 + Math.abs(b[k]!));
    if (!(d <= worst)) worst = Number.isNaN(d) ? Infinity : d;
  }
  return worst;
};

/** Values, and gradients for this upstream, on the backend in use. */
async function outcome(c: Case, build: Case['fast'], upstream: Float32Array): Promise<Float32Array[]> {
  const alive = (): number => memory().numTensors + engine().backend.numDataIds(); // tensors, and what kernels keep for themselves
  const before = alive();
  const index = (c.indices ?? []).map((i) => tensor1d(i.slice(), 'int32'));
  const inputs = c.inputs.map((i) => tensor(i.data.slice(), i.shape, 'float32'));
  const f = build(...index);
  const value = tidy(() => f(...inputs));
  const up = tensor(upstream.slice(0, value.size), value.shape, 'float32');
  const found = c.forward ? [] : grads(f)(inputs, up);
  const out: Float32Array[] = [];
  for (const t of [value, ...found]) out.push(Float32Array.from(await t.data()));
  for (const t of new Set([value, up, ...found, ...inputs, ...index])) t.dispose();
  if (alive() !== before) throw new Error(`${c.name} leaves ${alive() - before} tensors behind.`);
  return out;
}

function headCases(): Case[] {
  const weights = (x: Tensor[]): HeadWeights => ({ gamma1: x[0]!, beta1: x[1]!, W2: x[2]!, b2: x[3]!, gamma2: x[4]!, beta2: x[5]!, w3: x[6]!, b3: x[7]! });
  const shapes = (n: number, m: number, H1: number, H2: number) => [[n, H1], [m, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]];
  return [[1, 1, 1, 1, 1], [3, 5, 33, 7, 9], [7, 4, 31, 24, 40], [20, 30, 70, 128, 64]].flatMap(([n, m, P, H1, H2]) => {
    const of = (f: typeof pairHead) => (a: Tensor, b: Tensor): Op => (user, item, ...x) => f({ user: user!, item: item!, dots: null, direction: null }, weights(x), a, b);
    const directed = (f: typeof pairHead) => (a: Tensor, b: Tensor): Op => (user, item, dots, direction, ...x) => f({ user: user!, item: item!, dots: dots!, direction: direction! }, weights(x), a, b);
    const plain = shapes(n!, m!, H1!, H2!).map((s) => normals(s, 0.7));
    const name = `pair head, ${n} users, ${m} items, ${P} pairs, widths ${H1} and ${H2}`;
    const both = [indices(P!, n!), indices(P!, m!)];
    return [
      { name: `${name}, without dot products`, inputs: plain, indices: both, fast: of(pairHead), slow: of(pairHeadComposite), allowed: 2e-4 },
      { name, inputs: [...plain.slice(0, 2), normals([P!]), normals([1, H1!]), ...plain.slice(2)], indices: both, fast: directed(pairHead), slow: directed(pairHeadComposite), allowed: 2e-4 },
    ];
  });
}

/** A few positives with K negatives each. */
function rankingCases(): Case[] {
  const [B, n, m, H1, H2] = [5, 4, 9, 24, 16];
  const shapes = [[n, H1], [m, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]];
  return (['margin', 'bpr'] as const).flatMap((kind) => [1, 70].map((K): Case => {
    const P = B * (1 + K);
    const of = (f: typeof pairRankingLoss) => (a: Tensor, b: Tensor): Op => (user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3) =>
      f({ user: user!, item: item!, dots: dots!, direction: direction! }, { gamma1: gamma1!, beta1: beta1!, W2: W2!, b2: b2!, gamma2: gamma2!, beta2: beta2!, w3: w3!, b3: b3! }, a, b, B, { kind, margin: 0.5 });
    const inputs = [...shapes.slice(0, 2), [P], [1, H1], ...shapes.slice(2)].map((s) => normals(s, 0.7));
    return { name: `ranking loss (${kind}) of ${B} positives with ${K} negatives each`, inputs, indices: [indices(P, n), indices(P, m)], fast: of(pairRankingLoss) as Case['fast'], slow: of(pairRankingLossComposite) as Case['slow'], allowed: 1e-4 };
  }));
}

function gridCase(): Case {
  const [n, m] = [3, 37];
  const w = (x: Tensor[]): HeadWeights => ({ gamma1: x[0]!, beta1: x[1]!, W2: x[2]!, b2: x[3]!, gamma2: x[4]!, beta2: x[5]!, w3: x[6]!, b3: x[7]! });
  return {
    name: 'pair head over a grid', forward: true, allowed: 1e-4,
    inputs: [[n, 16], [m, 16], [n * m], [1, 16], [16], [16], [16, 8], [8], [8], [8], [8, 1], [1]].map((s) => normals(s)),
    indices: [Int32Array.from({ length: n * m }, (_, k) => Math.floor(k / m)), Int32Array.from({ length: n * m }, (_, k) => k % m)],
    fast: () => (user, item, dots, direction, ...x) => pairHeadGrid({ user: user!, item: item!, dots: dots!, direction: direction! }, w(x))!,
    slow: (a, b) => (user, item, dots, direction, ...x) => pairHeadComposite({ user: user!, item: item!, dots: dots!, direction: direction! }, w(x), a!, b!),
  };
}

/** An index that only the GPU knows: concatenated there (long enough not to be left to the processor), so it has to be sorted there. */
function farCase(): Case {
  const twice = (t: Tensor): Tensor => reshape(concat([reshape(t, [1, -1]), reshape(t, [1, -1])], 0), [-1]);
  const far = (f: typeof pairDots) => (a: Tensor, b: Tensor): Op => (u, v) => f(u!, v!, twice(a), twice(b));
  return { name: 'pair dots by an index made on the GPU', inputs: [normals([12, 9]), normals([7, 9])], indices: [indices(1200, 12), indices(1200, 7)], fast: far(pairDots) as Case['fast'], slow: far(pairDotsComposite) as Case['slow'], allowed: 2e-4 };
}

function cases(): Case[] {
  const same = (f: Op) => (): Op => f;
  const masked = (B: number): Array_ => ({ shape: [B, B], data: Float32Array.from({ length: B * B }, (_, k) => random.normal() - (k % (B + 1) !== 0 && random.next() < 0.2 ? 1e9 : 0)) });
  const softmaxWith = (f: typeof inBatchSoftmax, correction: Array_) => (): Op => (x) => f(x!, 0.7, tensor(correction.data, [...correction.shape]));
  return [
    ...[[0], [1], [7], [33, 129], [1025], [2, 3, 5]].map((s): Case => ({ name: `GELU ${s.join(' × ')}`, inputs: [normals(s, 2)], fast: same(gelu as Op), slow: same(geluComposite as Op) })),
    ...[[1, 1], [1, 2], [3, 1], [5, 7], [20, 128], [300, 5], [2, 130]].flatMap(([n, d]): Case[] => {
      const three = [normals([n!, d!]), normals([d!]), normals([d!])];
      return [
        { name: `layer norm + GELU ${n} × ${d}`, inputs: three.slice(0, 1), fast: same((x) => layerNormGelu(x!)), slow: same((x) => layerNormGeluComposite(x!)), allowed: 5e-5 },
        { name: `layer norm + GELU ${n} × ${d}, affine`, inputs: three, fast: same((x, g, b) => layerNormGelu(x!, g, b)), slow: same((x, g, b) => layerNormGeluComposite(x!, g, b)), allowed: 1e-4 },
        { name: `layer norm ${n} × ${d}`, inputs: three, fast: same((x, g, b) => layerNorm(x!, g!, b!)), slow: same((x, g, b) => layerNormComposite(x!, g!, b!, 1e-5)), allowed: 1e-4 },
      ];
    }),
    ...[[4, 3, 9], [17, 64, 50], [1, 1, 1], [300, 5, 900], [5, 3, 0]].map(([r, d, n]): Case => ({
      name: `${n} rows of a ${r} × ${d} table`, inputs: [normals([r!, d!])], indices: [indices(n!, r!)], fast: (k) => (t) => rows(t!, k!), slow: (k) => (t) => gather(t!, k!),
    })),
    ...[[1, 1, 1, 1], [3, 5, 7, 4], [20, 9, 65, 33], [50, 40, 192, 300], [2, 2, 3, 0]].map(([n, m, d, p]): Case => ({
      name: `pair dots of ${p} pairs, ${n} × ${m}, width ${d}`, inputs: [normals([n!, d!]), normals([m!, d!])], indices: [indices(p!, n!), indices(p!, m!)],
      fast: (a, b) => (u, v) => pairDots(u!, v!, a!, b!), slow: (a, b) => (u, v) => pairDotsComposite(u!, v!, a!, b!), allowed: 5e-5,
    })),
    farCase(),
    ...[[1, 1, 1], [3, 5, 7], [300, 3, 20], [4, 130, 2]].flatMap(([n, D, H]): Case[] => {
      const inputs = [normals([n!, D!]), normals([1, H!]), normals([1, H!]), normals([H!])];
      const both = { inputs, fast: same((x, a, b, c) => selfTerms(x!, a!, b!, c)), slow: same((x, a, b, c) => selfTermsComposite(x!, a!, b!, c)), allowed: 1e-4 };
      return [{ ...both, name: `rows of ${n} × ${D} by their own sums, to ${H}` }, { ...both, inputs: inputs.slice(0, 3), name: `rows of ${n} × ${D} by their own sums, to ${H}, without bias` }];
    }),
    ...[[1, 1, 1], [3, 5, 7], [0, 4, 3], [300, 9, 20], [40, 65, 33]].map(([n, k, m]): Case => ({
      name: `linear ${n} × ${k} to ${m}`, inputs: [normals([n!, k!]), normals([k!, m!]), normals([m!])], fast: same((x, W, b) => linear(x!, W!, b!)), slow: same((x, W, b) => linearComposite(x!, W!, b!)), allowed: 1e-4,
      forward: n === 0, // tfjs's own product, which the gradient takes, cannot sum over nothing on this backend
    })),
    ...headCases(),
    ...rankingCases(),
    gridCase(),
    ...[1, 2, 9, 130].map((B): Case => {
      const correction = masked(B);
      return { name: `in-batch softmax of ${B}`, inputs: [normals([B, B], 2)], fast: softmaxWith(inBatchSoftmax, correction), slow: softmaxWith(inBatchSoftmaxComposite, correction) };
    }),
    ...[[1], [1027], [13, 9], [0]].flatMap((s) => [0.1, 0.75].map((rate): Case => ({
      name: `dropout of ${rate} on ${s.join(' × ')}`, inputs: [normals(s)], fast: same((x) => dropout(x!, rate, -77)), slow: same((x) => dropoutComposite(x!, rate, -77)), allowed: 1e-6,
    }))),
  ];
}

/** Five Adam steps. */
async function adam(step: typeof adamStep, weightDecay: number, data: Float32Array[], shape: number[]): Promise<Float32Array[]> {
  const of = (x: Float32Array): Tensor => tensor(x.slice(), shape, 'float32');
  let slot: AdamSlot = { w: of(data[0]!), m: of(new Float32Array(data[0]!.length)), v: of(new Float32Array(data[0]!.length)) };
  for (let t = 1; t <= 5; t++) {
    const g = of(data[t]!);
    slot = step(slot, g, { ...ADAM_DEFAULTS, learningRate: 0.01, weightDecay }, t);
    g.dispose();
    await slot.m.data(); // read in the middle: what was read must not be taken for what comes after
  }
  const out = [];
  for (const t of [slot.w, slot.m, slot.v]) {
    out.push(Float32Array.from(await t.data()));
    t.dispose();
  }
  return out;
}

/** @param watchDevice to hear what the device complains about  @throws Error when WebGPU cannot be started, or when a program is not used at all */
export async function compareWithTwins(watchDevice: (device: EventTarget) => void): Promise<Comparison[]> {
  await loadBackend('cpu');
  await loadBackend('webgpu');
  watchDevice((engine().backend as unknown as { device: EventTarget }).device);
  const out: Comparison[] = [];
  const compare = (name: string, allowed: number, fast: Float32Array[], slow: Float32Array[]): void =>
    void out.push({ name, allowed, gap: fast.length === slow.length ? fast.reduce((m, x, k) => Math.max(m, gapOf(x, slow[k]!)), 0) : Infinity });
  const launched = watch();
  for (const c of cases()) {
    const upstream = normals([4096]).data;
    const long = Float32Array.from({ length: 8192 }, (_, k) => upstream[k % 4096]!);
    await setBackend('webgpu');
    const fast = await outcome(c, c.fast, long);
    if (c.name === SPLIT) {
      splitLaunchesAt(7);
      compare(`${c.name}, in two dimensions`, 1e-9, await outcome(c, c.fast, long), fast);
      splitLaunchesAt();
    }
    await setBackend('cpu');
    compare(c.name, c.allowed ?? 2e-5, fast, await outcome(c, c.slow, long));
  }
  for (const weightDecay of [0, 0.1]) {
    for (const shape of [[5, 3], [1], [700]]) {
      const data = Array.from({ length: 6 }, () => normals(shape).data);
      await setBackend('webgpu');
      const fast = await adam(adamStep, weightDecay, data, shape);
      await setBackend('cpu');
      compare(`Adam on ${shape.join(' × ')}, decay ${weightDecay}`, 1e-6, fast, await adam(adamComposite, weightDecay, data, shape));
    }
  }
  await setBackend('webgpu');
  const idle = launched();
  if (idle.length) throw new Error(`No case launched ${idle.join(', ')} on ${getBackend()}.`);
  return out;
}

/** With our kernels switched off. @returns names of those that were launched all the same */
export async function launchedWhenOff(): Promise<string[]> {
  await setBackend('webgpu');
  const all = watch()();
  const launched = watch();
  switchKernels('off');
  try {
    const c = headCases()[0]!;
    await outcome(c, c.fast, normals([4096]).data);
    for (const t of await adam(adamStep, 0, Array.from({ length: 6 }, () => normals([3]).data), [3])) if (t.some(Number.isNaN)) throw new Error('Adam gave no numbers.');
  } finally {
    switchKernels('on');
  }
  const idle = new Set(launched());
  return all.filter((name) => !idle.has(name));
}

/** @returns names of our WebGPU kernels that were not launched since */
function watch(): () => string[] {
  const own = getKernelsForBackend('webgpu').filter((k) => k.kernelName.startsWith('Coldwave'));
  const seen = new Set<string>();
  const undo = own.map((kernel) => {
    const original = kernel.kernelFunc;
    kernel.kernelFunc = (x) => {
      seen.add(kernel.kernelName);
      return original(x);
    };
    return () => void (kernel.kernelFunc = original);
  });
  return () => {
    for (const f of undo) f();
    return own.map((k) => k.kernelName).filter((n) => !seen.has(n));
  };
}
