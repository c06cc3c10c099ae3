/**
 * Predicts as predict() does, bit for bit, faster for many rows. Every value is first replaced by how many of the forest's thresholds on
 * that feature lie below it; a question then compares whole numbers, and going right is arithmetic instead of a branch that the
 * processor guesses wrong half of the time. Four rows walk down a tree side by side, since each step of one has to wait for memory.
 */
import type { Forest } from './regression-forest';

/** Numbers per node: feature, place of its threshold, left child, right child less left child. A leaf's children are the leaf. */
const STRIDE = 4;

/** The function returned fills out[r] for each row of x. x: [rows, features] row-major; out: [rows] */
export function createPredictor(forest: Forest): (x: Float32Array, out: Float64Array) => void {
  const { features, feature, threshold, left, right, mean, roots } = forest;
  const thresholds = Array.from({ length: features }, (_, f) => Float64Array.from(new Set(threshold.filter((_t, n) => feature[n] === f))).sort());
  const places = thresholds.map((list) => new Map(Array.from(list, (t, k) => [t, k])));
  const nodes = new Int32Array(STRIDE * feature.length);
  for (let n = 0; n < feature.length; n++) {
    const f = feature[n]!;
    nodes.set(f < 0 ? [0, 0, n * STRIDE, 0] : [f, places[f]!.get(threshold[n]!)!, left[n]! * STRIDE, (right[n]! - left[n]!) * STRIDE], n * STRIDE);
  }
  const depths = Array.from(roots, (root) => depthOf(forest, root));
  let below = new Int32Array(0); // [rows, features]
  return (x, out) => {
    if (below.length < x.length) below = new Int32Array(x.length);
    for (let k = 0, f = 0; k < x.length; k++) {
      below[k] = countBelow(thresholds[f]!, x[k]!);
      if (++f === features) f = 0;
    }
    out.fill(0);
    const rows = out.length;
    roots.forEach((root, t) => {
      const depth = depths[t]!;
      let r = 0;
      for (; r + 3 < rows; r += 4) {
        const row = r * features;
        let [a, b, c, d] = [root * STRIDE, root * STRIDE, root * STRIDE, root * STRIDE];
        for (let s = 0; s < depth; s++) {
          // x > t_k exactly where more than k thresholds lie below x; the sign bits of k − below say so.
          a = nodes[a + 2]! + (((nodes[a + 1]! - below[row + nodes[a]!]!) >> 31) & nodes[a + 3]!);
          b = nodes[b + 2]! + (((nodes[b + 1]! - below[row + features + nodes[b]!]!) >> 31) & nodes[b + 3]!);
          c = nodes[c + 2]! + (((nodes[c + 1]! - below[row + 2 * features + nodes[c]!]!) >> 31) & nodes[c + 3]!);
          d = nodes[d + 2]! + (((nodes[d + 1]! - below[row + 3 * features + nodes[d]!]!) >> 31) & nodes[d + 3]!);
        }
        out[r] = out[r]! + mean[a / STRIDE]!;
        out[r + 1] = out[r + 1]! + mean[b / STRIDE]!;
        out[r + 2] = out[r + 2]! + mean[c / STRIDE]!;
        out[r + 3] = out[r + 3]! + mean[d / STRIDE]!;
      }
      for (; r < rows; r++) {
        let n = root * STRIDE;
        for (let s = 0; s < depth; s++) n = nodes[n + 2]! + (((nodes[n + 1]! - below[r * features + nodes[n]!]!) >> 31) & nodes[n + 3]!);
        out[r] = out[r]! + mean[n / STRIDE]!;
      }
    });
    for (let r = 0; r < out.length; r++) out[r]! /= roots.length;
  };
}

function depthOf(forest: Forest, node: number): number {
  return forest.feature[node]! < 0 ? 0 : 1 + Math.max(depthOf(forest, forest.left[node]!), depthOf(forest, forest.right[node]!));
}

/** How many of the ascending values are smaller than v. */
function countBelow(ascending: Float64Array, v: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! < v) from = middle + 1;
    else to = middle;
  }
  return from;
}
