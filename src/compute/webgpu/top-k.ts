/**
 * The k largest of each row in one launch, under TensorFlow.js's own name: a group for each row takes the best of what is left k times. Its own
 * sorts in stages, a launch each, about half the square of log₂ k and log₂ n more of them. The same order as kernels/top-k.ts: largest first,
 * of equal values the one at the lower place, NaN last.
 */
import { getKernel, registerKernel, TopK, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { ownKernels } from '../kernel-switch';
import { launch, make, sizeOf, type Gpu, type Program } from './launch';

const LANES = 128;
/** Above, the rounds cost more than the launches they save. */
const MOST = 128;

const TOP: Program = {
  name: 'TopRows', writes: { values: 'f32', places: 'i32' }, reads: { x: 'f32' }, uniforms: { width: 'u32', k: 'u32' }, lanes: LANES,
  code: `
var<workgroup> keys: array<u32, ${LANES}>;
var<workgroup> spots: array<u32, ${LANES}>;
// Whole numbers in the order of the floats, +0 and −0 alike; NaN, which a shader need not honour in comparisons, is 0, below −∞.
fn keyOf(f: f32) -> u32 {
  let bits = bitcast<u32>(f);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0u; }
  if ((bits & 0x7fffffffu) == 0u) { return 0x80000000u; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}
fn run(group: u32, lane: u32) {
  let at = group * u.width;
  var lastKey = 0xffffffffu; // of what was taken before: the next one is below it, or equal and further right
  var lastSpot = 0u;
  for (var turn = 0u; turn < u.k; turn++) {
    var key = 0u;
    var spot = u.width;
    for (var c = lane; c < u.width; c += ${LANES}u) {
      let here = keyOf(x[at + c]);
      let left = turn == 0u || here < lastKey || (here == lastKey && c > lastSpot);
      if (left && (spot == u.width || here > key)) { key = here; spot = c; }
    }
    keys[lane] = key;
    spots[lane] = spot;
    workgroupBarrier();
    lastKey = keys[0];
    lastSpot = spots[0];
    for (var j = 1u; j < ${LANES}u; j++) {
      let other = spots[j];
      if (other < u.width && (lastSpot == u.width || keys[j] > lastKey || (keys[j] == lastKey && other < lastSpot))) { lastKey = keys[j]; lastSpot = other; }
    }
    if (lane == 0u) {
      values[group * u.k + turn] = x[at + lastSpot];
      places[group * u.k + turn] = i32(lastSpot);
    }
    workgroupBarrier();
  }
}`,
};

/** @returns values and places [..., k]; null for what is left to TensorFlow.js */
function topRows(gpu: Gpu, x: TensorInfo, k: number): [TensorInfo, TensorInfo] | null {
  const width = x.shape.at(-1) ?? 0;
  if (x.dtype !== 'float32' || k < 1 || k > Math.min(width, MOST) || sizeOf(x.shape) === 0) return null;
  const outer = x.shape.slice(0, -1);
  const [values, places] = [make(gpu, [...outer, k]), make(gpu, [...outer, k], 'int32')];
  launch(gpu, TOP, { values, places, x }, { width, k }, sizeOf(outer));
  return [values, places];
}

let done = false;
/** Call after the WebGPU backend's kernels are registered. Safe to call twice. */
export function replaceTopK(): void {
  const original = getKernel(TopK, 'webgpu');
  if (done || !original) return;
  done = true;
  unregisterKernel(TopK, 'webgpu');
  registerKernel({
    ...original,
    kernelFunc: (given) => (ownKernels() ? topRows(given.backend as Gpu, given.inputs['x'] as TensorInfo, Number(given.attrs?.['k'])) : null) ?? original.kernelFunc(given),
  });
}
