/**
 * Sums by index without atomics: positions are sorted by the row they point to (a counting sort, so positions of one row stay in order), and
 * every row of the result adds its own up. The same bits every time, where atomics add in whatever order the threads arrive.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { free, integersOf, launch, launchEach, make, eachElement, sizeOf, type Gpu, type Program } from './launch';

interface Sorted {
  start: Int32Array; // [rows + 1]
  order: Int32Array; // positions by row; at least one element, as nothing empty can be bound
}
/** Positions k with index[k] = r are order[start[r] … start[r + 1]], ascending; those that point outside are left out. */
export function sortByRow(index: Int32Array, rows: number): Sorted {
  const start = new Int32Array(rows + 1);
  for (const r of index) if (r >= 0 && r < rows) start[r + 1]! += 1;
  for (let r = 0; r < rows; r++) start[r + 1]! += start[r]!;
  const next = start.slice(0, rows);
  const order = new Int32Array(Math.max(1, start[rows]!));
  index.forEach((r, k) => {
    if (r >= 0 && r < rows) order[next[r]!++] = k;
  });
  return { start, order };
}

/** The same index is sorted once, also when it serves two sums of a backward pass. */
const sorted = new WeakMap<object, Map<number, Sorted>>();

export interface Segments {
  start: TensorInfo;
  order: TensorInfo;
}
/** @param index int32 [K], K > 0. The caller frees both tensors. */
export function segmentsOf(gpu: Gpu, index: TensorInfo, rows: number): Segments {
  const values = integersOf(gpu, index);
  if (!values) return sortOnGpu(gpu, index, rows);
  let byRows = sorted.get(index.dataId);
  if (!byRows) sorted.set(index.dataId, (byRows = new Map()));
  let s = byRows.get(rows);
  if (!s) byRows.set(rows, (s = sortByRow(values, rows)));
  return { start: gpu.makeTensorInfo([rows + 1], 'int32', s.start), order: gpu.makeTensorInfo([s.order.length], 'int32', s.order) };
}

/** An index that was computed on the GPU: rows count theirs, one thread adds the counts up, rows note theirs. R · K reads, but no wait. */
const COUNT = eachElement({
  name: 'CountRows', writes: { start: 'i32' }, reads: { index: 'i32' }, uniforms: { K: 'u32' },
  code: `
fn element(r: u32) {
  var c = 0;
  for (var k = 0u; k < u.K; k++) { if (index[k] == i32(r)) { c++; } }
  start[r + 1u] = c;
}`,
});
const RUNNING: Program = {
  name: 'RunningSum', writes: { start: 'i32' }, reads: {}, uniforms: { rows: 'u32' }, lanes: 1,
  code: `
fn run(group: u32, lane: u32) {
  start[0] = 0;
  for (var r = 0u; r < u.rows; r++) { start[r + 1u] += start[r]; }
}`,
};
const PLACE = eachElement({
  name: 'PlaceRows', writes: { order: 'i32' }, reads: { index: 'i32', start: 'i32' }, uniforms: { K: 'u32' },
  code: `
fn element(r: u32) {
  var at = start[r];
  for (var k = 0u; k < u.K; k++) { if (index[k] == i32(r)) { order[at] = i32(k); at++; } }
}`,
});
function sortOnGpu(gpu: Gpu, index: TensorInfo, rows: number): Segments {
  const K = sizeOf(index.shape);
  const start = make(gpu, [rows + 1], 'int32');
  const order = make(gpu, [K], 'int32');
  launchEach(gpu, COUNT, { start, index }, rows, { K });
  launch(gpu, RUNNING, { start }, { rows }, 1);
  launchEach(gpu, PLACE, { order, index, start }, rows, { K });
  return { start, order };
}

/** A program whose element (r, c) of out [rows, D] is the sum of `term` over the positions `p` of row r. */
const sumOf = (name: string, reads: Program['reads'], term: string): Program =>
  eachElement({
    name, writes: { out: 'f32' }, reads: { start: 'i32', order: 'i32', ...reads }, uniforms: { D: 'u32' },
    code: `
fn element(k: u32) {
  let r = k / u.D;
  let c = k % u.D;
  var s = 0.0;
  for (var j = start[r]; j < start[r + 1u]; j++) {
    let p = u32(order[j]);
    s += ${term};
  }
  out[k] = s;
}`,
  });
const SUM_ROWS = sumOf('SumRows', { x: 'f32' }, 'x[p * u.D + c]');
const SUM_SCALED = sumOf('SumScaledRows', { by: 'f32', x: 'f32', other: 'i32' }, 'by[p] * x[u32(other[p]) * u.D + c]');

/** out[r] = Σ x[p] over the p with index[p] = r. @param x [K, D]  @returns [rows, D] */
export function sumByRow(gpu: Gpu, x: TensorInfo, index: TensorInfo, rows: number): TensorInfo {
  const D = x.shape[1]!;
  return sum(gpu, SUM_ROWS, { x }, index, rows, D);
}
/** out[r] = Σ by[p] · x[other[p]] over the p with index[p] = r. @param by [K]  @param x [n, D]  @param other int32 [K]  @returns [rows, D] */
export function sumScaledByRow(gpu: Gpu, by: TensorInfo, x: TensorInfo, other: TensorInfo, index: TensorInfo, rows: number): TensorInfo {
  return sum(gpu, SUM_SCALED, { by, x, other }, index, rows, x.shape[1]!);
}
function sum(gpu: Gpu, program: Program, tensors: Record<string, TensorInfo>, index: TensorInfo, rows: number, D: number): TensorInfo {
  const out = make(gpu, [rows, D]);
  if (rows * D === 0) return out;
  const { start, order } = segmentsOf(gpu, index, rows);
  launchEach(gpu, program, { ...tensors, out, start, order }, rows * D, { D });
  free(gpu, start, order);
  return out;
}
