/** The sum of a vector. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { launch, make, type Gpu, type Program } from './launch';
import { reductions } from './wgsl';

const LANES = 64;
const SUM: Program = {
  name: 'Sum', writes: { out: 'f32' }, reads: { x: 'f32' }, uniforms: { n: 'u32', scale: 'f32' }, lanes: LANES,
  code: `${reductions(LANES)}
fn run(group: u32, lane: u32) {
  var s = 0.0;
  for (var k = lane; k < u.n; k += ${LANES}u) { s += x[k]; }
  s = total(lane, s);
  if (lane == 0u) { out[0] = s * u.scale; }
}`,
};
/** scale · Σ x, always added in the same order. @param x [n], n > 0  @returns a scalar */
export function sumAll(gpu: Gpu, x: TensorInfo, scale: number): TensorInfo {
  const out = make(gpu, []);
  launch(gpu, SUM, { out, x }, { n: x.shape[0]!, scale }, 1);
  return out;
}
