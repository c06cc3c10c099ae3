/** Trains NeuMF, GMF or MLP (He et al. 2017). Equations, deviations and reference numbers: README.md beside this file. */
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { Parameters } from '../../compute/parameters';
import { StartValues } from '../../compute/start-values';
import { add } from '../../compute/tensors';
import type { FitContext, ModelState, Recommender, TrainData } from '../../core/model';
import { Problem } from '../../core/problem';
import type { Random } from '../../core/random';
import type { NeuMfParams } from './index';
import { binaryLoss, logitsOf } from './network';
import { OwnItems, pairsOf } from './pairs';
import { createRecommender } from './recommender';

type Context = FitContext<NeuMfParams>;

const pretrains = (p: NeuMfParams): boolean => p.part === 'neumf' && p.pretraining > 0;

/** MLP layers halve from F · 2^layers (both vectors side by side) to F. */
function startWeights({ U, I }: Pick<TrainData, 'U' | 'I'>, p: NeuMfParams, random: Random) {
  const w = new StartValues(random);
  const F = p.factors;
  if (p.part !== 'mlp') w.normal('gmf.user', [U, F], p.startScale).normal('gmf.item', [I, F], p.startScale);
  if (p.part !== 'gmf') {
    const M = F * 2 ** (p.layers - 1);
    w.normal('mlp.user', [U, M], p.startScale).normal('mlp.item', [I, M], p.startScale);
    for (let k = 1; k <= p.layers; k++) w.linear(`mlp.L${k}`, F * 2 ** (p.layers - k + 1), F * 2 ** (p.layers - k));
  }
  if (pretrains(p)) w.linear('gmf.out', F, 1).linear('mlp.out', F, 1);
  return w.linear('out', p.part === 'neumf' ? 2 * F : F, 1).weights;
}

/** The last layer of the whole out of those of its halves: [α W_gmf; (1 − α) W_mlp], α b_gmf + (1 − α) b_mlp. */
export function fused(gmf: { W: ArrayLike<number>; b: ArrayLike<number> }, mlp: { W: ArrayLike<number>; b: ArrayLike<number> }, alpha: number): { W: Float32Array; b: Float32Array } {
  return {
    W: Float32Array.from([...Array.from(gmf.W, (x) => alpha * x), ...Array.from(mlp.W, (x) => (1 - alpha) * x)]),
    b: Float32Array.of(alpha * gmf.b[0]! + (1 - alpha) * mlp.b[0]!),
  };
}

/** @throws Problem when there is no play to train on, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  const random = randomOf(ctx);
  const own = new OwnItems(train);
  const usable = Int32Array.from(train.user.keys()).filter((r) => own.count(train.user[r]!) < train.I);
  if (!usable.length) throw new Problem('There is no play to train on.', {}, 'Check the split: every user needs train interactions and at least one item they have not played.');
  const parameters = new Parameters(startWeights(train, params, random.stream('weights')), { learningRate: params.learningRate, weightDecay: params.weightDecay, optimiser: params.optimiser });
  const done = resumeFrom(parameters, ctx.resume);
  const before = pretrains(params) ? params.pretraining : 0;
  const halves = parameters.names.filter((n) => n !== 'out.W' && n !== 'out.b');
  const whole = parameters.names.filter((n) => !/^(gmf|mlp)\.out\./.test(n));
  let apart = false;
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters,
    batches(draw, epoch) {
      apart = epoch <= before;
      return shuffledBatches(usable, params.batch, draw);
    },
    step(some, draw) {
      const pairs = pairsOf(train, own, some, params.negatives, draw);
      return parameters.step((p) => {
        for (const half of ['gmf', 'mlp']) {
          parameters.touch(`${half}.user`, pairs.users);
          parameters.touch(`${half}.item`, pairs.items);
        }
        // The halves share no weight, so the sum of their losses trains each as if it were alone.
        return apart
          ? add(binaryLoss(logitsOf(p, 'gmf', params.layers, pairs, 'gmf.out'), pairs.labels), binaryLoss(logitsOf(p, 'mlp', params.layers, pairs, 'mlp.out'), pairs.labels))
          : binaryLoss(logitsOf(p, params.part, params.layers, pairs), pairs.labels);
      }, 1, apart ? halves : whole);
    },
    async model(epoch, onDispose) {
      // While they are apart, the model is what joining them now would give; after the last such epoch they stay joined.
      if (epoch <= before && before > 0) await join(parameters, params.alpha);
      return createRecommender(parameters, train, params, { save: () => modelState(parameters, epoch), onDispose });
    },
    dispose: () => parameters.dispose(),
  });
}

export function restore(state: ModelState, { train, params }: Pick<Context, 'train' | 'params'>): Recommender {
  const { weights, epoch } = weightsOf(state);
  const parameters = new Parameters(weights);
  return createRecommender(parameters, train, params, { save: () => modelState(parameters, epoch), onDispose: () => parameters.dispose() });
}

async function join(parameters: Parameters, alpha: number): Promise<void> {
  const half = async (name: string) => ({ W: await parameters.get(`${name}.out.W`).data(), b: await parameters.get(`${name}.out.b`).data() });
  const { W, b } = fused(await half('gmf'), await half('mlp'), alpha);
  parameters.set('out.W', W);
  parameters.set('out.b', b);
}
