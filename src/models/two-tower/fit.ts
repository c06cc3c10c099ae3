/** Trains the two-tower model. Equations, deviations and reference numbers: README.md beside this file. */
import type { EntityTable } from '../../core/dataset';
import type { FitContext, ModelState, Recommender } from '../../core/model';
import { Problem } from '../../core/problem';
import { createRandom, type Random } from '../../core/random';
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { tidy, type Tensor } from '../../compute/tensors';
import { enterPhase } from '../../compute/profile-clock';
import { readFeatures, type Features } from './features';
import type { TwoTowerParams } from './index';
import { initialWeights, type Architecture } from './initial';
import { Network } from './network';
import { beforeLastGelu, createRecommender } from './recommender';
import { ownItems, Sampler, usableRows, type Batch } from './sampling';
import { SoftmaxCorrection } from './softmax-correction';

type Context = FitContext<TwoTowerParams>;
/** The lowest GELU value is −0.17: a loss that stays above margin − 0.17 says that positives do not rise above it. */
const TRAP = 0.17;
/** Steps after which a high loss is worth a word even where few scores lie below the minimum: an epoch may have six steps. */
const SLOW = 100;
/** Mean value under the last GELU at a centred start. */
const CENTRE = 0.5;
/** Pairs the mean is taken over while it is held: a tenth of a step's work. */
const HELD_PAIRS = 8192;

function architecture(p: TwoTowerParams, features: Features): Architecture {
  if (p.scorer === 'dotCompress' && p.output % 2) throw new Problem(`The output width is ${p.output}, but the compress scorer needs an even one.`, {}, `Choose ${p.output + 1} or ${p.output - 1}.`);
  const hasMoreThanId = features.item.features.length > 1 || features.item.text !== null; // an id can be hidden only where something else speaks
  return { combine: p.combine, scorer: p.scorer, embedding: p.embedding, output: p.output, hidden: [128, 64], startScale: p.startScale, unknownItem: p.idDropout > 0 && p.useIds && hasMoreThanId ? 1 : 0 };
}

/** @throws Problem when there is no play to train on, a tower has nothing to look at, or the output width is odd, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  const random = randomOf(ctx);
  const own = ownItems(train);
  const rows = usableRows(train, own);
  if (!rows.length) throw new Problem('There is no play to train on.', {}, 'Check the split: every user needs train interactions and at least one item they have not played.');

  const { net, done } = await prepare(ctx, random);
  const counts = negativeCounts(params);
  const sampler = new Sampler(train, own, counts.outOfBatch, counts.inBatch, params.batch, params.newAsNegatives ? null : playedItems(train));
  const wholeBatch = params.loss === 'softmax' && params.scorer === 'dot';
  const correction = wholeBatch ? new SoftmaxCorrection(train, own, params.logQ) : null;
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters: net.parameters, dispose: () => net.dispose(),
    batches: (draw) => shuffledBatches(rows, params.batch, draw),
    step(some, draw) {
      const batch = wholeBatch ? plainBatch(train, some) : sampler.batch(some, draw);
      const dropId = net.architecture.unknownItem ? dropper(params.idDropout, batch.items.length, draw) : undefined;
      const rate = warmUpRate(params, net.parameters.steps);
      const loss = correction
        ? tidy(() => {
            const c = correction.of(batch);
            return net.step((p) => net.softmaxLoss(p, batch, params.temperature, c, dropId), rate);
          })
        : net.step((p) => net.batchLoss(p, batch, params, dropId), rate);
      return holdsCentre(params, net.parameters.steps) ? held(net, loss) : loss;
    },
    model: (epoch, onDispose) => recommenderFor(ctx, net, epoch, onDispose),
    warning: (loss) => trapWarning(net, params, loss),
  });
}

export async function restore(state: ModelState, ctx: Pick<Context, 'train' | 'text' | 'params'>): Promise<Recommender> {
  const { weights, epoch } = weightsOf(state);
  const features = readFeatures(ctx.train.users, ctx.train.items, ctx.text, ctx.params);
  const net = new Network(features, architecture(ctx.params, features), weights);
  return recommenderFor(ctx, net, epoch, () => net.dispose());
}

const recommenderFor = (ctx: Pick<Context, 'train' | 'params'>, net: Network, epoch: number, onDispose?: () => void): Promise<Recommender> =>
  createRecommender(net, { ...seen(ctx), untrained: ctx.params.newItems, save: () => modelState(net.parameters, epoch), onDispose });

/** The network at its start, or as the checkpoint left it after `done` epochs. */
async function prepare(ctx: Context, random: Random): Promise<{ net: Network; done: number }> {
  const { params } = ctx;
  const features = readFeatures(ctx.train.users, ctx.train.items, ctx.text, params);
  const a = architecture(params, features);
  const { learningRate, weightDecay, optimiser } = params;
  const net = new Network(features, a, initialWeights(features, a, random.stream('weights')), { learningRate, weightDecay, optimiser });
  const done = resumeFrom(net.parameters, ctx.resume);
  if (!ctx.resume && params.centredStart && a.scorer !== 'dot') await centre(net);
  return { net, done };
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

/** Brings the mean back to the centre after a step. @returns the step's loss */
async function held(net: Network, loss: Tensor): Promise<Tensor> {
  try {
    enterPhase('optimiser');
    await centre(net, HELD_PAIRS);
    enterPhase('input');
    return loss;
  } catch (error) {
    loss.dispose();
    throw error;
  }
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
