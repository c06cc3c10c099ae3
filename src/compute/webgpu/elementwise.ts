/** GELU with its slope, and dropout: one launch each. */
import { eachElement, launchEach, make, registerGpuKernel, sizeOf } from './launch';
import { NORMAL } from './wgsl';

const GELU = eachElement({ name: 'Gelu', writes: { y: 'f32' }, reads: { x: 'f32' }, uniforms: {}, code: `${NORMAL}
fn element(k: u32) { y[k] = x[k] * normalCdf(x[k]); }` });
const GELU_BACK = eachElement({ name: 'GeluGrad', writes: { dx: 'f32' }, reads: { x: 'f32', dy: 'f32' }, uniforms: {}, code: `${NORMAL}
fn element(k: u32) { dx[k] = dy[k] * (normalCdf(x[k]) + x[k] * normalPdf(x[k])); }` });

registerGpuKernel('ColdwaveGelu', (gpu, { x }) => {
  const y = make(gpu, x!.shape);
  launchEach(gpu, GELU, { x, y }, sizeOf(x!.shape));
  return y;
});
registerGpuKernel('ColdwaveGeluGrad', (gpu, { x, dy }) => {
  const dx = make(gpu, x!.shape);
  launchEach(gpu, GELU_BACK, { x, dy, dx }, sizeOf(x!.shape));
  return dx;
});

/** The same mask as on every other backend: entry k stays where mix32(k + key) reaches the threshold (see core/random). */
const DROPOUT = eachElement({
  name: 'Dropout',
  writes: { y: 'f32' },
  reads: { x: 'f32' },
  uniforms: { key: 'i32', threshold: 'u32', scale: 'f32' },
  code: `
fn mix32(seed: u32) -> u32 {
  var h = seed;
  h = (h ^ (h >> 16u)) * 0x85ebca6bu;
  h = (h ^ (h >> 13u)) * 0xc2b2ae35u;
  return h ^ (h >> 16u);
}
fn element(k: u32) { y[k] = select(0.0, x[k] * u.scale, mix32(k + bitcast<u32>(u.key)) >= u.threshold); }`,
});

registerGpuKernel('ColdwaveDropout', (gpu, { x }, attrs) => {
  const { rate, key } = attrs as { rate: number; key: number };
  const y = make(gpu, x!.shape);
  launchEach(gpu, DROPOUT, { x, y }, sizeOf(x!.shape), { key, threshold: Math.floor(rate * 4294967296), scale: 1 / (1 - rate) });
  return y;
});
