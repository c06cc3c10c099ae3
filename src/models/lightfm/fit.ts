/**
 * LightFM (Kula 2015): users and items are sums of the embeddings of their features; trained by WARP, BPR or logistic loss.
 * Equations, deviations and reference numbers: README.md beside this file. Single steps: steps.ts; many of them: room.ts (SIMD) and visits.ts (its twin).
 */
import type { FitContext, ModelState, Recommender, TrainData } from '../../core/model';
import { Problem } from '../../core/problem';
import { createRandom, type Random, type RandomState } from '../../core/random';
import { likedRow, Rivals } from './examples';
import { featureRows, type FeatureRows } from './features';
import type { LightFmParams } from './params';
import { createRecommender } from './recommender';
import { stepRoom } from './room';
import { textRows, type TextRows } from './text-rows';
import { warpWeight, type Model } from './steps';
import { plainRoom } from './visits';
import { initialWeights, weightArrays, weightsFrom } from './weights';

type Context = FitContext<LightFmParams>;
const STATE_VERSION = 1;
/** Multiplications between looks at the clock: a few milliseconds with SIMD, some tens without. */
const CHUNK = 2 ** 23;
/** Milliseconds between batch reports. */
const REPORT_EVERY = 100;

/** @throws Problem when there is no play to train on, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params, signal } = ctx;
  const random = ctx.resume ? fromState(ctx.resume) : ctx.random;
  const features = bothSides(train, params, await textRows(ctx.text, params.textNumbers));
  const model = ctx.resume ? modelFrom(ctx.resume, features, params.factors) : startingModel(features, params.factors, random);
  const rows = train.user.map((_, n) => n);
  const liked = rows.filter((n) => likedRow(train, n));
  // WARP and BPR learn from liked plays only; logistic from dislikes too.
  const examples = params.loss === 'logistic' ? rows : liked;
  if (examples.length === 0) throw new Problem('There is no play to train on.', {}, 'Check the split, or choose the logistic loss if all values are below 0.');
  const rivals = new Rivals(train, liked);
  const warp = Array.from({ length: params.maxSampled + 1 }, (_, tries) => (tries ? warpWeight(train.I, tries) : 0));
  const room = (await stepRoom(model, train, rivals, params, warp)) ?? plainRoom(model, train, rivals, params, warp);
  room.write();
  const chunk = Math.max(1, Math.min(4096, Math.floor(CHUNK / exampleCost(model, params))));
  let epoch = ctx.resume ? Number(ctx.resume.meta['epoch']) : 0;
  let reported = performance.now();
  const now = (): Recommender => {
    const at = epoch;
    room.read();
    return createRecommender(model, features, train, () => ({ version: STATE_VERSION, arrays: weightArrays(model.users, model.items, model.d, false), meta: { epoch: at } }));
  };
  while (epoch < params.epochs) {
    // Each epoch has a stream of its own: a checkpoint needs no more of the generator than its seed and name.
    const draw = random.stream(`epoch ${epoch + 1}`);
    const order = params.optimiser === 'sgd' ? examples.map(() => examples[draw.int(examples.length)]!) : draw.shuffle(examples.slice());
    room.order(order);
    let sum = 0;
    let seconds = 0;
    for (let k = 0; k < order.length; k += chunk) {
      signal.throwIfAborted();
      const began = performance.now();
      const end = Math.min(order.length, k + chunk);
      sum = room.take(draw, k, end, sum);
      seconds += (performance.now() - began) / 1000;
      if (end === order.length || performance.now() - reported >= REPORT_EVERY) {
        if (!Number.isFinite(sum)) throw new Problem(`Training diverged in epoch ${epoch + 1}: the loss is no longer a number.`, {}, 'Lower the learning rate.');
        const answer = await ctx.report({ kind: 'batch', epoch: epoch + 1, epochs: params.epochs, done: end, total: order.length, loss: sum / end });
        reported = performance.now();
        if (answer === 'stop') return now();
      }
    }
    epoch += 1;
    const at = epoch;
    const answer = await ctx.report({
      kind: 'epoch', epoch, epochs: params.epochs, loss: sum / order.length, seconds, model: now(),
      checkpoint: () => ({ version: STATE_VERSION, arrays: weightArrays(model.users, model.items, model.d, true), meta: { epoch: at, random: random.state() } }),
    });
    if (answer === 'stop') break;
  }
  return now();
}

export async function restore(saved: ModelState, { train, text, params }: Pick<Context, 'train' | 'text' | 'params'>): Promise<Recommender> {
  const features = bothSides(train, params, await textRows(text, params.textNumbers));
  const model = modelFrom(saved, features, params.factors);
  return createRecommender(model, features, train, () => ({ version: STATE_VERSION, arrays: weightArrays(model.users, model.items, model.d, false), meta: { epoch: saved.meta['epoch'] } }));
}

/** Multiplications an example takes at most, about: tries of one score, then three rows moved with a root and a division a number. */
function exampleCost({ d, userRows, itemRows }: Model, { loss, maxSampled }: LightFmParams): number {
  const [users, items] = [userRows, itemRows].map((m) => Math.max(1, m.index.length / Math.max(1, m.rows))) as [number, number];
  return d * ((loss === 'warp' ? maxSampled : 1) * items + 10 * (users + 2 * items));
}

interface BothSides {
  users: FeatureRows;
  items: FeatureRows;
}
const bothSides = (train: TrainData, p: LightFmParams, text: TextRows | null): BothSides => ({
  users: featureRows(train.users, 'user', p.userFeatures, p.userIds, p.normalise),
  items: featureRows(train.items, 'item', p.itemFeatures, p.itemIds, p.normalise, text),
});

const startingModel = (f: BothSides, d: number, random: Random): Model => ({
  d, userRows: f.users.matrix, itemRows: f.items.matrix,
  users: initialWeights(f.users.matrix.cols, d, random.stream('users')),
  items: initialWeights(f.items.matrix.cols, d, random.stream('items')),
});

function modelFrom(saved: ModelState, f: BothSides, d: number): Model {
  if (saved.version !== STATE_VERSION) throw new Problem(`These weights are of version ${saved.version}; this build reads version ${STATE_VERSION}.`, {}, 'Train again.');
  return {
    d, userRows: f.users.matrix, itemRows: f.items.matrix,
    users: weightsFrom(saved.arrays, 'users', f.users.matrix.cols, d),
    items: weightsFrom(saved.arrays, 'items', f.items.matrix.cols, d),
  };
}

function fromState(saved: ModelState): Random {
  const s = saved.meta['random'] as RandomState;
  const r = createRandom(s.seed, s.name);
  r.restore(s);
  return r;
}
