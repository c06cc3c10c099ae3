/** Optimisers, one launch for each parameter: what they remember changes in place, the weight becomes a new tensor. */
import type { AdagradSettings } from '../kernels/adagrad';
import type { AdamSettings } from '../kernels/adam';
import type { AdamRowsSettings } from '../kernels/adam-rows';
import { eachElement, free, launchEach, make, registerGpuKernel, sizeOf } from './launch';
import { segmentsOf } from './segments';

const ADAM = eachElement({
  name: 'Adam',
  writes: { out: 'f32', m: 'f32', v: 'f32' },
  reads: { w: 'f32', g: 'f32' },
  uniforms: { beta1: 'f32', rest1: 'f32', beta2: 'f32', rest2: 'f32', rate: 'f32', root: 'f32', eps: 'f32', weightDecay: 'f32' },
  code: `
fn element(k: u32) {
  let d = g[k] + u.weightDecay * w[k];
  let mk = u.beta1 * m[k] + u.rest1 * d;
  let vk = u.beta2 * v[k] + u.rest2 * d * d;
  m[k] = mk;
  v[k] = vk;
  out[k] = w[k] - u.rate * mk / (sqrt(vk) * u.root + u.eps);
}`,
});

registerGpuKernel('ColdwaveAdam', (gpu, { w, m, v, g }, attrs) => {
  const { learningRate, beta1, beta2, eps, weightDecay, step } = attrs as unknown as AdamSettings & { step: number };
  const out = make(gpu, w!.shape);
  launchEach(gpu, ADAM, { out, m, v, w, g }, sizeOf(w!.shape), {
    beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2, eps, weightDecay,
    rate: learningRate / (1 - beta1 ** step),
    root: 1 / Math.sqrt(1 - beta2 ** step),
  });
  return out;
});

const ADAGRAD = eachElement({
  name: 'Adagrad', writes: { out: 'f32', s: 'f32' }, reads: { w: 'f32', g: 'f32' }, uniforms: { rate: 'f32', eps: 'f32', weightDecay: 'f32' },
  code: `
fn element(k: u32) {
  let d = g[k] + u.weightDecay * w[k];
  let sk = s[k] + d * d;
  s[k] = sk;
  out[k] = w[k] - u.rate * d / (sqrt(sk) + u.eps);
}`,
});
registerGpuKernel('ColdwaveAdagrad', (gpu, { w, s, g }, attrs) => {
  const { learningRate, eps, weightDecay } = attrs as unknown as AdagradSettings;
  const out = make(gpu, w!.shape);
  launchEach(gpu, ADAGRAD, { out, s, w, g }, sizeOf(w!.shape), { rate: learningRate, eps, weightDecay });
  return out;
});

/** Rows that no position points to keep their weight and their moments. */
const ADAM_ROWS = eachElement({
  name: 'AdamRows',
  writes: { out: 'f32', m: 'f32', v: 'f32' },
  reads: { w: 'f32', g: 'f32', start: 'i32' },
  uniforms: { D: 'u32', beta1: 'f32', rest1: 'f32', beta2: 'f32', rest2: 'f32', rate: 'f32', eps: 'f32' },
  code: `
fn element(k: u32) {
  let row = k / u.D;
  if (start[row] == start[row + 1u]) {
    out[k] = w[k];
    return;
  }
  let d = g[k];
  let mk = u.beta1 * m[k] + u.rest1 * d;
  let vk = u.beta2 * v[k] + u.rest2 * d * d;
  m[k] = mk;
  v[k] = vk;
  out[k] = w[k] - u.rate * mk / (sqrt(vk) + u.eps);
}`,
});
registerGpuKernel('ColdwaveAdamRows', (gpu, { w, m, v, g, index }, attrs) => {
  const { learningRate, beta1, beta2, eps, step } = attrs as unknown as AdamRowsSettings & { step: number };
  const [R, D] = w!.shape as [number, number];
  const out = make(gpu, [R, D]);
  const named = index!.shape[0] ? segmentsOf(gpu, index!, R) : { start: gpu.makeTensorInfo([R + 1], 'int32', new Int32Array(R + 1)), order: make(gpu, [0], 'int32') };
  launchEach(gpu, ADAM_ROWS, { out, m, v, w, g, start: named.start }, R * D, {
    D, beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2, eps, rate: (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step),
  });
  free(gpu, named.start, named.order);
  return out;
});
