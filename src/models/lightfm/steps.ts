/**
 * Single training steps. Score s(u, i) = p·q + b_u + b_i with p = Σ weight · embedding over u's features, q likewise for i.
 * All gradients use the representations from before the example; parameters are then changed one after another
 * (the played item, the rival, the user), so a feature that both items share moves twice.
 */
import type { Csr } from '../../math/csr';
import { represent, type SideWeights } from './weights';

export interface Model {
  d: number;
  userRows: Csr;
  itemRows: Csr;
  users: SideWeights;
  items: SideWeights;
}
export interface StepSize {
  learningRate: number;
  /** False: the same step for every parameter, and user biases (on which no ranking depends) stay 0. */
  adagrad: boolean;
  regularisation: number;
}
/** WARP weights stop here, for numerical stability. */
const LARGEST_WARP = 10;

/** w(tries) = min(10, ln max(1, ⌊(I − 1) / tries⌋)): an item found wrongly ranked at once stands for many. */
export const warpWeight = (I: number, tries: number): number => Math.min(LARGEST_WARP, Math.log(Math.max(1, Math.floor((I - 1) / tries))));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** −ln σ(x) without overflow. */
export const softplusOfMinus = (x: number): number => Math.max(0, -x) + Math.log1p(Math.exp(-Math.abs(x)));

export class Stepper {
  readonly #m: Model;
  readonly #o: StepSize;
  readonly #p: Float64Array;
  readonly #q: Float64Array;
  readonly #n: Float64Array;
  readonly #g: Float64Array;

  constructor(model: Model, options: StepSize) {
    this.#m = model;
    this.#o = options;
    [this.#p, this.#q, this.#n, this.#g] = Array.from({ length: 4 }, () => new Float64Array(model.d)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  }

  /** Scores u and its played item i; `rival`, `pair` and `logistic` refer to them until the next call. */
  meet(u: number, i: number): number {
    const { d, userRows, itemRows, users, items } = this.#m;
    this.#userBias = represent(userRows, u, users, d, this.#p);
    return represent(itemRows, i, items, d, this.#q) + this.#userBias + dot(this.#p, this.#q, d);
  }
  #userBias = 0;

  /** Score of another item for the user met. Most rivals are only looked at, so its vector is not written down. */
  rival(j: number): number {
    const { d, itemRows, items } = this.#m;
    const { start, index, value } = itemRows;
    const { embedding, bias } = items;
    let sum = this.#userBias;
    for (let k = start[j]!; k < start[j + 1]!; k++) {
      const f = index[k]!;
      sum += value[k]! * (bias[f]! + dot(this.#p, embedding, d, f * d));
    }
    return sum;
  }

  /** Logistic: s was the score when met, y 1 or 0. Item first, then user. @returns the example's loss */
  logistic(u: number, i: number, s: number, y: number): number {
    const g = sigmoid(s) - y;
    const { userRows, itemRows, users, items } = this.#m;
    this.#move(itemRows, i, items, g, this.#p, g);
    this.#move(userRows, u, users, g, this.#q, this.#o.adagrad ? g : null);
    return softplusOfMinus(y ? s : -s);
  }

  /** The pair (played i over rival j) with weight w, for the user and item last met. */
  pair(u: number, i: number, j: number, w: number): void {
    const { d, userRows, itemRows, users, items } = this.#m;
    represent(itemRows, j, items, d, this.#n);
    for (let a = 0; a < d; a++) this.#g[a] = this.#n[a]! - this.#q[a]!;
    this.#move(itemRows, i, items, -w, this.#p, -w);
    this.#move(itemRows, j, items, w, this.#p, w);
    this.#move(userRows, u, users, w, this.#g, this.#o.adagrad ? w : null);
  }

  /** Gradient of a row's embeddings: weight · scale · v; of its biases: weight · biasGradient (null leaves them). */
  #move(rows: Csr, e: number, side: SideWeights, scale: number, v: Float64Array, biasGradient: number | null): void {
    const { learningRate, adagrad, regularisation } = this.#o;
    const d = this.#m.d;
    const { embedding, bias, embeddingSquares, biasSquares } = side;
    for (let k = rows.start[e]!; k < rows.start[e + 1]!; k++) {
      const f = rows.index[k]!;
      const weight = rows.value[k]!;
      const o = f * d;
      const c = weight * scale;
      if (biasGradient !== null) {
        const g = weight * biasGradient;
        const rate = adagrad ? learningRate / Math.sqrt(biasSquares[f]!) : learningRate;
        bias[f]! -= rate * (g + regularisation * bias[f]!);
        if (adagrad) biasSquares[f]! += g * g;
      }
      if (adagrad) {
        for (let a = 0; a < d; a++) {
          const g = c * v[a]!;
          const squares = embeddingSquares[o + a]!;
          embedding[o + a]! -= (learningRate / Math.sqrt(squares)) * (g + regularisation * embedding[o + a]!);
          embeddingSquares[o + a] = squares + g * g;
        }
      } else {
        for (let a = 0; a < d; a++) embedding[o + a]! -= learningRate * (c * v[a]! + regularisation * embedding[o + a]!);
      }
    }
  }
}

/** Four partial sums, as SIMD keeps them, so that both ways round alike. Numbers of y from `at` on. */
function dot(x: Float64Array, y: Float64Array, d: number, at = 0): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let a = 0; a < d; a += 4) {
    s0 += x[a]! * y[at + a]!;
    if (a + 1 < d) s1 += x[a + 1]! * y[at + a + 1]!;
    if (a + 2 < d) s2 += x[a + 2]! * y[at + a + 2]!;
    if (a + 3 < d) s3 += x[a + 3]! * y[at + a + 3]!;
  }
  return s0 + s2 + (s1 + s3);
}
