/** Trains the two-tower model. Equations, deviations and reference numbers: README.md beside this file. */
import type { EntityTable } from '../../core/dataset';
import type { FitContext, ModelState, Recommender } from '../../core/model';
import { Problem } from '../../core/problem';
import { createRandom, type Random, type RandomState } from '../../core/random';
import { ofOptimiser } from '../../compute/optimiser';
import { keep, memory, scalar, tensor2d, tidy, add, mul, type Tensor } from '../../compute/tensors';
import { enterPhase } from '../../compute/profile-clock';
import { readFeatures, type Features } from './features';
import type { TwoTowerParams } from './index';
import { initialWeights, type Architecture } from './initial';
import { Network } from './network';
import { beforeLastGelu, createRecommender } from './recommender';
import { ownItems, Sampler, usableRows, type Batch, type OwnItems } from './sampling';

type Context = FitContext<TwoTowerParams>;
const STATE_VERSION = 1;
/** The lowest GELU value is −0.17: a loss that stays above margin − 0.17 says that positives do not rise above it. */
const TRAP = 0.17;
/** Steps after which a high loss is worth a word even where few scores lie below the minimum: an epoch may have six steps. */
const SLOW = 100;
/** Mean value under the last GELU at a centred start. */
const CENTRE = 0.5;
/** Pairs the mean is taken over while it is held: a tenth of a step's work. */
const HELD_PAIRS = 8192;
/** Milliseconds between batch reports: often enough to look alive, rare enough to cost nothing. */
const REPORT_EVERY = 120;

function architecture(p: TwoTowerParams, features: Features): Architecture {
  if (p.scorer === 'dotCompress' && p.output % 2) throw new Problem(`The output width is ${p.output}, but the compress scorer needs an even one.`, {}, `Choose ${p.output + 1} or ${p.output - 1}.`);
  const hasMoreThanId = features.item.features.length > 1 || features.item.text !== null; // an id can be hidden only where something else speaks
  return { combine: p.combine, scorer: p.scorer, embedding: p.embedding, output: p.output, hidden: [128, 64], startScale: p.startScale, unknownItem: p.idDropout > 0 && p.useIds && hasMoreThanId ? 1 : 0 };
}

export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params, signal } = ctx;
  const random = ctx.resume ? fromState(ctx.resume) : ctx.random;
  const own = ownItems(train);
  const rows = usableRows(train, own);
  if (!rows.length) throw new Problem('There is no play to train on.', {}, 'Check the split: every user needs train interactions and at least one item they have not played.');

  const net = await prepare(ctx, random);
  const counts = negativeCounts(params);
  const sampler = new Sampler(train, own, counts.outOfBatch, counts.inBatch, params.batch, params.newAsNegatives ? null : playedItems(train));
  const wholeBatch = params.loss === 'softmax' && params.scorer === 'dot';
  const correction = wholeBatch ? new SoftmaxCorrection(train, own, params.logQ) : null;
  const done = ctx.resume ? Number(ctx.resume.meta['epoch']) : 0;
  const recommenderFor = (epoch: number, onDispose?: () => void) => createRecommender(net, { ...seen(ctx), untrained: params.newItems, save: () => modelState(net, epoch), onDispose });

  let lastReport = 0;
  let epoch = done;
  let total: Tensor | null = null; // Σ loss · B of the epoch
  try {
    while (epoch < params.epochs) {
      epoch += 1;
      // Each epoch has a stream of its own: a checkpoint needs no generator state beyond seed and name.
      const draw = random.stream(`epoch ${epoch}`);
      const order = draw.shuffle(Int32Array.from(rows));
      const batches = Math.ceil(order.length / params.batch);
      let sum: Tensor = (total = keep(scalar(0)));
      let seconds = 0;
      let stopped = false;
      for (let k = 0; k < batches && !stopped; k++) {
        signal.throwIfAborted();
        const began = performance.now();
        const some = order.subarray(k * params.batch, (k + 1) * params.batch);
        const batch = wholeBatch ? plainBatch(train, some) : sampler.batch(some, draw);
        const dropId = net.architecture.unknownItem ? dropper(params.idDropout, batch.items.length, draw) : undefined;
        const rate = warmUpRate(params, net.parameters.steps);
        const loss = correction
          ? tidy(() => {
              const c = correction.of(batch);
              return net.step((p) => net.softmaxLoss(p, batch, params.temperature, c, dropId), rate);
            })
          : net.step((p) => net.batchLoss(p, batch, params, dropId), rate);
        if (holdsCentre(params, net.parameters.steps)) {
          enterPhase('optimiser');
          await centre(net, HELD_PAIRS);
          enterPhase('input');
        }
        const next = keep(tidy(() => add(sum, mul(loss, some.length))));
        sum.dispose();
        sum = total = next;
        seconds += (performance.now() - began) / 1000;
        const due = k + 1 === batches || performance.now() - lastReport >= REPORT_EVERY;
        const value = due ? (await loss.data())[0]! : 0;
        loss.dispose(); // before the report: it may reject
        if (due) {
          finite(value, epoch);
          stopped = (await ctx.report({ kind: 'batch', epoch, epochs: params.epochs, done: k + 1, total: batches, loss: value })) === 'stop';
          lastReport = performance.now();
        }
      }
      const loss = (await sum.data())[0]! / order.length;
      sum.dispose();
      total = null;
      if (stopped) break;
      finite(loss, epoch);
      const model = await recommenderFor(epoch);
      let answer: 'continue' | 'stop';
      try {
        const warning = await trapWarning(net, params, loss);
        const { numTensors, numBytes } = memory();
        answer = await ctx.report({
          kind: 'epoch',
          epoch,
          epochs: params.epochs,
          loss,
          seconds,
          model,
          checkpoint: () => checkpoint(net, epoch, random),
          ...(warning ? { warning } : {}),
          notes: { tensors: numTensors, bytes: numBytes },
        });
      } finally {
        model.dispose?.();
      }
      if (answer === 'stop') break;
    }
  } catch (error) {
    (total as Tensor | null)?.dispose();
    net.dispose();
    throw error;
  }
  return recommenderFor(epoch, () => net.dispose());
}

export async function restore(state: ModelState, ctx: Pick<Context, 'train' | 'text' | 'params'>): Promise<Recommender> {
  checkVersion(state);
  const weights = Object.fromEntries(Object.entries(state.arrays).filter(([name]) => !ofOptimiser(name)));
  const features = readFeatures(ctx.train.users, ctx.train.items, ctx.text, ctx.params);
  const net = new Network(features, architecture(ctx.params, features), weights);
  const epoch = Number(state.meta['epoch']);
  return createRecommender(net, { ...seen(ctx), untrained: ctx.params.newItems, save: () => modelState(net, epoch), onDispose: () => net.dispose() });
}

async function prepare(ctx: Context, random: Random): Promise<Network> {
  const { params } = ctx;
  const features = readFeatures(ctx.train.users, ctx.train.items, ctx.text, params);
  const a = architecture(params, features);
  const { learningRate, weightDecay, optimiser } = params;
  const net = new Network(features, a, initialWeights(features, a, random.stream('weights')), { learningRate, weightDecay, optimiser });
  if (ctx.resume) {
    checkVersion(ctx.resume);
    net.parameters.load(ctx.resume.arrays, Number(ctx.resume.meta['steps']));
  } else if (params.centredStart && a.scorer !== 'dot') await centre(net);
  return net;
}

/**
 * Adam's first steps are of full length in every weight whatever the size of the gradient, and while all scores are nearly equal they agree in
 * direction: at full rate one step can carry the mean below the GELU's minimum, or make all tower outputs alike.
 * Depends on the step count alone, which checkpoints hold: resumed = uninterrupted.
 */
const warmUpRate = (p: TwoTowerParams, steps: number): number => (p.scorer === 'dot' || p.warmUp === 0 ? 1 : Math.min(1, (steps + 1) / p.warmUp));

/**
 * Where the start happens to rank played items below the others, the loss falls by lowering all scores (the GELU is convex there), until they are
 * below its minimum and the wrong order counts as the right one. With the mean held during the warm-up, the order has to turn instead.
 */
const holdsCentre = (p: TwoTowerParams, steps: number): boolean => p.scorer !== 'dot' && p.centredStart && steps <= p.warmUp;

/** Shifts the last bias so that the mean value under the last GELU is CENTRE. */
async function centre(net: Network, pairs?: number): Promise<void> {
  const bias = await net.parameters.get('score.L3.b').data();
  net.parameters.set('score.L3.b', Float32Array.of(bias[0]! + CENTRE - (await beforeLastGelu(net, pairs)).mean));
}

const negativeCounts = (p: TwoTowerParams): { outOfBatch: number; inBatch: number } => ({
  outOfBatch: p.negativesFrom === 'batch' ? 0 : p.negatives,
  inBatch: p.negativesFrom === 'catalogue' ? 0 : p.negatives,
});

const playedItems = (train: Context['train']): Int32Array => Int32Array.from(train.itemDegree.keys()).filter((i) => train.itemDegree[i]! > 0);

const plainBatch = (train: Context['train'], rows: Int32Array): Batch => ({ users: rows.map((r) => train.user[r]!), items: rows.map((r) => train.item[r]!) });

/** Which of the distinct items of a batch go without their id. Drawn before the step, so that a step is a pure function. */
function dropper(share: number, atMost: number, random: Random): (k: number) => boolean {
  const r = random.int(0x7fffffff);
  const local = createRandom(r, 'id dropout');
  const flags: boolean[] = [];
  return (k) => {
    while (flags.length <= k && flags.length < atMost) flags.push(local.next() < share);
    return flags[k]!;
  };
}

/** Adds −ln q of the column's item, and −10⁹ where the column's item is the row's own but not its positive. */
class SoftmaxCorrection {
  private readonly minusLogQ: Float32Array; // [I]
  private readonly mine: Int32Array; // [I]; holds the number of the last row whose user owns the item
  private row = 0;
  constructor(train: Context['train'], private readonly own: OwnItems, logQ: boolean) {
    const N = train.item.length;
    this.mine = new Int32Array(train.I);
    this.minusLogQ = Float32Array.from(train.itemDegree, (n) => (logQ ? -Math.log(Math.max(n, 1) / N) : 0));
  }

  of({ users, items }: Batch): Tensor {
    const B = users.length;
    const c = new Float32Array(B * B);
    for (let a = 0; a < B; a++) {
      this.row += 1;
      for (let k = this.own.start[users[a]!]!; k < this.own.start[users[a]! + 1]!; k++) this.mine[this.own.items[k]!] = this.row;
      for (let b = 0; b < B; b++) c[a * B + b] = this.minusLogQ[items[b]!]! - (a !== b && this.mine[items[b]!] === this.row ? 1e9 : 0);
    }
    return tensor2d(c, [B, B]);
  }
}

function finite(loss: number, epoch: number): void {
  if (!Number.isFinite(loss)) throw new Problem(`The loss became ${loss} in epoch ${epoch}: training diverged.`, {}, 'Lower the learning rate and start again.');
}

async function trapWarning(net: Network, p: TwoTowerParams, loss: number): Promise<string | null> {
  if (p.loss !== 'margin' || p.scorer === 'dot' || loss <= p.margin - TRAP) return null;
  const { belowMinimum } = await beforeLastGelu(net);
  const what = `The loss stays at ${loss.toFixed(3)}, above margin − ${TRAP}`;
  if (belowMinimum < 0.5) return net.parameters.steps < SLOW ? null : `${what}: played items hardly rise above the others. If it does not fall in the next epochs, start again with "centred start" and a longer warm-up, or another learning rate.`;
  return `${what}: the GELU on the score has caught this run (${Math.round(100 * belowMinimum)} % of scores lie below its minimum, where it slopes the wrong way). If it does not fall in the next epochs, start again with "centred start" and warm-up on, another seed or a smaller learning rate.`;
}

function seen({ train }: Pick<Context, 'train'>): { itemSeen: Uint8Array; userSeen: Uint8Array; items: EntityTable } {
  return {
    items: train.items,
    itemSeen: Uint8Array.from(train.itemDegree, (n) => Number(n > 0)),
    userSeen: Uint8Array.from({ length: train.U }, (_, u) => Number(train.userStart[u + 1]! > train.userStart[u]!)),
  };
}

const modelState = async (net: Network, epoch: number): Promise<ModelState> => ({ version: STATE_VERSION, arrays: await net.parameters.weights(), meta: { epoch } });

async function checkpoint(net: Network, epoch: number, random: Random): Promise<ModelState> {
  const { arrays, steps } = await net.parameters.save();
  return { version: STATE_VERSION, arrays, meta: { epoch, steps, random: random.state() } };
}

function fromState(state: ModelState): Random {
  checkVersion(state);
  const s = state.meta['random'] as RandomState;
  const r = createRandom(s.seed, s.name);
  r.restore(s);
  return r;
}

function checkVersion(state: ModelState): void {
  if (state.version !== STATE_VERSION) throw new Problem(`These weights are of version ${state.version}; this build reads version ${STATE_VERSION}.`, {}, 'Train again.');
}

