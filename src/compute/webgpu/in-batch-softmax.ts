/** Softmax over rows whose diagonal is right, loss and gradient together: a launch over rows and one that adds the rows' losses up. */
import { launch, make, free, registerGpuKernel, zeros, type Program } from './launch';
import { sumAll } from './sum';
import { reductions } from './wgsl';

const LANES = 64;
const ROWS: Program = {
  name: 'InBatchSoftmax', writes: { dx: 'f32', losses: 'f32' }, reads: { x: 'f32', correction: 'f32' }, uniforms: { B: 'u32', T: 'f32' }, lanes: LANES,
  code: `${reductions(LANES)}
fn run(group: u32, lane: u32) {
  let at = group * u.B;
  var top = -3.4e38;
  for (var c = lane; c < u.B; c += ${LANES}u) {
    let logit = x[at + c] / u.T + correction[at + c];
    dx[at + c] = logit;
    top = max(top, logit);
  }
  top = largest(lane, top);
  var s = 0.0;
  for (var c = lane; c < u.B; c += ${LANES}u) { s += exp(dx[at + c] - top); }
  s = total(lane, s);
  storageBarrier();
  let own = dx[at + group];
  storageBarrier();
  let scale = 1.0 / (s * u.T * f32(u.B));
  for (var c = lane; c < u.B; c += ${LANES}u) {
    dx[at + c] = exp(dx[at + c] - top) * scale - select(0.0, 1.0 / (u.T * f32(u.B)), c == group);
  }
  if (lane == 0u) { losses[group] = log(s) + top - own; }
}`,
};
registerGpuKernel('ColdwaveInBatchSoftmax', (gpu, { x, correction }, attrs) => {
  const B = x!.shape[0]!;
  if (B === 0) return [zeros(gpu, []), zeros(gpu, [0, 0])];
  const [dx, losses] = [make(gpu, [B, B]), make(gpu, [B])];
  launch(gpu, ROWS, { dx, losses, x, correction }, { B, T: attrs['temperature'] as number }, B);
  const loss = sumAll(gpu, losses, 1 / B);
  free(gpu, losses);
  return [loss, dx];
});
