/**
 * Biased sampling of a user's history: p_i ∝ exp((1/degree_i − max_j 1/degree_j)/T), so that rarely played items come first when T is small.
 * The item to be predicted is left out before anything is drawn.
 */
import type { TrainData } from '../../core/model';
import type { Random } from '../../core/random';

/** @param degrees train interactions of each item  @returns probabilities */
export function biasedShares(degrees: ArrayLike<number>, T: number): Float64Array {
  const inverse = Float64Array.from(degrees, (d) => 1 / Math.max(d, 1));
  const top = inverse.reduce((m, x) => Math.max(m, x), -Infinity);
  const e = inverse.map((x) => Math.exp((x - top) / T));
  const sum = e.reduce((s, x) => s + x, 0);
  return e.map((x) => x / sum);
}

/** Distinct items of each user in the order of their first play. */
export function histories(train: Pick<TrainData, 'U' | 'userStart' | 'item'>): Int32Array[] {
  return Array.from({ length: train.U }, (_, u) => Int32Array.from(new Set(train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!))));
}

/**
 * Draws H items, one after another without replacement where the history has that many, else with; in the order of the history, as a recurrent
 * network reads it. A history that holds nothing but `target` gives H times −1.
 * @param weights shares of the whole history by `biasedShares`; leaving the target out only rescales the others
 * @param target item to be predicted, −1 for none
 * @param out filled, [H]
 */
export function drawHistory(history: Int32Array, weights: Float64Array, degree: Int32Array, T: number, target: number, random: Random, out: Int32Array): void {
  const H = out.length;
  const skip = target < 0 ? -1 : history.indexOf(target);
  const n = history.length - (skip < 0 ? 0 : 1);
  if (n === 0) {
    out.fill(-1);
    return;
  }
  const w = room(history.length);
  let left = 0;
  for (let k = 0; k < history.length; k++) left += w[k] = k === skip ? 0 : weights[k]!;
  const rescale = (): void => {
    // What is left is so unlikely beside what is gone that its shares have vanished: take them anew among themselves.
    const open = [...history.keys()].filter((k) => k !== skip && !taken.includes(k));
    const shares = biasedShares(open.map((k) => degree[history[k]!]!), T);
    w.fill(0, 0, history.length);
    open.forEach((k, j) => (w[k] = shares[j]!));
    left = 1;
  };
  const taken: number[] = [];
  for (let d = 0; d < H; d++) {
    if (left < 1e-9) rescale();
    let x = random.next() * left;
    let at = -1;
    for (let k = 0; k < history.length; k++) {
      if (w[k] === 0) continue;
      at = k;
      x -= w[k]!;
      if (x < 0) break;
    }
    taken.push(at);
    if (n >= H) {
      left -= w[at]!;
      w[at] = 0;
    }
  }
  taken.sort((a, b) => a - b).forEach((k, d) => (out[d] = history[k]!));
}

let scratch = new Float64Array(0);
/** Scratch for the weights of one history. */
function room(n: number): Float64Array {
  if (scratch.length < n) scratch = new Float64Array(2 * n);
  return scratch;
}

/** The same for one history by itself. */
export function sampleHistory(history: Int32Array, degree: Int32Array, H: number, T: number, target: number, random: Random): Int32Array {
  const out = new Int32Array(H);
  drawHistory(history, biasedShares(Array.from(history, (i) => degree[i]!), T), degree, T, target, random, out);
  return out;
}
