/** Rows of a table by index, the gradient that adds them back in a fixed order, and dot products of pairs of rows. */
import { eachElement, launch, launchEach, make, registerGpuKernel, sizeOf, zeros, type Program } from './launch';
import { sumByRow, sumScaledByRow } from './segments';

const ROWS = eachElement({
  name: 'Rows', writes: { out: 'f32' }, reads: { table: 'f32', index: 'i32' }, uniforms: { D: 'u32' },
  code: 'fn element(k: u32) { out[k] = table[u32(index[k / u.D]) * u.D + k % u.D]; }',
});
registerGpuKernel('ColdwaveRows', (gpu, { table, index }) => {
  const [n, D] = [index!.shape[0]!, table!.shape[1]!];
  const out = make(gpu, [n, D]);
  launchEach(gpu, ROWS, { out, table, index }, n * D, { D });
  return out;
});
registerGpuKernel('ColdwaveAddRows', (gpu, { x, index }, attrs) => {
  const rows = attrs['rows'] as number;
  return sizeOf(x!.shape) === 0 ? zeros(gpu, [rows, x!.shape[1]!]) : sumByRow(gpu, x!, index!, rows);
});

const [LANES, WIDTH] = [64, 16]; // lanes a group, lanes a pair
const DOTS: Program = {
  name: 'PairDots', writes: { out: 'f32' }, reads: { x: 'f32', y: 'f32', a: 'i32', b: 'i32' }, uniforms: { n: 'u32', D: 'u32' }, lanes: LANES,
  code: `
var<workgroup> shelf: array<f32, ${LANES}>;
fn run(group: u32, lane: u32) {
  let k = group * ${LANES / WIDTH}u + lane / ${WIDTH}u;
  var s = 0.0;
  if (k < u.n) {
    let p = u32(a[k]) * u.D;
    let q = u32(b[k]) * u.D;
    for (var c = lane % ${WIDTH}u; c < u.D; c += ${WIDTH}u) { s += x[p + c] * y[q + c]; }
  }
  shelf[lane] = s;
  workgroupBarrier();
  if (k < u.n && lane % ${WIDTH}u == 0u) {
    var sum = 0.0;
    for (var j = 0u; j < ${WIDTH}u; j++) { sum += shelf[lane + j]; }
    out[k] = sum;
  }
}`,
};
registerGpuKernel('ColdwavePairDots', (gpu, { u, v, a, b }) => {
  const [P, D] = [a!.shape[0]!, u!.shape[1]!];
  const out = make(gpu, [P]);
  launch(gpu, DOTS, { out, x: u, y: v, a, b }, { n: P, D }, Math.ceil((P * WIDTH) / LANES));
  return out;
});
registerGpuKernel('ColdwavePairDotsGrad', (gpu, { u, v, a, b, dy }) => {
  if (a!.shape[0] === 0) return [zeros(gpu, u!.shape), zeros(gpu, v!.shape)];
  return [sumScaledByRow(gpu, dy!, v!, b!, a!, u!.shape[0]!), sumScaledByRow(gpu, dy!, u!, a!, b!, v!.shape[0]!)];
});
