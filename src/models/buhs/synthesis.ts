/** The whole model as tensors: features of both sides, pooled histories, pair scores. */
import { EntityInput } from '../../compute/entity-input';
import { distinct, type Batch } from '../../compute/negatives';
import { pairPreActivation, type ScorerShape } from '../../compute/pair-scorer';
import { Parameters, type Lookup, type Weights } from '../../compute/parameters';
import { StartValues } from '../../compute/start-values';
import { reshape, tensor1d, type Tensor } from '../../compute/tensors';
import type { AdamSettings } from '../../compute/kernels/adam';
import type { OptimiserId } from '../../compute/optimiser';
import type { Features } from '../../compute/entity-features';
import type { Random } from '../../core/random';
import type { BuhsParams } from './index';
import { historyRows, marginLoss, perceptron, pooledHistory, setsOf, type PoolingShape } from './network';

const SET_LAYERS = 4;
export const ITEM_LAYERS = 3;
const GRU_LAYERS = 2;
const HEAD: readonly [number, number] = [128, 64];

const poolingOf = (p: BuhsParams): PoolingShape => ({ pooling: p.pooling, history: p.history, attentionOut: true, gruLayers: GRU_LAYERS, gruWidth: p.gruWidth });

/** Widths of the set MLP [4D, 2D, D] → D and of the item MLP 2D → D → D, and everything in between. */
export function startWeights(f: Features, p: BuhsParams, random: Random): Weights {
  const w = new StartValues(random);
  const [user, item] = [new EntityInput('user', f.user), new EntityInput('item', f.item)];
  user.start(w, p.embedding, p.startScale);
  item.start(w, p.embedding, p.startScale);
  const [U, F, D] = [user.width(p.embedding), item.width(p.embedding), p.output];
  user.dispose();
  item.dispose();
  if (p.pooling === 'attention') w.linear('attention.q', U, p.projection, false).linear('attention.k', F, p.projection, false).linear('attention.out', F, F);
  const bound = 1 / Math.sqrt(p.gruWidth);
  for (let l = 0; p.pooling === 'gru' && l < GRU_LAYERS; l++) {
    const shapes = { W_ih: [l ? p.gruWidth : F, 3 * p.gruWidth], W_hh: [p.gruWidth, 3 * p.gruWidth], b_ih: [3 * p.gruWidth], b_hh: [3 * p.gruWidth] };
    for (const [n, shape] of Object.entries(shapes)) w.fill(`gru${l}.${n}`, shape, (r) => bound * (2 * r.next() - 1));
  }
  const mlp = (name: string, widths: number[]): void => {
    for (let k = 1; k < widths.length; k++) {
      w.linear(`${name}.L${k}`, widths[k - 1]!, widths[k]!);
      if (k < widths.length - 1) w.norm(`${name}.LN${k}`, widths[k]!);
    }
  };
  mlp('set', [U + (p.pooling === 'gru' ? p.history * p.gruWidth : F), 4 * D, 2 * D, D, D]);
  mlp('item', [F, 2 * D, D, D]);
  w.normal('score.compress.W', [2, D / 2], Math.sqrt(2 / (2 + D / 2))).constant('score.compress.b', [D / 2], 0); // Xavier normal
  mlp('score', [D, ...HEAD, 1]);
  return w.weights;
}

export class Synthesis {
  readonly parameters: Parameters;
  readonly user: EntityInput;
  readonly item: EntityInput;
  readonly pooling: PoolingShape;
  readonly scorer: ScorerShape;
  private readonly slots: Int32Array;

  constructor(f: Features, params: BuhsParams, weights: Weights, settings: Partial<AdamSettings> & { optimiser?: OptimiserId } = {}) {
    this.parameters = new Parameters(weights, settings);
    this.user = new EntityInput('user', f.user);
    this.item = new EntityInput('item', f.item);
    this.user.touch = this.item.touch = this.parameters.touch;
    this.pooling = poolingOf(params);
    this.scorer = { scorer: 'dotCompress', output: params.output, hidden: HEAD };
    this.slots = new Int32Array(f.item.rows).fill(-1);
  }

  /** Sets of users with a sample of each one's history, [B, D]. @param sample [B·H], −1 for none */
  sets(p: Lookup, users: Int32Array, sample: Int32Array): Tensor {
    const real = distinct(sample.filter((i) => i >= 0), this.slots);
    let at = 0;
    const index = sample.map((i) => (i < 0 ? -1 : real.index[at++]!));
    const user = this.user.rows(p, users);
    const table = this.item.rows(p, real.values.length ? real.values : Int32Array.of(0));
    return setsOf(p, SET_LAYERS, user, pooledHistory(p, this.pooling, user, historyRows(table, index)));
  }

  /** The set of somebody with features `user` [1, F_u] and this sample, [1, D]. */
  setOf(p: Lookup, user: Tensor, sample: Int32Array): Tensor {
    const history = this.item.rows(p, sample.map((i) => Math.max(i, 0)));
    const table = historyRows(history, sample.map((i, k) => (i < 0 ? -1 : k)));
    return setsOf(p, SET_LAYERS, user, pooledHistory(p, this.pooling, user, table));
  }

  /** [n, D] */
  items(p: Lookup, items: Int32Array): Tensor {
    return perceptron(p, 'item', ITEM_LAYERS, this.item.rows(p, items));
  }

  /** @param sample history of each row of the batch, [B·H] */
  loss(p: Lookup, batch: Batch, sample: Int32Array, margin: number): Tensor {
    const B = batch.users.length;
    const columns = batch.items.length / B;
    const { values, index } = distinct(batch.items, this.slots);
    const row = Int32Array.from({ length: B * columns }, (_, k) => Math.floor(k / columns));
    const scores = pairPreActivation(p, this.scorer, this.sets(p, batch.users, sample), this.items(p, values), tensor1d(row, 'int32'), tensor1d(index, 'int32'));
    return marginLoss(reshape(scores, [B, columns]), margin);
  }

  dispose(): void {
    this.parameters.dispose();
    this.user.dispose();
    this.item.dispose();
  }
}

