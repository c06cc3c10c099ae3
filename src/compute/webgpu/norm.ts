/**
 * Normalised rows, with or without an affine part and GELU after it. Forward: one launch, a group for each row. Backward: a group walks a run of
 * rows, writes dx and adds up its own share of the column sums (dγ, dβ …); a second launch adds the shares in order. No atomics: the same bits
 * every time.
 */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { free, launch, make, registerGpuKernel, sizeOf, zeros, type Gpu, type Program } from './launch';
import { fold, sharesOf } from './shares';
import { NORMAL, reductions } from './wgsl';

const LANES = 64;
const f32 = 'f32' as const;

interface Form {
  affine: boolean;
  gelu: boolean;
  /** Without GELU the gradient does not depend on β, and a program must use every tensor it binds. */
  noShift?: boolean;
}

/** Mean and 1/√(var + eps) of row `at / u.D` of x; then z and what follows it. */
const row = ({ affine, gelu, noShift }: Form): string => `
${NORMAL}${reductions(LANES)}
struct Moments { mean: f32, r: f32 }
fn momentsOf(at: u32, lane: u32) -> Moments {
  var s = 0.0;
  for (var c = lane; c < u.D; c += ${LANES}u) { s += x[at + c]; }
  let mean = total(lane, s) / f32(u.D);
  var q = 0.0;
  for (var c = lane; c < u.D; c += ${LANES}u) { let d = x[at + c] - mean; q += d * d; }
  return Moments(mean, inverseSqrt(total(lane, q) / f32(u.D) + u.eps));
}
fn zOf(hat: f32, c: u32) -> f32 { return ${affine ? `hat * gamma[c]${noShift ? '' : ' + beta[c]'}` : 'hat'}; }
fn after(z: f32) -> f32 { return ${gelu ? 'z * normalCdf(z)' : 'z'}; }
fn slope(z: f32) -> f32 { return ${gelu ? 'normalCdf(z) + z * normalPdf(z)' : '1.0'}; }`;

const weights = (form: Form): Program['reads'] => (form.affine ? { gamma: f32, ...(form.noShift ? {} : { beta: f32 }) } : {});

const forwardOf = (form: Form): Program => ({
  name: 'Norm',
  writes: { y: f32 },
  reads: { x: f32, ...weights(form) },
  uniforms: { D: 'u32', eps: f32 },
  lanes: LANES,
  code: `${row(form)}
fn run(group: u32, lane: u32) {
  let at = group * u.D;
  let m = momentsOf(at, lane);
  for (var c = lane; c < u.D; c += ${LANES}u) { y[at + c] = after(zOf((x[at + c] - m.mean) * m.r, c)); }
}`,
});

/** s = ⟨GELU(norm(x)), w⟩ + b by rows, written from `u.first` on: the end of the pair head. */
export const HEAD: Program = {
  name: 'NormHead',
  writes: { y: f32 },
  reads: { x: f32, gamma: f32, beta: f32, w: f32, b: f32 },
  uniforms: { D: 'u32', eps: f32, first: 'u32' },
  lanes: LANES,
  code: `${row({ affine: true, gelu: true })}
fn run(group: u32, lane: u32) {
  let at = group * u.D;
  let m = momentsOf(at, lane);
  var s = 0.0;
  for (var c = lane; c < u.D; c += ${LANES}u) { s += w[c] * after(zOf((x[at + c] - m.mean) * m.r, c)); }
  s = total(lane, s);
  if (lane == 0u) { y[u.first + group] = s + b[0]; }
}`,
};

/** Where the gradient of a row comes from, what else is summed, and where dx goes. */
interface Backward {
  /** dL/d(what comes after z) at `at + c`. */
  upstream: string;
  reads: Program['reads'];
  writes: Program['writes'];
  /** Column sums besides dγ and dβ, as expressions of what is known of an element: dz, hat, z, given. */
  sums: readonly string[];
  /** Column sums of expressions in which dx is known too. */
  sumsOfDx: readonly string[];
  /** After a row is done. */
  rowEnd?: string;
  /** One more sum, over rows. */
  rowSum?: string;
}

function backwardOf(form: Form, b: Backward): Program {
  const early = form.affine ? ['dz * hat', 'dz', ...b.sums] : [];
  const count = early.length + b.sumsOfDx.length;
  const add = (terms: readonly string[], from: number): string => terms.map((term, k) => `share[own + ${from + k}u * u.D + c] += ${term};`).join('\n      ');
  const end = `own + ${count}u * u.D`;
  return {
    name: 'NormGrad',
    writes: { dx: f32, ...(count ? { share: f32 } : {}), ...b.writes },
    reads: { x: f32, ...weights(form), ...b.reads },
    uniforms: { D: 'u32', eps: f32, rows: 'u32', run: 'u32' },
    lanes: LANES,
    code: `${row(form)}
fn run(group: u32, lane: u32) {
  let own = group * (${count}u * u.D${b.rowSum ? ' + 1u' : ''});
  ${count ? `for (var c = lane; c < ${count}u * u.D${b.rowSum ? ' + 1u' : ''}; c += ${LANES}u) { share[own + c] = 0.0; }
  storageBarrier();` : ''}
  for (var k = group * u.run; k < min(u.rows, (group + 1u) * u.run); k++) {
    let at = k * u.D;
    let m = momentsOf(at, lane);
    var s1 = 0.0;
    var s2 = 0.0;
    for (var c = lane; c < u.D; c += ${LANES}u) {
      let hat = (x[at + c] - m.mean) * m.r;
      let z = zOf(hat, c);
      let given = ${b.upstream};
      let dz = given * slope(z);
      ${add(early, 0)}
      let e = ${form.affine ? 'dz * gamma[c]' : 'dz'};
      s1 += e;
      s2 += e * hat;
      dx[at + c] = e;
    }
    s1 = total(lane, s1) / f32(u.D);
    s2 = total(lane, s2) / f32(u.D);
    var along = 0.0;
    for (var c = lane; c < u.D; c += ${LANES}u) {
      let hat = (x[at + c] - m.mean) * m.r;
      let d = m.r * (dx[at + c] - s1 - hat * s2);
      dx[at + c] = d;
      ${add(b.sumsOfDx, early.length)}
      ${b.rowEnd ? 'along += d * direction[c];' : ''}
    }
    ${b.rowEnd ?? ''}
    ${b.rowSum ? `if (lane == 0u) { share[${end}] += ${b.rowSum}; }` : ''}
  }
}`,
  };
}

const ROWS: Backward = { upstream: 'dy[at + c]', reads: { dy: f32 }, writes: {}, sums: [], sumsOfDx: [] };
/** Of HEAD: also dw, the gradient of a bias before the norm, and db. */
const HEAD_BACK = backwardOf({ affine: true, gelu: true }, {
  upstream: 'dy[k] * w[c]', reads: { dy: f32, w: f32 }, writes: {}, sums: ['dy[k] * after(z)'], sumsOfDx: ['d'], rowSum: 'dy[k]',
});
/** For x = … + dots · direction: also the gradients of those two. dx comes in as the gradient and goes out as dx: a ninth buffer would be one too many. */
const DIRECTED_BACK = backwardOf({ affine: true, gelu: true }, {
  upstream: 'dx[at + c]', reads: { dots: f32, direction: f32 }, writes: { ddots: f32 }, sums: [], sumsOfDx: ['dots[k] * d'],
  rowEnd: 'along = total(lane, along); if (lane == 0u) { ddots[k] = along; }',
});

type Tensors = Record<string, TensorInfo | undefined>;

/** @param columns how many column sums the program makes, none without `share`  @param last whether one more number is summed */
function back(gpu: Gpu, program: Program, tensors: Tensors, eps: number, columns: number, last = false): { columns: TensorInfo[]; last: TensorInfo | null } {
  const x = tensors['x']!;
  const D = x.shape.at(-1)!;
  const n = sizeOf(x.shape) / D;
  const { run, shares } = sharesOf(n);
  const share = columns ? make(gpu, [shares, columns * D + Number(last)]) : undefined;
  launch(gpu, program, { ...tensors, share }, { D, eps, rows: n, run }, shares);
  if (!share) return { columns: [], last: null };
  const sums = fold(gpu, share, D, columns, last);
  free(gpu, share);
  return sums;
}

/** GELU(norm(x)) by rows. */
const AFFINE_GELU = { affine: true, gelu: true };
const AFFINE_GELU_FORWARD = forwardOf(AFFINE_GELU);
const AFFINE_GELU_BACK = backwardOf(AFFINE_GELU, ROWS);
const PLAIN_GELU = { affine: false, gelu: true };

export function normGelu(gpu: Gpu, x: TensorInfo, gamma: TensorInfo, beta: TensorInfo, eps: number): TensorInfo {
  return normalise(gpu, AFFINE_GELU_FORWARD, { x, gamma, beta }, eps);
}
function normalise(gpu: Gpu, program: Program, t: Tensors, eps: number): TensorInfo {
  const y = make(gpu, t['x']!.shape);
  const D = t['x']!.shape.at(-1)!;
  launch(gpu, program, { ...t, y }, { D, eps }, D ? sizeOf(y.shape) / D : 0);
  return y;
}
/** @returns dx, dγ, dβ */
export function normGeluBack(gpu: Gpu, t: Record<'x' | 'gamma' | 'beta' | 'dy', TensorInfo>, eps: number): TensorInfo[] {
  return affineBack(gpu, AFFINE_GELU_BACK, t, eps);
}
function affineBack(gpu: Gpu, program: Program, t: Tensors, eps: number): TensorInfo[] {
  const x = t['x']!;
  if (sizeOf(x.shape) === 0) return [zeros(gpu, x.shape), zeros(gpu, [x.shape.at(-1)!]), zeros(gpu, [x.shape.at(-1)!])];
  const dx = make(gpu, x.shape);
  return [dx, ...back(gpu, program, { ...t, dx }, eps, 2).columns];
}
/** @param t x [n, D], dy [n]  @returns gradients by columns, and db [1] */
export function headBack(gpu: Gpu, t: Record<'x' | 'gamma' | 'beta' | 'w' | 'dy', TensorInfo>, eps: number) {
  const dx = make(gpu, t.x.shape);
  const { columns: [dGamma, dBeta, dW, dBias], last } = back(gpu, HEAD_BACK, { ...t, dx }, eps, 4, true);
  return { dx, dGamma: dGamma!, dBeta: dBeta!, dW: dW!, dBias: dBias!, db: last! };
}
/** @param t dots [n], direction [D]; dx holds the gradient by GELU(norm(x)) and becomes the one by x */
export function directedBack(gpu: Gpu, t: Record<'x' | 'gamma' | 'beta' | 'dots' | 'direction' | 'dx', TensorInfo>, eps: number) {
  const ddots = make(gpu, t.dots.shape);
  const { columns: [dGamma, dBeta, dDirection] } = back(gpu, DIRECTED_BACK, { ...t, ddots }, eps, 3);
  return { ddots, dGamma: dGamma!, dBeta: dBeta!, dDirection: dDirection! };
}

const PLAIN_FORWARD = forwardOf(PLAIN_GELU);
const PLAIN_BACK = backwardOf(PLAIN_GELU, ROWS);
const NORM = { affine: true, gelu: false };
const NORM_FORWARD = forwardOf(NORM);
const NORM_BACK = backwardOf({ ...NORM, noShift: true }, ROWS);
const epsOf = (attrs: NamedAttrMap): number => attrs['eps'] as number;

registerGpuKernel('ColdwaveLayerNormGelu', (gpu, { x }, attrs) => normalise(gpu, PLAIN_FORWARD, { x }, epsOf(attrs)));
registerGpuKernel('ColdwaveLayerNormAffineGelu', (gpu, { x, gamma, beta }, attrs) => normGelu(gpu, x!, gamma!, beta!, epsOf(attrs)));
registerGpuKernel('ColdwaveLayerNormGeluGrad', (gpu, { x, gamma, beta, dy }, attrs) => {
  if (gamma && beta) return normGeluBack(gpu, { x: x!, gamma, beta, dy: dy! }, epsOf(attrs));
  const dx = make(gpu, x!.shape);
  if (sizeOf(dx.shape) > 0) back(gpu, PLAIN_BACK, { x, dy, dx }, epsOf(attrs), 0);
  return [dx];
});
registerGpuKernel('ColdwaveLayerNorm', (gpu, { x, gamma, beta }, attrs) => normalise(gpu, NORM_FORWARD, { x, gamma, beta }, epsOf(attrs)));
registerGpuKernel('ColdwaveLayerNormGrad', (gpu, { x, gamma, dy }, attrs) => affineBack(gpu, NORM_BACK, { x, gamma, dy }, epsOf(attrs)));
