/**
 * Negatives. "Own" items of a user are their train and validation items.
 * - out-of-batch: uniform over the items that are not the user's own, with replacement
 * - in-batch: positions of the batch whose item is not the user's own, drawn without replacement over positions (so an item may
 *   repeat). Where fewer positions qualify, the rest is filled with out-of-batch draws.
 * Users who own every item have nothing to be ranked below and are left out of training.
 */
import type { TrainData } from '../core/model';
import type { Random } from '../core/random';

export interface Batch {
  users: Int32Array; // [B]
  /** Positive first, then out-of-batch, then in-batch. */
  items: Int32Array; // [B, 1 + K]
}

/** Own items of every user, ascending, as rows of a CSR. */
export interface OwnItems {
  start: Int32Array; // [U + 1]
  items: Int32Array;
}

/** Train and validation items of every user, each once. O(N log N). */
export function ownItems(train: Pick<TrainData, 'U' | 'userStart' | 'item' | 'validationItem'>): OwnItems {
  const start = new Int32Array(train.U + 1);
  const all: number[] = [];
  for (let u = 0; u < train.U; u++) {
    const own = new Set(train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!));
    if (train.validationItem[u]! >= 0) own.add(train.validationItem[u]!);
    for (const i of [...own].sort((a, b) => a - b)) all.push(i);
    start[u + 1] = all.length;
  }
  return { start, items: Int32Array.from(all) };
}

/** Binary search among the user’s own items. */
export function owns(own: OwnItems, user: number, item: number): boolean {
  let low = own.start[user]!;
  let high = own.start[user + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const i = own.items[middle]!;
    if (i === item) return true;
    if (i < item) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Train rows that can be trained on: all but those of users who own every item. */
export function usableRows(train: Pick<TrainData, 'I' | 'user'>, own: OwnItems): Int32Array {
  return Int32Array.from(train.user.keys()).filter((row) => {
    const u = train.user[row]!;
    return own.start[u + 1]! - own.start[u]! < train.I;
  });
}

/** Draws the negatives of batches, as the top of this file says. One sampler serves one run: what it draws depends on `random` alone. */
export class Sampler {
  private readonly taken: Int32Array;
  private stamp = 0;

  constructor(
    private readonly train: Pick<TrainData, 'I' | 'user' | 'item'>,
    private readonly own: OwnItems,
    private readonly outOfBatch: number,
    private readonly inBatch: number,
    batch: number,
    /** Items out-of-batch negatives are drawn from; null: all. */
    private readonly among: Int32Array | null = null,
  ) {
    this.taken = new Int32Array(batch);
  }

  /** @param rows train rows of the batch [B] */
  batch(rows: Int32Array, random: Random): Batch {
    const B = rows.length;
    const K = this.outOfBatch + this.inBatch;
    const users = new Int32Array(B);
    const positives = new Int32Array(B);
    for (let b = 0; b < B; b++) {
      users[b] = this.train.user[rows[b]!]!;
      positives[b] = this.train.item[rows[b]!]!;
    }
    const items = new Int32Array(B * (1 + K));
    for (let b = 0; b < B; b++) {
      const at = b * (1 + K);
      items[at] = positives[b]!;
      for (let k = 0; k < this.outOfBatch; k++) items[at + 1 + k] = this.stranger(users[b]!, random);
      if (this.inBatch) this.fromBatch(users[b]!, positives, random, items.subarray(at + 1 + this.outOfBatch, at + 1 + K));
    }
    return { users, items };
  }

  /** An item that is not the user's own, uniformly. */
  private stranger(user: number, random: Random): number {
    for (let tries = 0; tries < 64; tries++) {
      const i = this.among ? this.among[random.int(this.among.length)]! : random.int(this.train.I);
      if (!owns(this.own, user, i)) return i;
    }
    // The user owns nearly everything (of `among`): draw the rank among the others and walk to it.
    const from = this.own.start[user]!;
    const count = this.own.start[user + 1]! - from;
    let item = random.int(this.train.I - count);
    for (let k = 0; k < count && this.own.items[from + k]! <= item; k++) item++;
    return item;
  }

  private fromBatch(user: number, positives: Int32Array, random: Random, out: Int32Array): void {
    const B = positives.length;
    this.stamp += 1;
    let found = 0;
    for (let tries = 0; tries < 4 * out.length + 16 && found < out.length; tries++) {
      const b = random.int(B);
      if (this.taken[b] === this.stamp || owns(this.own, user, positives[b]!)) continue;
      this.taken[b] = this.stamp;
      out[found++] = positives[b]!;
    }
    if (found === out.length) return;
    // Few positions qualify: list what is left and draw from the list, which is the same distribution.
    const left: number[] = [];
    for (let b = 0; b < B; b++) if (this.taken[b] !== this.stamp && !owns(this.own, user, positives[b]!)) left.push(positives[b]!);
    random.shuffle(left);
    for (const i of left) {
      if (found === out.length) return;
      out[found++] = i;
    }
    while (found < out.length) out[found++] = this.stranger(user, random);
  }
}

/** Numbers distinct values of `values` in order of first appearance. `slots` is scratch of the value range, filled with −1 before and after. */
export function distinct(values: Int32Array, slots: Int32Array): { values: Int32Array; index: Int32Array } {
  const out: number[] = [];
  const index = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const v = values[k]!;
    if (slots[v] === -1) slots[v] = out.push(v) - 1;
    index[k] = slots[v]!;
  }
  for (const v of out) slots[v] = -1;
  return { values: Int32Array.from(out), index };
}
