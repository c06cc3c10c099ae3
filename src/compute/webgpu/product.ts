/**
 * A matrix product of our own, for where TensorFlow.js's will not do: parts of tensors, sums onto what is there, and inner dimensions of any
 * length added up in one fixed order (its own product splits long ones and joins the parts with atomics).
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { launch, type Gpu, type Program } from './launch';

/** A group makes a square of this side, each of its 8 × 8 lanes 4 × 4 numbers of it; STEP of the inner dimension at once. */
const [TILE, STEP, LANES] = [32, 16, 64];
const WIDE = TILE + 1; // rows of the shelves, so that lanes that write below one another do not meet in one bank

const PRODUCT: Program = {
  name: 'Product', writes: { out: 'f32' }, reads: { a: 'f32', b: 'f32' }, lanes: LANES,
  uniforms: { m: 'u32', n: 'u32', k: 'u32', aAt: 'u32', aRow: 'u32', aColumn: 'u32', bAt: 'u32', bRow: 'u32', bColumn: 'u32', outAt: 'u32', onTop: 'u32' },
  code: `
var<workgroup> left: array<f32, ${STEP * WIDE}>;
var<workgroup> right: array<f32, ${STEP * WIDE}>;
// Lanes side by side read numbers side by side, whichever way the matrix lies.
fn spot(e: u32, inner: bool) -> vec2<u32> { // (place in the tile, place in the step)
  return select(vec2(e % ${TILE}u, e / ${TILE}u), vec2(e / ${STEP}u, e % ${STEP}u), inner);
}
fn run(group: u32, lane: u32) {
  let across = (u.n + ${TILE - 1}u) / ${TILE}u;
  let top = (group / across) * ${TILE}u;
  let first = (group % across) * ${TILE}u;
  let i = (lane / 8u) * 4u;
  let j = (lane % 8u) * 4u;
  var sums: array<vec4<f32>, 4>;
  for (var begin = 0u; begin < u.k; begin += ${STEP}u) {
    for (var e = lane; e < ${STEP * TILE}u; e += ${LANES}u) {
      let p = spot(e, u.aColumn == 1u);
      var x = 0.0;
      if (top + p.x < u.m && begin + p.y < u.k) { x = a[u.aAt + (top + p.x) * u.aRow + (begin + p.y) * u.aColumn]; }
      left[p.y * ${WIDE}u + p.x] = x;
      let q = spot(e, u.bRow == 1u);
      var y = 0.0;
      if (first + q.x < u.n && begin + q.y < u.k) { y = b[u.bAt + (begin + q.y) * u.bRow + (first + q.x) * u.bColumn]; }
      right[q.y * ${WIDE}u + q.x] = y;
    }
    workgroupBarrier();
    for (var p = 0u; p < ${STEP}u; p++) {
      let y = p * ${WIDE}u + j;
      let row = vec4(right[y], right[y + 1u], right[y + 2u], right[y + 3u]);
      for (var r = 0u; r < 4u; r++) { sums[r] += left[p * ${WIDE}u + i + r] * row; }
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    for (var c = 0u; c < 4u; c++) {
      if (top + i + r < u.m && first + j + c < u.n) {
        let at = u.outAt + (top + i + r) * u.n + first + j + c;
        if (u.onTop == 1u) { out[at] += sums[r][c]; } else { out[at] = sums[r][c]; }
      }
    }
  }
}`,
};

/** Element (i, j) is t[at + i · row + j · column]. */
export interface Part {
  t: TensorInfo;
  at?: number;
  row: number;
  column: number;
}
/** out[at …] = A [m, k] · B [k, n], row by row without gaps, or that added to what is there. None of m, n, k is 0. */
export function orderedProduct(gpu: Gpu, a: Part, b: Part, out: { t: TensorInfo; at?: number; onTop?: boolean }, m: number, n: number, k: number): void {
  launch(gpu, PRODUCT, { a: a.t, b: b.t, out: out.t }, {
    m, n, k, aAt: a.at ?? 0, aRow: a.row, aColumn: a.column, bAt: b.at ?? 0, bRow: b.row, bColumn: b.column, outAt: out.at ?? 0, onTop: Number(out.onTop ?? false),
  }, Math.ceil(m / TILE) * Math.ceil(n / TILE));
}
