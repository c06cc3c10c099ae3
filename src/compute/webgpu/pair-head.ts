/**
 * The head of a pair scorer (kernels/pair-head.ts has the formula). Forward: four launches a block of pairs. Backward: h and what follows it are
 * computed again, so that nothing of [pairs, H1] outlives the step; fourteen launches where the composite makes about fifty.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { eachElement, free, launch, launchEach, make, product, registerGpuKernel, zeros, type Gpu } from './launch';
import { HEAD, directedBack, headBack, normGelu, normGeluBack } from './norm';
import { sumByRow } from './segments';

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

function forward(gpu: Gpu, t: Inputs, cols: number, P: number): TensorInfo {
  const out = make(gpu, [P]);
  for (let from = 0; from < P; from += BLOCK) {
    const count = Math.min(BLOCK, P - from);
    const h = first(gpu, t, from, count, cols);
    const h1 = normGelu(gpu, h, t['gamma1']!, t['beta1']!, EPS);
    const z = product(gpu, h1, t['W2']!, { bias: t['b2']! });
    launch(gpu, HEAD, { x: z, gamma: t['gamma2'], beta: t['beta2'], w: t['w3'], b: t['b3'], y: out }, { D: z.shape[1]!, eps: EPS, first: from }, count);
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

registerGpuKernel('ColdwavePairHeadGrad', (gpu, t) => {
  const P = t['a']!.shape[0]!;
  const inputs = ORDER.filter((n) => t[n]);
  if (P === 0) return inputs.map((n) => zeros(gpu, t[n]!.shape));
  const [gamma1, beta1, W2] = [t['gamma1']!, t['beta1']!, t['W2']!];
  const h = first(gpu, t, 0, P, 0);
  const h1 = normGelu(gpu, h, gamma1, beta1, EPS);
  const z = product(gpu, h1, W2, { bias: t['b2']! });
  const head = headBack(gpu, { x: z, gamma: t['gamma2']!, beta: t['beta2']!, w: t['w3']!, dy: t['dy']! }, EPS);
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
  free(gpu, h, h1, z, head.dx, dh);
  // Column sums come as [D]; the engine wants the shapes of the inputs.
  return inputs.map((n) => ({ ...grads[n]!, shape: t[n]!.shape }));
});
