/** Histories in order, as batches without padding: sequences lie below one another. */
import type { TrainData } from '../../core/model';
import type { Random } from '../../core/random';

export interface Sequences {
  items: Int32Array; // [n]
  /** Row of the position table. The newest item of a sequence stands at the last position L − 1, as in a window padded on the left. */
  positions: Int32Array; // [n]
  /** Sequence s is rows start[s] … start[s + 1]. */
  start: Int32Array; // [S + 1]
}

/** @param lists items of each sequence, oldest first; only the newest L are used */
export function sequencesOf(lists: readonly ArrayLike<number>[], L: number): Sequences {
  const start = new Int32Array(lists.length + 1);
  lists.forEach((l, s) => (start[s + 1] = start[s]! + Math.min(L, l.length)));
  const n = start.at(-1)!;
  const [items, positions] = [new Int32Array(n), new Int32Array(n)];
  lists.forEach((list, s) => {
    const t = start[s + 1]! - start[s]!;
    for (let k = 0; k < t; k++) {
      items[start[s]! + k] = list[list.length - t + k]!;
      positions[start[s]! + k] = L - t + k;
    }
  });
  return { items, positions, start };
}

/** A user's train items, oldest first: rows are in order of time, or of the file where there is none. */
export const historyOf = (train: Pick<TrainData, 'item' | 'userStart'>, user: number): Int32Array => train.item.subarray(train.userStart[user]!, train.userStart[user + 1]!);

/** Every item but the last predicts the one after it. */
export function trainingBatch(train: Pick<TrainData, 'item' | 'userStart'>, users: Int32Array, L: number): Sequences & { targets: Int32Array } {
  const histories = Array.from(users, (u) => historyOf(train, u).slice(-(L + 1)));
  const input = sequencesOf(histories.map((h) => h.subarray(0, h.length - 1)), L);
  const targets = new Int32Array(input.items.length);
  histories.forEach((h, s) => targets.set(h.subarray(1), input.start[s]));
  return { ...input, targets };
}

/** For each row, an item its user has neither in train nor as validation item, uniformly (any item where the user has nearly all). */
export function strangers(train: TrainData, users: Int32Array, start: Int32Array, random: Random): Int32Array {
  const out = new Int32Array(start.at(-1)!);
  users.forEach((u, s) => {
    const own = new Set(historyOf(train, u));
    if (train.validationItem[u]! >= 0) own.add(train.validationItem[u]!);
    for (let r = start[s]!; r < start[s + 1]!; r++) {
      let i = random.int(train.I);
      for (let tries = 0; own.has(i) && tries < 64; tries++) i = random.int(train.I);
      out[r] = i;
    }
  });
  return out;
}
