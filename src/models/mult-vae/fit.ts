/** Trains Mult-VAE (Liang et al. 2018). Equations and reference numbers: README.md beside this file. */
import { dotRecommender } from '../../compute/dot-recommender';
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { oneRow, rowsOf } from '../../compute/history-rows';
import { Parameters } from '../../compute/parameters';
import { StartValues } from '../../compute/start-values';
import { tidy } from '../../compute/tensors';
import type { FitContext, ModelState, Recommender, TrainData } from '../../core/model';
import { Problem } from '../../core/problem';
import type { Random } from '../../core/random';
import type { Csr } from '../../math/csr';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { MultVaeParams } from './index';
import { betaAt, decodeHidden, encode, vaeLoss } from './network';

type Context = FitContext<MultVaeParams>;

/** Layers I → H → 2Z and Z → H → I. Weights Glorot-uniform, biases N(0, .001²), as the authors'. */
function startWeights(I: number, { hidden, latent }: MultVaeParams, random: Random) {
  return new StartValues(random)
    .xavier('enc1', I, hidden, 0.001)
    .xavier('enc2', hidden, 2 * latent, 0.001)
    .xavier('dec1', latent, hidden, 0.001)
    .xavier('dec2', hidden, I, 0.001).weights;
}

/** @throws Problem when there is no play to train on, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  const random = randomOf(ctx);
  const x = trainMatrix(train); // [U, I]
  const users = Int32Array.from({ length: train.U }, (_, u) => u).filter((u) => x.start[u + 1]! > x.start[u]!);
  if (!users.length) throw new Problem('There is no play to train on.', {}, 'Check the split: users need train interactions.');
  const parameters = new Parameters(startWeights(train.I, params, random.stream('weights')), { learningRate: params.learningRate, weightDecay: params.weightDecay });
  const done = resumeFrom(parameters, ctx.resume);
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters,
    batches: (draw) => shuffledBatches(users, params.batch, draw),
    step(rows, draw) {
      const share = 1 / (1 - params.dropout);
      const batch = {
        target: rowsOf(x, rows),
        input: rowsOf(x, rows, (_, n) => (draw.next() < params.dropout ? 0 : share / Math.sqrt(n))),
        noise: Float32Array.from({ length: rows.length * params.latent }, () => draw.normal()),
      };
      const beta = betaAt(parameters.steps, params.beta, params.annealing, params.schedule);
      return parameters.step((p) => vaeLoss(p, batch, beta).loss);
    },
    model: (epoch, onDispose) => recommender(parameters, x, epoch, onDispose),
    dispose: () => parameters.dispose(),
  });
}

export function restore(state: ModelState, { train }: { train: TrainData }): Recommender {
  const { weights, epoch } = weightsOf(state);
  const parameters = new Parameters(weights);
  return recommender(parameters, trainMatrix(train), epoch, () => parameters.dispose());
}

/** Scores are the logits of the code's mean; nothing is drawn. */
function recommender(parameters: Parameters, x: Csr, epoch: number, onDispose?: () => void): Recommender {
  const p = parameters.get;
  const unit = (_: number, n: number): number => 1 / Math.sqrt(n);
  return dotRecommender({
    U: x.rows,
    I: x.cols,
    users: (list) => decodeHidden(p, encode(p, rowsOf(x, list, unit)).mu),
    items: p('dec2.W'),
    itemsByColumn: true,
    bias: p('dec2.b'),
    newcomer: (history) => tidy(() => {
      const items = profileOf([...history], x.cols);
      return decodeHidden(p, encode(p, oneRow(items, x.cols, 1 / Math.sqrt(items.length || 1))).mu);
    }),
    save: () => modelState(parameters, epoch),
    onDispose,
  });
}
