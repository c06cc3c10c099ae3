/** Adam, one launch for each parameter: moments change in place, the weight becomes a new tensor. */
import type { AdamSettings } from '../kernels/adam';
import { eachElement, launchEach, make, registerGpuKernel, sizeOf } from './launch';

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
