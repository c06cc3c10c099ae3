/** Plays and the negatives drawn for them. */
import type { TrainData } from '../../core/model';
import type { Random } from '../../core/random';
import type { Pairs } from './network';

/** Items of each user that are never drawn as negatives: train and validation. */
export class OwnItems {
  private readonly sets: Set<number>[];

  constructor(train: Pick<TrainData, 'U' | 'item' | 'userStart' | 'validationItem'>) {
    this.sets = Array.from({ length: train.U }, (_, u) => {
      const own = new Set(train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!));
      if (train.validationItem[u]! >= 0) own.add(train.validationItem[u]!);
      return own;
    });
  }
  has(user: number, item: number): boolean {
    return this.sets[user]!.has(item);
  }
  count(user: number): number {
    return this.sets[user]!.size;
  }
}

/** Each play followed by its negatives, uniform over the items that are not the user's own. Users who own every item must not be among the rows. */
export function pairsOf(train: Pick<TrainData, 'I' | 'user' | 'item'>, own: OwnItems, rows: Int32Array, negatives: number, random: Random): Pairs {
  const each = 1 + negatives;
  const n = rows.length * each;
  const out: Pairs = { users: new Int32Array(n), items: new Int32Array(n), labels: new Float32Array(n) };
  rows.forEach((r, k) => {
    const u = train.user[r]!;
    out.users.fill(u, k * each, (k + 1) * each);
    out.items[k * each] = train.item[r]!;
    out.labels[k * each] = 1;
    for (let e = 1; e < each; e++) {
      let i = random.int(train.I);
      while (own.has(u, i)) i = random.int(train.I);
      out.items[k * each + e] = i;
    }
  });
  return out;
}
