/** Pieces of WGSL that several programs share. */

/**
 * Φ and φ of the standard normal. Φ through erf by Abramowitz & Stegun 7.1.26 (absolute error of erf 1.5e-7); the lower tail is computed as
 * itself and not as a difference from 1.
 */
export const NORMAL = `
fn lowerTail(x: f32) -> f32 { // Φ(−|x|)
  let t = 1.0 / (1.0 + 0.3275911 * 0.70710678 * abs(x));
  let p = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * p * exp(-0.5 * x * x);
}
fn normalCdf(x: f32) -> f32 {
  let tail = lowerTail(x);
  return select(tail, 1.0 - tail, x > 0.0);
}
fn normalPdf(x: f32) -> f32 { return 0.39894228 * exp(-0.5 * x * x); }
`;

/**
 * Sums (and the largest) over the lanes of a group, the same in every lane; always in the same order, so every run gives the same bits. Each lane
 * reads what all have written: two barriers, where a tree of halves has one for every level.
 */
export const reductions = (lanes: number): string => `
var<workgroup> shelf: array<f32, ${lanes}>;
fn total(lane: u32, x: f32) -> f32 {
  shelf[lane] = x;
  workgroupBarrier();
  var sum = 0.0;
  for (var k = 0u; k < ${lanes}u; k++) { sum += shelf[k]; }
  workgroupBarrier();
  return sum;
}
fn largest(lane: u32, x: f32) -> f32 {
  shelf[lane] = x;
  workgroupBarrier();
  var top = shelf[0];
  for (var k = 1u; k < ${lanes}u; k++) { top = max(top, shelf[k]); }
  workgroupBarrier();
  return top;
}
`;
