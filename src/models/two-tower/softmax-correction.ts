/** What is added to the logits of an in-batch softmax: the correction for popular rivals, and which rivals do not count. */
import { tensor2d, type Tensor } from '../../compute/tensors';
import type { TrainData } from '../../core/model';
import type { Batch, OwnItems } from './sampling';

/** What a rival that does not count is lowered by. */
const MASKED = 1e9;

/**
 * −ln q of the column's item (the positive's column too), and −10⁹ where another column holds an item of the row's own user, train or validation.
 * q = the item's share of the train interactions, at least one of them: a popular item stands in many batches by its frequency alone, so its
 * logit rises least.
 */
export class SoftmaxCorrection {
  private readonly minusLogQ: Float32Array; // [I]
  private readonly mine: Int32Array; // [I]; holds the number of the last row whose user owns the item
  private row = 0;

  /** @param logQ false: rivals are masked, and nothing else */
  constructor(train: Pick<TrainData, 'I' | 'item' | 'itemDegree'>, private readonly own: OwnItems, logQ: boolean) {
    const N = train.item.length;
    this.mine = new Int32Array(train.I);
    this.minusLogQ = Float32Array.from(train.itemDegree, (n) => (logQ ? -Math.log(Math.max(n, 1) / N) : 0));
  }

  /** [B, B] for the plays of a batch, row = the play's user, column = a play's item; the caller disposes. */
  of({ users, items }: Batch): Tensor {
    const B = users.length;
    const c = new Float32Array(B * B);
    for (let a = 0; a < B; a++) {
      this.row += 1;
      for (let k = this.own.start[users[a]!]!; k < this.own.start[users[a]! + 1]!; k++) this.mine[this.own.items[k]!] = this.row;
      for (let b = 0; b < B; b++) c[a * B + b] = this.minusLogQ[items[b]!]! - (a !== b && this.mine[items[b]!] === this.row ? MASKED : 0);
    }
    return tensor2d(c, [B, B]);
  }
}
