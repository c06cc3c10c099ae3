/** The whole model as tensors: parameters, tower inputs, the loss of a batch, and tower outputs for everybody. */
import type { AdamSettings } from '../../compute/kernels/adam';
import { inBatchSoftmax, rows } from '../../compute/layers';
import type { OptimiserId } from '../../compute/optimiser';
import { Parameters, type Lookup, type Weights } from '../../compute/parameters';
import { concat, matMul, reshape, tensor1d, tidy, type Tensor } from '../../compute/tensors';
import type { Features } from './features';
import type { Architecture } from './initial';
import { lossOf, type LossSettings } from './loss';
import { distinct, type Batch } from './sampling';
import { pairLoss, pairScores } from './scorer';
import { TowerInput } from './towers';

/** Entities per tower pass when everybody is wanted: bounds memory on big catalogues. */
const CHUNK = 4096;

export class Network {
  readonly parameters: Parameters;
  readonly user: TowerInput;
  readonly item: TowerInput;
  private readonly userSlots: Int32Array;
  private readonly itemSlots: Int32Array;

  constructor(readonly features: Features, readonly architecture: Architecture, weights: Weights, settings: Partial<AdamSettings> & { optimiser?: OptimiserId } = {}) {
    this.parameters = new Parameters(weights, settings);
    this.user = new TowerInput('user', features.user, this.parameters.touch);
    this.item = new TowerInput('item', features.item, this.parameters.touch);
    this.userSlots = new Int32Array(features.user.rows).fill(-1);
    this.itemSlots = new Int32Array(features.item.rows).fill(-1);
  }

  /** Scores of a batch, [B, 1 + K]. `dropId(k)`: whether the k-th distinct item is shown without its id. */
  batchScores(p: Lookup, batch: Batch, dropId?: (k: number) => boolean): Tensor {
    const { u, v, a, b, B, columns } = this.batchTowers(p, batch, dropId);
    const user = new Int32Array(B * columns);
    for (let k = 0; k < user.length; k++) user[k] = a[Math.floor(k / columns)]!;
    const scores = pairScores(p, this.architecture, u, v, tensor1d(user, 'int32'), tensor1d(b, 'int32'));
    return reshape(scores, [B, columns]);
  }

  batchLoss(p: Lookup, batch: Batch, s: LossSettings, dropId?: (k: number) => boolean): Tensor {
    const { scorer } = this.architecture;
    if (scorer === 'dot' || s.loss === 'softmax') return lossOf(this.batchScores(p, batch, dropId), s);
    const { u, v, a, b, B, columns } = this.batchTowers(p, batch, dropId);
    const [users, items] = positivesFirst(a, b, B, columns);
    return pairLoss(p, this.architecture, u, v, tensor1d(users, 'int32'), tensor1d(items, 'int32'), B, { kind: s.loss, margin: s.margin });
  }

  /** In-batch softmax over plain dot products: every other positive of the batch is a negative. `correction` [B, B] is added to the logits. */
  softmaxLoss(p: Lookup, batch: Batch, temperature: number, correction: Tensor, dropId?: (k: number) => boolean): Tensor {
    const { u, v, a, b } = this.batchTowers(p, batch, dropId);
    const users = rows(u, tensor1d(a, 'int32')); // [B, D]
    const items = rows(v, tensor1d(b, 'int32')); // [B, D]
    return inBatchSoftmax(matMul(users as never, items as never, false, true), temperature, correction);
  }

  /** One training step at a share of the learning rate. @returns the loss before it, a scalar the caller disposes. */
  step(loss: (p: Lookup) => Tensor, rate = 1): Tensor {
    return this.parameters.step(loss, rate);
  }

  /** Outputs of one tower for all its entities, [rows, D]; the caller disposes. */
  outputs(side: 'user' | 'item', p: Lookup = this.parameters.get, idRow?: (entity: number) => number): Tensor {
    const input = this[side];
    return tidy(() => {
      const parts: Tensor[] = [];
      for (let from = 0; from < input.of.rows; from += CHUNK) {
        const n = Math.min(CHUNK, input.of.rows - from);
        parts.push(tidy(() => input.run(p, this.architecture.combine, Int32Array.from({ length: n }, (_, k) => from + k), idRow)));
      }
      return parts.length === 1 ? parts[0]! : concat(parts, 0);
    });
  }

  dispose(): void {
    this.parameters.dispose();
    this.user.dispose();
    this.item.dispose();
  }

  /** Towers of the distinct users and items of a batch; a and b point from batch entries into them. */
  private batchTowers(p: Lookup, batch: Batch, dropId?: (k: number) => boolean) {
    const B = batch.users.length;
    const users = distinct(batch.users, this.userSlots);
    const items = distinct(batch.items, this.itemSlots);
    const unknown = this.features.item.rows;
    const u = this.user.run(p, this.architecture.combine, users.values);
    const v = this.item.run(p, this.architecture.combine, items.values, dropId ? (i, k) => (dropId(k) ? unknown : i) : undefined);
    return { u, v, a: users.index, b: items.index, B, columns: batch.items.length / B };
  }
}

/** Rows of users and items for B positives, then for the negatives of the first, of the second, … @param b [B, columns], positives in column 0 */
function positivesFirst(a: Int32Array, b: Int32Array, B: number, columns: number): [users: Int32Array, items: Int32Array] {
  const [users, items] = [new Int32Array(B * columns), new Int32Array(B * columns)];
  users.set(a);
  let at = B;
  for (let row = 0; row < B; row++) {
    const from = row * columns;
    items[row] = b[from]!;
    items.set(b.subarray(from + 1, from + columns), at);
    users.fill(a[row]!, at, (at += columns - 1));
  }
  return [users, items];
}
