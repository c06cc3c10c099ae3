/** X W for sparse rows X (kernels/sparse-rows.ts), and its gradient by W: entries sorted by the row of W they take, each row adding its own. */
import { eachElement, free, launchEach, make, registerGpuKernel, zeros } from './launch';
import { sumScaledByRow } from './segments';

const FORWARD = eachElement({
  name: 'SparseRows', writes: { out: 'f32' }, reads: { start: 'i32', index: 'i32', value: 'f32', W: 'f32' }, uniforms: { D: 'u32' },
  code: `
fn element(k: u32) {
  let row = k / u.D;
  let c = k % u.D;
  var s = 0.0;
  for (var e = start[row]; e < start[row + 1u]; e++) { s += value[e] * W[u32(index[e]) * u.D + c]; }
  out[k] = s;
}`,
});
/** Which row of X entry e stands in: start[row] ≤ e < start[row + 1]. */
const ROW_OF = eachElement({
  name: 'RowOfEntry', writes: { row: 'i32' }, reads: { start: 'i32' }, uniforms: { B: 'u32' },
  code: `
fn element(e: u32) {
  var low = 0u;
  var high = u.B;
  while (high - low > 1u) {
    let middle = (low + high) / 2u;
    if (u32(start[middle]) <= e) { low = middle; } else { high = middle; }
  }
  row[e] = i32(low);
}`,
});

registerGpuKernel('ColdwaveSparseRows', (gpu, { start, index, value, W }) => {
  const [B, D] = [start!.shape[0]! - 1, W!.shape[1]!];
  if (index!.shape[0] === 0) return zeros(gpu, [B, D]);
  const out = make(gpu, [B, D]);
  launchEach(gpu, FORWARD, { out, start, index, value, W }, B * D, { D });
  return out;
});
registerGpuKernel('ColdwaveSparseRowsGrad', (gpu, { start, index, value, dy }, attrs) => {
  const [B, D] = dy!.shape as [number, number];
  const columns = attrs['columns'] as number;
  const entries = index!.shape[0]!;
  if (entries * D === 0) return zeros(gpu, [columns, D]);
  const row = make(gpu, [entries], 'int32');
  launchEach(gpu, ROW_OF, { row, start }, entries, { B });
  const out = sumScaledByRow(gpu, value!, dy!, row, index!, columns);
  free(gpu, row);
  return out;
});
