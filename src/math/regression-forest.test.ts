import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { createPredictor } from './forest-predictor';
import { contributions, errorsOf, forestImportance, growForest, joined, permutationImportance, predict } from './regression-forest';
import { growTree, impurityImportance, sortedRows, type Tree } from './regression-tree';

const columnsOf = (x: readonly (readonly number[])[]): Float32Array[] => x[0]!.map((_, f) => Float32Array.from(x, (row) => row[f]!));
const flat = (x: readonly (readonly number[])[]): Float32Array => Float32Array.from(x.flat());
const grow = (x: readonly (readonly number[])[], y: readonly number[], maxDepth: number, minLeaf: number, weight: Int32Array | null = null): Tree => {
  const columns = columnsOf(x);
  return growTree(columns, Float64Array.from(y), sortedRows(columns), weight, { maxDepth, minLeaf, tries: columns.length });
};
const sumOfSquares = (y: readonly number[]): number => {
  const mean = y.reduce((s, v) => s + v, 0) / y.length;
  return y.reduce((s, v) => s + (v - mean) ** 2, 0);
};

/** Mean of the leaf a row falls into when every possible split is tried by hand. */
function twin(x: readonly (readonly number[])[], y: readonly number[], depth: number, minLeaf: number): (row: readonly number[]) => number {
  const mean = y.reduce((s, v) => s + v, 0) / y.length;
  let best = { error: Infinity, f: -1, at: 0 };
  if (depth > 0) {
    x[0]!.forEach((_, f) => {
      const values = [...new Set(x.map((r) => r[f]!))].sort((a, b) => a - b);
      for (let k = 1; k < values.length; k++) {
        const at = (values[k - 1]! + values[k]!) / 2;
        const [l, r] = [y.filter((_v, n) => x[n]![f]! <= at), y.filter((_v, n) => x[n]![f]! > at)];
        if (l.length < minLeaf || r.length < minLeaf) continue;
        const error = sumOfSquares(l) + sumOfSquares(r);
        if (error < best.error - 1e-9) best = { error, f, at };
      }
    });
  }
  if (best.f < 0 || sumOfSquares(y) < 1e-12) return () => mean;
  const part = (side: boolean) => {
    const keep = y.map((_, n) => x[n]![best.f]! <= best.at === side);
    return twin(x.filter((_, n) => keep[n]), y.filter((_, n) => keep[n]), depth - 1, minLeaf);
  };
  const [l, r] = [part(true), part(false)];
  return (row) => (row[best.f]! <= best.at ? l(row) : r(row));
}

describe('a regression tree', () => {
  it('splits 1, 2 | 8, 9 at 5 and predicts the means of both sides', () => {
    const t = grow([[1], [2], [8], [9]], [0, 2, 10, 10], 1, 1);
    expect([t.feature[0], t.threshold[0], t.mean[1], t.mean[2], t.variance[1]]).toEqual([0, 5, 1, 10, 1]);
  });

  it('has the same squared error as trying every split by hand, whatever depth and leaf size', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(fc.property(fc.array(fc.tuple(row, fc.integer({ min: 0, max: 50 })), { minLength: 2, maxLength: 25 }), fc.integer({ min: 1, max: 4 }), (rows, minLeaf) => {
      const [x, y] = [rows.map((r) => r[0]), rows.map((r) => r[1])];
      const t = grow(x, y, 1, minLeaf);
      const p = new Float64Array(y.length);
      predict(joined([t], 2), flat(x), p);
      const byHand = x.map(twin(x, y, 1, minLeaf));
      const error = (q: ArrayLike<number>): number => y.reduce((s, v, n) => s + (v - q[n]!) ** 2, 0);
      expect(Math.abs(error(p) - error(byHand))).toBeLessThan(1e-6);
    }));
  });

  it('a row drawn twice counts like two equal rows', () => {
    const x = [[1], [2], [5], [7], [7.5]];
    const y = [1, 4, 2, 8, 6];
    const twice = grow([...x, x[2]!, x[3]!], [...y, y[2]!, y[3]!], 3, 2);
    const weighted = grow(x, y, 3, 2, Int32Array.of(1, 1, 2, 2, 1));
    expect(weighted).toEqual(twice);
  });
});

interface Small {
  inputs: { columns: string[]; x: number[][]; y: number[]; max_depth: number; min_samples_leaf: number };
  expected: {
    nodes: { id: number; n: number; mean: number; variance: number; feature?: string; threshold?: number; left?: number; right?: number }[];
    predictions: number[];
    impurity_importance: Record<string, number>;
    root_variance_reduction_by_feature: Record<string, number>;
  };
}
const FILE = '../shared/reference/tree.json';
describe.skipIf(!existsSync(FILE))('a regression tree against scikit-learn (tree.json; skipped where ../shared is absent)', () => {
  it('same nodes, thresholds to 1e-6, means, predictions and importances to 1e-9', () => {
    const { inputs, expected } = (JSON.parse(readFileSync(FILE, 'utf8')) as { small: Small }).small;
    const t = grow(inputs.x, inputs.y, inputs.max_depth, inputs.min_samples_leaf);
    expect(t.feature.length).toBe(expected.nodes.length);
    for (const node of expected.nodes) {
      const k = node.id;
      expect([t.count[k], inputs.columns[t.feature[k]!], t.left[k], t.right[k]]).toEqual([node.n, node.feature, node.left ?? -1, node.right ?? -1]);
      if (node.threshold !== undefined) expect(Math.abs(t.threshold[k]! / node.threshold - 1)).toBeLessThan(1e-6);
      expect(Math.abs(t.mean[k]! - node.mean)).toBeLessThan(1e-9);
      expect(Math.abs(t.variance[k]! - node.variance)).toBeLessThan(2e-9);
    }
    const p = new Float64Array(inputs.y.length);
    predict(joined([t], 4), flat(inputs.x), p);
    p.forEach((v, n) => expect(Math.abs(v - expected.predictions[n]!)).toBeLessThan(1e-9));
    impurityImportance(t, 4).forEach((v, f) => expect(Math.abs(v - expected.impurity_importance[inputs.columns[f]!]!)).toBeLessThan(1e-9));
    inputs.columns.forEach((name, f) => {
      const alone = grow(inputs.x.map((r) => [r[f]!]), inputs.y, 1, inputs.min_samples_leaf);
      const reduction = alone.variance[0]! - (alone.count[1]! * alone.variance[1]! + alone.count[2]! * alone.variance[2]!) / alone.count[0]!;
      expect(Math.abs(reduction - expected.root_variance_reduction_by_feature[name]!)).toBeLessThan(1e-9);
    });
  });
});

describe('a forest', () => {
  // y = 10·[a > 5] + noise; b is noise.
  const random = createRandom(1, 'rows');
  const x = Array.from({ length: 200 }, () => [10 * random.next(), random.next()]);
  const y = Float64Array.from(x, (r) => (r[0]! > 5 ? 10 : 0) + random.next());
  const options = { trees: 20, maxDepth: 6, minLeaf: 3, tries: 1 };

  it('finds the feature that matters by impurity and by permutation, and explains a row by it', async () => {
    const forest = await growForest(columnsOf(x), y, options, createRandom(2));
    const [a, b] = forestImportance(forest);
    expect(a! + b!).toBeCloseTo(1, 9);
    expect(a!).toBeGreaterThan(0.7);
    const [pa, pb] = await permutationImportance(forest, flat(x), y, 2, createRandom(3));
    expect(pa!).toBeGreaterThan(20 * Math.abs(pb!));
    const { rmse, r } = errorsOf(forest, flat(x), y);
    expect(rmse).toBeLessThan(1.5);
    expect(r).toBeGreaterThan(0.97);
    const row = Float32Array.of(9, 0.5);
    const p = new Float64Array(1);
    predict(forest, row, p);
    const roots = forest.roots.reduce((s, n) => s + forest.mean[n]! / forest.roots.length, 0);
    const moved = contributions(forest, row);
    expect(moved[0]! + moved[1]!).toBeCloseTo(p[0]! - roots, 9);
    expect(moved[0]!).toBeGreaterThan(3);
  });

  it('the fast predictor equals the plain one bit for bit, on thresholds too', async () => {
    const forest = await growForest(columnsOf(x), y, options, createRandom(2));
    const onThresholds = [...forest.threshold].map((t) => [Math.fround(t), 0.5]);
    const rows = flat([...x, ...onThresholds, [-1e9, 1e9]]);
    const [slow, fast] = [new Float64Array(rows.length / 2), new Float64Array(rows.length / 2)];
    predict(forest, rows, slow);
    const quick = createPredictor(forest);
    quick(rows, fast);
    expect(fast).toEqual(slow);
    const one = new Float64Array(1);
    quick(rows.subarray(6, 8), one);
    expect(one[0]).toBe(slow[3]);
  });

  it('one seed gives one forest, another seed another', async () => {
    const [a, b, c] = await Promise.all([4, 4, 5].map((seed) => growForest(columnsOf(x), y, options, createRandom(seed))));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});
