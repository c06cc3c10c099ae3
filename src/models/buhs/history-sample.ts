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
 * @param target item to be predicted, −1 for none
 */
export function sampleHistory(history: Int32Array, degree: Int32Array, H: number, T: number, target: number, random: Random): Int32Array {
  const items = target < 0 ? history : history.filter((i) => i !== target);
  if (items.length === 0) return new Int32Array(H).fill(-1);
  const shares = biasedShares(Array.from(items, (i) => degree[i]!), T);
  const replace = items.length < H;
  const places: number[] = [];
  let left = 1;
  for (let n = 0; n < H; n++) {
    let x = random.next() * left;
    let k = 0;
    let last = -1;
    for (; k < items.length; k++) {
      if (shares[k] === 0) continue;
      last = k;
      x -= shares[k]!;
      if (x < 0) break;
    }
    // Round-off, or shares that underflowed: take the last that can be drawn, or simply the next one.
    const at = k < items.length ? k : last >= 0 ? last : items.findIndex((_, j) => !places.includes(j));
    places.push(at);
    if (!replace) {
      left -= shares[at]!;
      shares[at] = 0;
      if (left <= 1e-12) left = shares.reduce((s, v) => s + v, 0);
    }
  }
  return Int32Array.from(places.sort((a, b) => a - b), (k) => items[k]!);
}
