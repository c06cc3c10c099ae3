/** Rows by their own sums (kernels/self-terms.ts): one launch forward, two backward. */
import { free, launch, make, registerGpuKernel, zeros, type GpuKernel, type Program } from './launch';
import { fold, sharesOf } from './shares';
import { reductions } from './wgsl';

const LANES = 64;
const f32 = 'f32' as const;
/** Σ x and Σ x² of the row from `at` on. */
const SUMS = `${reductions(LANES)}
struct Sums { plain: f32, squares: f32 }
fn sumsOf(at: u32, lane: u32) -> Sums {
  var s = 0.0;
  var q = 0.0;
  for (var c = lane; c < u.D; c += ${LANES}u) { let v = x[at + c]; s += v; q += v * v; }
  return Sums(total(lane, s), total(lane, q));
}`;

const forwardOf = (biased: boolean): Program => ({
  name: 'SelfTerms', writes: { y: f32 }, reads: { x: f32, bySquares: f32, bySum: f32, ...(biased ? { bias: f32 } : {}) }, uniforms: { D: 'u32', H: 'u32' }, lanes: LANES,
  code: `${SUMS}
fn run(group: u32, lane: u32) {
  let sums = sumsOf(group * u.D, lane);
  for (var c = lane; c < u.H; c += ${LANES}u) { y[group * u.H + c] = sums.squares * bySquares[c] + sums.plain * bySum[c]${biased ? ' + bias[c]' : ''}; }
}`,
});
const [FORWARD, FORWARD_BIASED] = [forwardOf(false), forwardOf(true)];

const BACKWARD: Program = {
  name: 'SelfTermsGrad', writes: { dx: f32, share: f32 }, reads: { x: f32, bySquares: f32, bySum: f32, dy: f32 }, uniforms: { D: 'u32', H: 'u32', rows: 'u32', run: 'u32' }, lanes: LANES,
  code: `${SUMS}
fn run(group: u32, lane: u32) {
  let own = group * 3u * u.H;
  for (var c = lane; c < u.H; c += ${LANES}u) {
    share[own + c] = 0.0;
    share[own + u.H + c] = 0.0;
    share[own + 2u * u.H + c] = 0.0;
  }
  for (var k = group * u.run; k < min(u.rows, (group + 1u) * u.run); k++) {
    let sums = sumsOf(k * u.D, lane);
    var bySquare = 0.0;
    var byPlain = 0.0;
    for (var c = lane; c < u.H; c += ${LANES}u) {
      let g = dy[k * u.H + c];
      bySquare += g * bySquares[c];
      byPlain += g * bySum[c];
      share[own + c] += g * sums.squares;
      share[own + u.H + c] += g * sums.plain;
      share[own + 2u * u.H + c] += g;
    }
    bySquare = total(lane, bySquare);
    byPlain = total(lane, byPlain);
    for (var c = lane; c < u.D; c += ${LANES}u) { dx[k * u.D + c] = 2.0 * x[k * u.D + c] * bySquare + byPlain; }
  }
}`,
};

const forward: GpuKernel = (gpu, t) => {
  const [n, D] = t['x']!.shape as [number, number];
  const H = t['bySquares']!.shape.at(-1)!;
  const y = make(gpu, [n, H]);
  launch(gpu, t['bias'] ? FORWARD_BIASED : FORWARD, { ...t, y }, { D, H }, n);
  return y;
};
for (const name of ['ColdwaveSelfTerms', 'ColdwaveSelfTermsBiased']) registerGpuKernel(name, forward);
/** Outputs dx and the gradients of bySquares, bySum and the bias. */
registerGpuKernel('ColdwaveSelfTermsGrad', (gpu, t) => {
  const [n, D] = t['x']!.shape as [number, number];
  const H = t['bySquares']!.shape.at(-1)!;
  if (n === 0) return [zeros(gpu, [n, D]), ...[0, 1, 2].map(() => zeros(gpu, [H]))];
  const { run, shares } = sharesOf(n);
  const [dx, share] = [make(gpu, [n, D]), make(gpu, [shares, 3 * H])];
  launch(gpu, BACKWARD, { ...t, dx, share }, { D, H, rows: n, run }, shares);
  const { columns } = fold(gpu, share, H, 3);
  free(gpu, share);
  return [dx, ...columns];
});
