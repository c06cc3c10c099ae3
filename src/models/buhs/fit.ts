/** Trains the model with biased user-history synthesis. Equations, deviations and reference numbers: README.md beside this file. */
import { readFeatures } from '../../compute/entity-features';
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { ownItems, Sampler, usableRows } from '../../compute/negatives';
import type { FitContext, ModelState, Recommender } from '../../core/model';
import { Problem } from '../../core/problem';
import { biasedShares, drawHistory, histories } from './history-sample';
import type { BuhsParams } from './index';
import { createRecommender } from './recommender';
import { startWeights, Synthesis } from './synthesis';

type Context = FitContext<BuhsParams>;

/** @throws Problem when there is no play to train on, or the output width is odd, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  if (params.output % 2) throw new Problem(`The output width is ${params.output}, but the scorer needs an even one.`, {}, `Choose ${params.output + 1} or ${params.output - 1}.`);
  const random = randomOf(ctx);
  const own = ownItems(train);
  const rows = usableRows(train, own);
  if (!rows.length) throw new Problem('There is no play to train on.', {}, 'Check the split: every user needs train interactions and at least one item they have not played.');
  const features = readFeatures(train.users, train.items, ctx.text, params);
  const net = new Synthesis(features, params, startWeights(features, params, random.stream('weights')), { learningRate: params.learningRate, weightDecay: params.weightDecay, optimiser: params.optimiser });
  const done = resumeFrom(net.parameters, ctx.resume);
  const among = params.newAsNegatives ? null : Int32Array.from(train.itemDegree.keys()).filter((i) => train.itemDegree[i]! > 0);
  const sampler = new Sampler(train, own, params.negatives, params.negatives, params.batch, among);
  const played = histories(train);
  const weights = played.map((h) => biasedShares(Array.from(h, (i) => train.itemDegree[i]!), params.temperature));
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters: net.parameters,
    batches: (draw) => shuffledBatches(rows, params.batch, draw),
    step(some, draw) {
      const batch = sampler.batch(some, draw);
      const sample = new Int32Array(some.length * params.history);
      some.forEach((r, b) => {
        const [u, target] = [train.user[r]!, train.item[r]!];
        drawHistory(played[u]!, weights[u]!, train.itemDegree, params.temperature, target, draw, sample.subarray(b * params.history, (b + 1) * params.history));
      });
      return net.parameters.step((p) => net.loss(p, batch, sample, params.margin));
    },
    model: (epoch, onDispose) => createRecommender(net, train, params, { save: () => modelState(net.parameters, epoch), onDispose }),
    dispose: () => net.dispose(),
  });
}

export async function restore(state: ModelState, { train, text, params }: Pick<Context, 'train' | 'text' | 'params'>): Promise<Recommender> {
  const { weights, epoch } = weightsOf(state);
  const net = new Synthesis(readFeatures(train.users, train.items, text, params), params, weights);
  return createRecommender(net, train, params, { save: () => modelState(net.parameters, epoch), onDispose: () => net.dispose() });
}
