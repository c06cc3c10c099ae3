/**
 * Causal attention (kernels/causal-attention.ts) over sequences below one another: a group for each row and head, one launch forward and two
 * back. Rows it looks at are taken a group's width at a time, the softmax carried along, so no weight outlives a launch, and a group adds in its own order.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { free, launch, make, registerGpuKernel, zeros, type Gpu, type Program } from './launch';
import { reductions } from './wgsl';

const LANES = 64;
const f32 = 'f32' as const;
const uniforms = { S: 'u32', D: 'u32', d: 'u32', heads: 'u32', scale: f32 } as const;

/** What the three programs share: where a row's sequence lies, and dot products within a head. */
const common = `${reductions(LANES)}
struct Range { first: u32, end: u32 }
fn sequenceOf(row: u32) -> Range {
  var low = 0u;
  var high = u.S;
  while (high - low > 1u) { // start[low] ≤ row < start[high]
    let middle = (low + high) / 2u;
    if (u32(start[middle]) <= row) { low = middle; } else { high = middle; }
  }
  return Range(u32(start[low]), u32(start[high]));
}
fn score(p: u32, r: u32) -> f32 { // of the query from p on and the key from r on
  var s = 0.0;
  for (var c = 0u; c < u.d; c++) { s += q[p + c] * k[r + c]; }
  return s * u.scale;
}`;
const back = `${common}
fn pull(p: u32, r: u32) -> f32 { // ⟨gradient of the row from p on, value from r on⟩
  var s = 0.0;
  for (var c = 0u; c < u.d; c++) { s += dy[p + c] * v[r + c]; }
  return s;
}`;

const FORWARD: Program = {
  name: 'CausalAttention', writes: { out: f32 }, reads: { q: f32, k: f32, v: f32, start: 'i32' }, uniforms, lanes: LANES,
  code: `${common}
fn run(group: u32, lane: u32) {
  let row = group / u.heads;
  let column = (group % u.heads) * u.d;
  let at = row * u.D + column;
  let first = sequenceOf(row).first;
  var top = -3.4e38;
  var sum = 0.0;
  for (var c = lane; c < u.d; c += ${LANES}u) { out[at + c] = 0.0; }
  for (var begin = first; begin <= row; begin += ${LANES}u) {
    let j = begin + lane;
    var s = -3.4e38;
    if (j <= row) { s = score(at, j * u.D + column); }
    let next = max(top, largest(lane, s));
    let shrink = exp(top - next);
    sum = sum * shrink + total(lane, select(0.0, exp(s - next), j <= row)); // the terms stay on the shelf
    let count = min(${LANES}u, row + 1u - begin);
    for (var c = lane; c < u.d; c += ${LANES}u) {
      var o = out[at + c] * shrink;
      for (var n = 0u; n < count; n++) { o += shelf[n] * v[(begin + n) * u.D + column + c]; }
      out[at + c] = o;
    }
    top = next;
    workgroupBarrier();
  }
  for (var c = lane; c < u.d; c += ${LANES}u) { out[at + c] /= sum; }
}`,
};

/** dQ, and of every row and head ln Σ e^score and Σ_j weight · (dL/d weight). */
const BACK_QUERY: Program = {
  name: 'CausalAttentionGradQuery', writes: { dq: f32, facts: f32 }, reads: { q: f32, k: f32, v: f32, dy: f32, start: 'i32' }, uniforms, lanes: LANES,
  code: `${back}
fn run(group: u32, lane: u32) {
  let row = group / u.heads;
  let column = (group % u.heads) * u.d;
  let at = row * u.D + column;
  let first = sequenceOf(row).first;
  var top = -3.4e38;
  var sum = 0.0;
  var along = 0.0;
  for (var begin = first; begin <= row; begin += ${LANES}u) {
    let j = begin + lane;
    var s = -3.4e38;
    var g = 0.0;
    if (j <= row) { s = score(at, j * u.D + column); g = pull(at, j * u.D + column); }
    let next = max(top, largest(lane, s));
    let shrink = exp(top - next);
    let e = select(0.0, exp(s - next), j <= row);
    sum = sum * shrink + total(lane, e);
    along = along * shrink + total(lane, e * g);
    top = next;
  }
  let norm = top + log(sum);
  along /= sum;
  if (lane == 0u) { facts[2u * group] = norm; facts[2u * group + 1u] = along; }
  for (var c = lane; c < u.d; c += ${LANES}u) { dq[at + c] = 0.0; }
  for (var begin = first; begin <= row; begin += ${LANES}u) {
    let j = begin + lane;
    var g = 0.0;
    if (j <= row) { g = u.scale * exp(score(at, j * u.D + column) - norm) * (pull(at, j * u.D + column) - along); }
    shelf[lane] = g;
    workgroupBarrier();
    let count = min(${LANES}u, row + 1u - begin);
    for (var c = lane; c < u.d; c += ${LANES}u) {
      var o = dq[at + c];
      for (var n = 0u; n < count; n++) { o += shelf[n] * k[(begin + n) * u.D + column + c]; }
      dq[at + c] = o;
    }
    workgroupBarrier();
  }
}`,
};

/** dK and dV of a row: from itself and the later rows of its sequence. */
const BACK_KEY: Program = {
  name: 'CausalAttentionGradKey', writes: { dk: f32, dv: f32 }, reads: { q: f32, k: f32, v: f32, dy: f32, start: 'i32', facts: f32 }, uniforms, lanes: LANES,
  code: `${back}
var<workgroup> weights: array<f32, ${LANES}>;
fn run(group: u32, lane: u32) {
  let row = group / u.heads;
  let head = group % u.heads;
  let column = head * u.d;
  let at = row * u.D + column;
  let end = sequenceOf(row).end;
  for (var c = lane; c < u.d; c += ${LANES}u) { dk[at + c] = 0.0; dv[at + c] = 0.0; }
  for (var begin = row; begin < end; begin += ${LANES}u) {
    let i = begin + lane;
    var w = 0.0;
    var g = 0.0;
    if (i < end) {
      let fact = 2u * (i * u.heads + head);
      w = exp(score(i * u.D + column, at) - facts[fact]);
      g = u.scale * w * (pull(i * u.D + column, at) - facts[fact + 1u]);
    }
    weights[lane] = w;
    shelf[lane] = g;
    workgroupBarrier();
    let count = min(${LANES}u, end - begin);
    for (var c = lane; c < u.d; c += ${LANES}u) {
      var a = dk[at + c];
      var b = dv[at + c];
      for (var n = 0u; n < count; n++) {
        let p = (begin + n) * u.D + column + c;
        a += shelf[n] * q[p];
        b += weights[n] * dy[p];
      }
      dk[at + c] = a;
      dv[at + c] = b;
    }
    workgroupBarrier();
  }
}`,
};

type Inputs = Record<string, TensorInfo | undefined>;
function each(gpu: Gpu, program: Program, t: Inputs, heads: number): void {
  const [n, D] = t['q']!.shape as [number, number];
  launch(gpu, program, t, { S: t['start']!.shape[0]! - 1, D, d: D / heads, heads, scale: 1 / Math.sqrt(D / heads) }, n * heads);
}

registerGpuKernel('ColdwaveCausalAttention', (gpu, t, attrs) => {
  const out = make(gpu, t['q']!.shape);
  each(gpu, FORWARD, { ...t, out }, attrs['heads'] as number);
  return out;
});
/** Outputs dQ, dK, dV. */
registerGpuKernel('ColdwaveCausalAttentionGrad', (gpu, t, attrs) => {
  const [n, D] = t['q']!.shape as [number, number];
  if (n === 0) return [0, 1, 2].map(() => zeros(gpu, [0, D]));
  const heads = attrs['heads'] as number;
  const [dq, dk, dv] = [make(gpu, [n, D]), make(gpu, [n, D]), make(gpu, [n, D])];
  const facts = make(gpu, [n * heads, 2]);
  each(gpu, BACK_QUERY, { ...t, dq, facts }, heads);
  each(gpu, BACK_KEY, { ...t, dk, dv, facts }, heads);
  free(gpu, facts);
  return [dq, dk, dv];
});
