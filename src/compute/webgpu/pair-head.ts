/**
 * The head of a pair scorer (kernels/pair-head.ts has the formula). Forward: four launches a block of pairs. Backward: h and what follows it are
 * computed again, so that nothing of [pairs, H1] outlives the step; eleven launches where the composite makes about fifty.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { eachElement, free, launch, launchEach, make, product, registerGpuKernel, zeros, type Gpu, type Program } from './launch';
import { HEAD, directedBack, headBack, normGelu, normGeluBack } from './norm';
import { RANKING_BACKWARD, RANKING_FORWARD } from './pair-ranking';
import { sumByRow } from './segments';
import { sumAll } from './sum';
import { NORMAL, reductions } from './wgsl';

const EPS = 1e-5;
/** Pairs at once in a forward pass: [65536, 128] floats are 34 MB. */
const BLOCK = 65536;
type Inputs = Record<string, TensorInfo | undefined>;

/** h = user[a] + item[b] (+ dots · direction) for pairs from `first` on; without index tensors every user goes with each of `cols` items. */
const firstOf = (indexed: boolean, directed: boolean) =>
  eachElement({
    name: 'PairFirst', writes: { h: 'f32' },
    reads: { user: 'f32', item: 'f32', ...(directed ? { dots: 'f32', direction: 'f32' } : {}), ...(indexed ? { a: 'i32', b: 'i32' } : {}) },
    uniforms: { H: 'u32', first: 'u32', cols: 'u32' },
    code: `
fn element(k: u32) {
  let pair = u.first + k / u.H;
  let c = k % u.H;
  let p = ${indexed ? 'u32(a[pair])' : 'pair / u.cols'};
  let q = ${indexed ? 'u32(b[pair])' : 'pair % u.cols'};
  h[k] = user[p * u.H + c] + item[q * u.H + c]${directed ? ' + dots[pair] * direction[c]' : ''};
}`,
  });
const FIRST = { indexed: { directed: firstOf(true, true), plain: firstOf(true, false) }, grid: { directed: firstOf(false, true), plain: firstOf(false, false) } };

function first(gpu: Gpu, t: Inputs, from: number, count: number, cols: number): TensorInfo {
  const H = t['W2']!.shape[0]!;
  const h = make(gpu, [count, H]);
  launchEach(gpu, FIRST[cols ? 'grid' : 'indexed'][t['dots'] ? 'directed' : 'plain'], { ...t, h }, count * H, { H, first: from, cols });
  return h;
}

/** Scores before the last GELU of the pairs whose z this is, into `out` from `from` on. */
function headOf(gpu: Gpu, t: Inputs, z: TensorInfo, out: TensorInfo, from: number): void {
  const [n, D] = z.shape as [number, number];
  launch(gpu, HEAD, { x: z, gamma: t['gamma2'], beta: t['beta2'], w: t['w3'], b: t['b3'], y: out }, { D, eps: EPS, first: from }, n);
}

function forward(gpu: Gpu, t: Inputs, cols: number, P: number): TensorInfo {
  const out = make(gpu, [P]);
  for (let from = 0; from < P; from += BLOCK) {
    const count = Math.min(BLOCK, P - from);
    const h = first(gpu, t, from, count, cols);
    const h1 = normGelu(gpu, h, t['gamma1']!, t['beta1']!, EPS);
    const z = product(gpu, h1, t['W2']!, { bias: t['b2']! });
    headOf(gpu, t, z, out, from);
    free(gpu, h, h1, z);
  }
  return out;
}
for (const name of ['ColdwavePairHead', 'ColdwavePairHeadDot']) {
  registerGpuKernel(name, (gpu, t, attrs) => {
    const cols = Number(attrs['cols'] ?? 0);
    return forward(gpu, t, cols, cols ? t['user']!.shape[0]! * cols : t['a']!.shape[0]!);
  });
}

const ORDER = ['user', 'item', 'dots', 'direction', 'gamma1', 'beta1', 'W2', 'b2', 'gamma2', 'beta2', 'w3', 'b3'] as const;
/** What a backward pass needs of the forward pass: [P, H1] before and after its norm, [P, H2] before its own. */
type Inside = Record<'h' | 'h1' | 'z', TensorInfo>;

function inside(gpu: Gpu, t: Inputs, P: number): Inside {
  const h = first(gpu, t, 0, P, 0);
  const h1 = normGelu(gpu, h, t['gamma1']!, t['beta1']!, EPS);
  return { h, h1, z: product(gpu, h1, t['W2']!, { bias: t['b2']! }) };
}

/** @returns gradients by the inputs that are there, in their order */
function backward(gpu: Gpu, t: Inputs, { h, h1, z }: Inside, dy: TensorInfo): TensorInfo[] {
  const [gamma1, beta1, W2] = [t['gamma1']!, t['beta1']!, t['W2']!];
  const head = headBack(gpu, { x: z, gamma: t['gamma2']!, beta: t['beta2']!, w: t['w3']!, dy }, EPS);
  const dW2 = product(gpu, h1, head.dx, { transposeA: true });
  const dh1 = product(gpu, head.dx, W2, { transposeB: true });
  const grads: Inputs = { W2: dW2, b2: head.dBias, gamma2: head.dGamma, beta2: head.dBeta, w3: head.dW, b3: head.db };
  let dh = dh1;
  if (t['dots']) {
    const d = directedBack(gpu, { x: h, gamma: gamma1, beta: beta1, dots: t['dots'], direction: t['direction']!, dx: dh1 }, EPS);
    Object.assign(grads, { dots: d.ddots, direction: d.dDirection, gamma1: d.dGamma, beta1: d.dBeta });
  } else {
    const [dx, dGamma, dBeta] = normGeluBack(gpu, { x: h, gamma: gamma1, beta: beta1, dy: dh1 }, EPS);
    free(gpu, dh1);
    dh = dx!;
    Object.assign(grads, { gamma1: dGamma, beta1: dBeta });
  }
  grads['user'] = sumByRow(gpu, dh, t['a']!, t['user']!.shape[0]!);
  grads['item'] = sumByRow(gpu, dh, t['b']!, t['item']!.shape[0]!);
  free(gpu, head.dx, dh);
  // Column sums come as [D]; the engine wants the shapes of the inputs.
  return ORDER.filter((n) => t[n]).map((n) => ({ ...grads[n]!, shape: t[n]!.shape }));
}

registerGpuKernel('ColdwavePairHeadGrad', (gpu, t) => {
  const P = t['a']!.shape[0]!;
  if (P === 0) return ORDER.filter((n) => t[n]).map((n) => zeros(gpu, t[n]!.shape));
  const made = inside(gpu, t, P);
  const grads = backward(gpu, t, made, t['dy']!);
  free(gpu, made.h, made.h1, made.z);
  return grads;
});

/**
 * Margin loss or BPR of GELU(s): the loss of each positive with its K negatives and its slope by every s, in one launch.
 * s holds B positives, then the negatives of the first, of the second, …
 */
const LANES = 64;
const RANKING: Program = {
  name: 'RankingLoss', writes: { slopes: 'f32', losses: 'f32' }, reads: { s: 'f32' }, uniforms: { B: 'u32', K: 'u32', margin: 'f32', bpr: 'u32' }, lanes: LANES,
  code: `${NORMAL}${reductions(LANES)}
fn slope(x: f32) -> f32 { return normalCdf(x) + x * normalPdf(x); }
fn run(group: u32, lane: u32) {
  let own = s[group];
  let score = own * normalCdf(own);
  let mine = u.B + group * u.K;
  let share = 1.0 / (f32(u.B) * f32(u.K));
  var loss = 0.0;
  var pull = 0.0;
  for (var k = lane; k < u.K; k += ${LANES}u) {
    let other = s[mine + k];
    let apart = other * normalCdf(other) - score;
    var g = 0.0;
    if (u.bpr == 1u) {
      loss += max(apart, 0.0) + log(1.0 + exp(-abs(apart)));
      g = 1.0 / (1.0 + exp(-apart));
    } else {
      loss += max(0.0, u.margin + apart);
      g = select(0.0, 1.0, u.margin + apart > 0.0);
    }
    pull += g;
    slopes[mine + k] = g * share * slope(other);
  }
  loss = total(lane, loss);
  pull = total(lane, pull);
  if (lane == 0u) {
    losses[group] = loss;
    slopes[group] = -pull * share * slope(own);
  }
}`,
};
/** Outputs the loss (a scalar), its slopes by s [P], and the inside of the head, which the backward pass takes up again. */
registerGpuKernel(RANKING_FORWARD, (gpu, t, { positives, bpr, margin }) => {
  const B = positives as number;
  const P = t['a']!.shape[0]!;
  const K = P / B - 1;
  const { h, h1, z } = inside(gpu, t, P);
  const [s, slopes, losses] = [make(gpu, [P]), make(gpu, [P]), make(gpu, [B])];
  headOf(gpu, t, z, s, 0);
  launch(gpu, RANKING, { s, slopes, losses }, { B, K, margin: margin as number, bpr: Number(bpr) }, B);
  const loss = sumAll(gpu, losses, 1 / (B * K));
  free(gpu, s, losses);
  return [loss, slopes, h, h1, z];
});

const SCALE = eachElement({ name: 'Scale', writes: { out: 'f32' }, reads: { x: 'f32', by: 'f32' }, uniforms: {}, code: 'fn element(k: u32) { out[k] = x[k] * by[0]; }' });
registerGpuKernel(RANKING_BACKWARD, (gpu, t) => {
  const dy = make(gpu, t['slopes']!.shape);
  launchEach(gpu, SCALE, { out: dy, x: t['slopes'], by: t['dy'] }, dy.shape[0]!);
  const grads = backward(gpu, t, { h: t['h']!, h1: t['h1']!, z: t['z']! }, dy);
  free(gpu, dy);
  return grads;
});
