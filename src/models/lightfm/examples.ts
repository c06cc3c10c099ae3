/** Which examples an epoch visits, and rivals for them. */
import type { TrainData } from '../../core/model';
import type { Random } from '../../core/random';
import { csrFromTriplets, type Csr } from '../../math/csr';

/** Draws of a BPR rival before an example is given up: its user has nearly everything. */
export const PATIENCE = 1000;

/** A play is liked unless its value is below 0. */
export const likedRow = (train: Pick<TrainData, 'value'>, n: number): boolean => !(train.value && train.value[n]! < 0);

export class Rivals {
  /** Liked items of each user, ascending. */
  readonly known: Csr;
  /** Rows of the train data that are liked. */
  readonly liked: Int32Array;
  readonly #train: TrainData;

  constructor(train: TrainData, liked: Int32Array) {
    this.#train = train;
    this.liked = liked;
    this.known = csrFromTriplets(train.U, train.I, liked.map((n) => train.user[n]!), liked.map((n) => train.item[n]!), null);
  }

  /** Whether the user likes the item (binary search). */
  likes(u: number, item: number): boolean {
    const { start, index } = this.known;
    let low = start[u]!;
    let high = start[u + 1]! - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = index[middle]!;
      if (at === item) return true;
      if (at < item) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }

  /** Every item equally likely. */
  uniform(random: Random): number {
    return random.int(this.#train.I);
  }

  /** The item of a play drawn uniformly: in proportion to popularity. May be one the user likes. */
  byPopularity(random: Random): number {
    return this.#train.item[this.liked[random.int(this.liked.length)]!]!;
  }

  /** By popularity, drawn again while the user likes it; −1 when that does not end. */
  unlikedByPopularity(u: number, random: Random): number {
    for (let tries = 0; tries < PATIENCE; tries++) {
      const j = this.byPopularity(random);
      if (!this.likes(u, j)) return j;
    }
    return -1;
  }
}
