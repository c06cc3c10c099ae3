/** A forest: trees grown on bootstrap draws of the rows, their mean as prediction. Trees lie end to end in one set of arrays. */
import type { Random } from '../core/random';
import type { Step } from '../core/phases';
import { growTree, impurityImportance, sortedRows, type Columns, type Tree, type TreeOptions } from './regression-tree';

/** As Tree, children counted from the start of the forest. */
export interface Forest extends Tree {
  /** First node of each tree. [trees] */
  roots: Int32Array;
  features: number;
}
export interface ForestOptions extends TreeOptions {
  trees: number;
}

/** Rows drawn with replacement: how often each one came. */
function bootstrap(rows: number, random: Random): Int32Array {
  const times = new Int32Array(rows);
  for (let n = 0; n < rows; n++) times[random.int(rows)]!++;
  return times;
}

/** @param step awaited after each tree */
export async function growForest(x: Columns, y: Float64Array, { trees, ...options }: ForestOptions, random: Random, step: Step = () => undefined): Promise<Forest> {
  const sorted = sortedRows(x);
  const grown: Tree[] = [];
  for (let t = 0; t < trees; t++) {
    const draw = random.stream(`tree ${t}`);
    grown.push(growTree(x, y, sorted, bootstrap(y.length, draw), options, draw));
    const wait = step(t + 1);
    if (wait) await wait;
  }
  return joined(grown, x.length);
}

/** Trees end to end. @param features columns the trees were grown on */
export function joined(trees: readonly Tree[], features: number): Forest {
  const nodes = trees.reduce((n, t) => n + t.feature.length, 0);
  const f: Forest = {
    roots: new Int32Array(trees.length), features,
    feature: new Int32Array(nodes), left: new Int32Array(nodes), right: new Int32Array(nodes),
    threshold: new Float64Array(nodes), mean: new Float64Array(nodes), variance: new Float64Array(nodes), count: new Float64Array(nodes),
  };
  let at = 0;
  trees.forEach((t, k) => {
    f.roots[k] = at;
    const from = at;
    for (const name of ['feature', 'threshold', 'mean', 'variance', 'count'] as const) f[name].set(t[name], from);
    for (const name of ['left', 'right'] as const) f[name].set(t[name].map((n) => (n < 0 ? -1 : n + from)), from);
    at += t.feature.length;
  });
  return f;
}

/** out[r] = mean over trees for row r of x. x: [rows, features] row-major; out: [rows] */
export function predict({ roots, features, feature, threshold, left, right, mean }: Forest, x: Float32Array, out: Float64Array): void {
  out.fill(0);
  // Tree by tree: its nodes stay in the fastest memory while all rows pass.
  for (const root of roots) {
    for (let r = 0, row = 0; r < out.length; r++, row += features) {
      let n = root;
      for (let f = feature[n]!; f >= 0; f = feature[n]!) n = x[row + f]! <= threshold[n]! ? left[n]! : right[n]!;
      out[r]! += mean[n]!;
    }
  }
  for (let r = 0; r < out.length; r++) out[r]! /= roots.length;
}

/** How much the splits on each feature moved one prediction away from the overall mean, averaged over trees. row: [features] */
export function contributions(forest: Forest, row: Float32Array): Float64Array {
  const out = new Float64Array(forest.features);
  for (const root of forest.roots) {
    for (let n = root, f = forest.feature[n]!; f >= 0; f = forest.feature[n]!) {
      const next = row[f]! <= forest.threshold[n]! ? forest.left[n]! : forest.right[n]!;
      out[f]! += (forest.mean[next]! - forest.mean[n]!) / forest.roots.length;
      n = next;
    }
  }
  return out;
}

/** Mean over trees of each tree's shares. [features] */
export function forestImportance(forest: Forest): Float64Array {
  const out = new Float64Array(forest.features);
  forest.roots.forEach((from, t) => {
    const to = forest.roots[t + 1] ?? forest.feature.length;
    const inTree = (a: Int32Array): Int32Array => a.slice(from, to).map((n) => n - from);
    const tree: Tree = {
      feature: forest.feature.slice(from, to), left: inTree(forest.left), right: inTree(forest.right), threshold: forest.threshold,
      mean: forest.mean, variance: forest.variance.slice(from, to), count: forest.count.slice(from, to),
    };
    impurityImportance(tree, forest.features).forEach((v, f) => {
      out[f]! += v / forest.roots.length;
    });
  });
  return out;
}

export interface Errors { rmse: number; mae: number; r: number }

/** x: [rows, features] row-major */
export function errorsOf(forest: Forest, x: Float32Array, y: Float64Array): Errors {
  const p = new Float64Array(y.length);
  predict(forest, x, p);
  const n = y.length;
  const [mp, my] = [p, y].map((a) => a.reduce((s, v) => s + v, 0) / n) as [number, number];
  let [squares, absolute, pp, yy, py] = [0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    squares += (p[k]! - y[k]!) ** 2;
    absolute += Math.abs(p[k]! - y[k]!);
    pp += (p[k]! - mp) ** 2;
    yy += (y[k]! - my) ** 2;
    py += (p[k]! - mp) * (y[k]! - my);
  }
  return { rmse: Math.sqrt(squares / n), mae: absolute / n, r: pp * yy > 0 ? py / Math.sqrt(pp * yy) : 0 };
}

/** Rise of RMSE when one column is shuffled, mean over `times` shuffles. x: [rows, features] row-major, left as it was. [features] */
export async function permutationImportance(forest: Forest, x: Float32Array, y: Float64Array, times: number, random: Random, step: Step = () => undefined): Promise<Float64Array> {
  const { features } = forest;
  const before = errorsOf(forest, x, y).rmse;
  const out = new Float64Array(features);
  const shuffled = x.slice();
  for (let f = 0; f < features; f++) {
    for (let t = 0; t < times; t++) {
      const order = random.shuffle(Int32Array.from(y.keys()));
      order.forEach((from, r) => {
        shuffled[r * features + f] = x[from * features + f]!;
      });
      out[f]! += (errorsOf(forest, shuffled, y).rmse - before) / times;
    }
    for (let r = 0; r < y.length; r++) shuffled[r * features + f] = x[r * features + f]!;
    const wait = step(f + 1);
    if (wait) await wait;
  }
  return out;
}
