/**
 * Column sums without atomics: groups walk runs of rows and leave a share each, a second launch adds the shares up in their order. Which rows make
 * a share depends on their number alone, so every run gives the same bits.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { eachElement, free, launch, launchEach, make, type Gpu, type Program } from './launch';

/** At most: what the second launch adds up one after the other. */
const SHARES = 256;
const LANES = 64;

/** @param n rows, more than 0 */
export function sharesOf(n: number): { run: number; shares: number } {
  const run = Math.ceil(n / SHARES);
  return { run, shares: Math.ceil(n / run) };
}

/** `columns` outputs of D numbers, and a single number if `last`. */
const foldOf = (columns: number, last: boolean): Program => {
  const names = Array.from({ length: columns }, (_, k) => `column${k}`);
  return {
    name: 'Fold',
    writes: Object.fromEntries([...names, ...(last ? ['last'] : [])].map((o) => [o, 'f32' as const])),
    reads: { share: 'f32' },
    uniforms: { D: 'u32', shares: 'u32' },
    lanes: LANES,
    code: `
fn run(group: u32, lane: u32) {
  let width = ${columns}u * u.D${last ? ' + 1u' : ''};
  let k = group * ${LANES}u + lane;
  if (k >= width) { return; }
  var s = 0.0;
  for (var j = 0u; j < u.shares; j++) { s += share[j * width + k]; }
  ${names.map((o, j) => `if (k >= ${j}u * u.D && k < ${j + 1}u * u.D) { ${o}[k - ${j}u * u.D] = s; }`).join('\n  ')}
  ${last ? 'if (k == width - 1u) { last[0] = s; }' : ''}
}`,
  };
};
const programs = new Map<string, Program>();

/** @param share [shares, columns · D (+ 1)], left to the caller  @returns the sums, [D] each, and [1] */
export function fold(gpu: Gpu, share: TensorInfo, D: number, columns: number, last = false): { columns: TensorInfo[]; last: TensorInfo | null } {
  const key = `${columns} ${last}`;
  let program = programs.get(key);
  if (!program) programs.set(key, (program = foldOf(columns, last)));
  const out = Array.from({ length: columns }, () => make(gpu, [D]));
  const single = last ? make(gpu, [1]) : null;
  const [shares, width] = share.shape as [number, number];
  launch(gpu, program, { ...Object.fromEntries(out.map((t, k) => [`column${k}`, t])), ...(single ? { last: single } : {}), share }, { D, shares }, Math.ceil(width / LANES));
  return { columns: out, last: single };
}

const PART = eachElement({
  name: 'ColumnSumsPart', writes: { share: 'f32' }, reads: { x: 'f32' }, uniforms: { D: 'u32', rows: 'u32', run: 'u32' },
  code: `
fn element(k: u32) {
  let group = k / u.D;
  let c = k % u.D;
  var s = 0.0;
  for (var r = group * u.run; r < min(u.rows, (group + 1u) * u.run); r++) { s += x[r * u.D + c]; }
  share[k] = s;
}`,
});
/** Σ over the rows. @param x [n, D], n > 0  @returns [D] */
export function columnSums(gpu: Gpu, x: TensorInfo): TensorInfo {
  const [n, D] = x.shape as [number, number];
  const { run, shares } = sharesOf(n);
  if (run === 1) return fold(gpu, x, D, 1).columns[0]!; // every row is a share
  const share = make(gpu, [shares, D]);
  launchEach(gpu, PART, { share, x }, shares * D, { D, rows: n, run });
  const out = fold(gpu, share, D, 1).columns[0]!;
  free(gpu, share);
  return out;
}
