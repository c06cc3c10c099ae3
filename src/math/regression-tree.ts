/**
 * One regression tree (CART): every split is the one that reduces the squared error most, among all features tried and all thresholds.
 * Features are float32 and a threshold lies halfway between neighbouring values, x ≤ threshold goes left, as in scikit-learn.
 * Rows are sorted once per feature and kept sorted by stable partition, so a level of the tree costs rows × features.
 */
import type { Random } from '../core/random';

/** Nodes depth first, left before right; node 0 is the root. */
export interface Tree {
  /** −1 at a leaf. [nodes] */
  feature: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  /** Mean of the target at the node: what a leaf predicts. */
  mean: Float64Array;
  variance: Float64Array;
  /** Rows at the node, each as often as it was drawn. */
  count: Float64Array;
}
export interface TreeOptions {
  /** Splits on the way to a leaf at most; Infinity = no limit. */
  maxDepth: number;
  /** Rows a leaf needs. */
  minLeaf: number;
  /** Features looked at per split, drawn anew for each; those that do not vary at the node do not count. */
  tries: number;
}
/** Features by column: x[f][row]. */
export type Columns = readonly Float32Array[];

/** Values closer than this count as one. */
const SAME = 1e-7;
const PURE = 2 ** -52;

/** Rows of each feature in ascending order of value, then of row. */
export const sortedRows = (x: Columns): Int32Array[] =>
  x.map((column) => Int32Array.from(column.keys()).sort((a, b) => column[a]! - column[b]! || a - b));

interface Split { feature: number; threshold: number }
interface Waiting { from: number; to: number; depth: number; parent: number; right: boolean }

/**
 * @param sorted from sortedRows(x); not changed
 * @param weight how often each row was drawn; null = once each
 * @param random draws the order in which features are tried; without it they are tried as they stand, and all of them should be
 */
export function growTree(x: Columns, y: Float64Array, sorted: readonly Int32Array[], weight: Int32Array | null, options: TreeOptions, random?: Random): Tree {
  const F = x.length;
  const w = weight ?? new Int32Array(y.length).fill(1);
  const order = sorted.map((rows) => (weight ? rows.filter((r) => w[r]! > 0) : rows.slice()));
  const rows = order[0]?.length ?? 0;
  const goesLeft = new Uint8Array(y.length);
  const spare = new Int32Array(rows);
  const features = Int32Array.from({ length: F }, (_, f) => f);
  const nodes: Record<keyof Tree, number[]> = { feature: [], threshold: [], left: [], right: [], mean: [], variance: [], count: [] };

  const bestSplit = (from: number, to: number, W: number, S: number): Split | null => {
    let best = -Infinity;
    let found: Split | null = null;
    let tried = 0;
    for (let k = 0; k < F && tried < options.tries; k++) {
      // Also where all are tried: near the leaves many features split equally well, and the first one should not always win.
      if (random) {
        const j = k + random.int(F - k);
        [features[k], features[j]] = [features[j]!, features[k]!];
      }
      const f = features[k]!;
      const column = x[f]!;
      const ordered = order[f]!;
      let value = column[ordered[from]!]!;
      if (column[ordered[to - 1]!]! <= value + SAME) continue;
      tried++;
      let wl = 0;
      let sl = 0;
      for (let p = from; p < to - 1; p++) {
        const r = ordered[p]!;
        wl += w[r]!;
        sl += w[r]! * y[r]!;
        const next = column[ordered[p + 1]!]!;
        if (next > value + SAME && wl >= options.minLeaf && W - wl >= options.minLeaf) {
          const gain = (sl * sl) / wl + ((S - sl) * (S - sl)) / (W - wl);
          if (gain > best) {
            best = gain;
            const middle = value / 2 + next / 2;
            found = { feature: f, threshold: middle === next ? value : middle };
          }
        }
        value = next;
      }
    }
    return found;
  };

  /** Brings rows that go left to the front of every feature's stretch, keeping their order; returns how many. */
  const partition = (from: number, to: number, { feature: by, threshold: at }: Split): number => {
    const column = x[by]!;
    for (let p = from; p < to; p++) {
      const r = order[by]![p]!;
      goesLeft[r] = column[r]! <= at ? 1 : 0;
    }
    let size = 0;
    for (const ordered of order) {
      let l = from;
      let s = 0;
      for (let p = from; p < to; p++) {
        const r = ordered[p]!;
        if (goesLeft[r] === 1) ordered[l++] = r;
        else spare[s++] = r;
      }
      ordered.set(spare.subarray(0, s), l);
      size = l - from;
    }
    return size;
  };

  const waiting: Waiting[] = rows > 0 ? [{ from: 0, to: rows, depth: 0, parent: -1, right: false }] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { from, to, depth, parent } = node;
    let [W, S, Q] = [0, 0, 0];
    for (let p = from; p < to; p++) {
      const r = order[0]![p]!;
      W += w[r]!;
      S += w[r]! * y[r]!;
      Q += w[r]! * y[r]! * y[r]!;
    }
    const id = nodes.feature.length;
    if (parent >= 0) (node.right ? nodes.right : nodes.left)[parent] = id;
    const spread = Math.max(0, Q / W - (S / W) ** 2);
    const mayGrow = depth < options.maxDepth && to - from > 1 && W >= 2 * options.minLeaf && spread > PURE;
    const split = mayGrow ? bestSplit(from, to, W, S) : null;
    nodes.feature.push(split ? split.feature : -1);
    nodes.threshold.push(split ? split.threshold : 0);
    nodes.left.push(-1);
    nodes.right.push(-1);
    nodes.mean.push(S / W);
    nodes.variance.push(spread);
    nodes.count.push(W);
    if (!split) continue;
    const middle = from + partition(from, to, split);
    waiting.push({ from: middle, to, depth: depth + 1, parent: id, right: true });
    waiting.push({ from, to: middle, depth: depth + 1, parent: id, right: false });
  }
  return {
    feature: Int32Array.from(nodes.feature), threshold: Float64Array.from(nodes.threshold), left: Int32Array.from(nodes.left), right: Int32Array.from(nodes.right),
    mean: Float64Array.from(nodes.mean), variance: Float64Array.from(nodes.variance), count: Float64Array.from(nodes.count),
  };
}

/** Share of the tree's reduction of squared error that each feature's splits bring; sums to 1, or all 0 for a tree without splits. [features] */
export function impurityImportance(t: Tree, features: number): Float64Array {
  const out = new Float64Array(features);
  for (let n = 0; n < t.feature.length; n++) {
    if (t.feature[n]! < 0) continue;
    const [l, r] = [t.left[n]!, t.right[n]!];
    out[t.feature[n]!]! += t.count[n]! * t.variance[n]! - t.count[l]! * t.variance[l]! - t.count[r]! * t.variance[r]!;
  }
  const total = out.reduce((s, v) => s + v, 0);
  return total > 0 ? out.map((v) => v / total) : out;
}
