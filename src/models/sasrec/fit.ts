/** Trains SASRec (Kang & McAuley 2018). Equations, arrangements and reference numbers: README.md beside this file. */
import { dotRecommender } from '../../compute/dot-recommender';
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { rows } from '../../compute/layers';
import { Parameters } from '../../compute/parameters';
import { StartValues } from '../../compute/start-values';
import { concat, tensor1d, zeros, type Tensor } from '../../compute/tensors';
import type { FitContext, ModelState, Recommender, TrainData } from '../../core/model';
import { Problem } from '../../core/problem';
import type { Random } from '../../core/random';
import type { SasRecParams } from './index';
import { binaryCrossEntropy, crossEntropy, hiddenStates, type Architecture } from './network';
import { historyOf, sequencesOf, strangers, trainingBatch } from './sequences';

type Context = FitContext<SasRecParams>;
const NO_TIMES = 'There are no times: the rows of a user were taken to be in order of time, as they stand in the file.';

function startWeights(I: number, p: SasRecParams, random: Random) {
  const w = new StartValues(random).normal('item', [I, p.dim], p.startScale).normal('position', [p.length, p.dim], p.startScale);
  for (let k = 0; k < p.blocks; k++) {
    const parts = p.arrangement === 'original' ? ['q', 'k', 'v', 'f1', 'f2'] : ['q', 'k', 'v', 'o', 'f1', 'f2'];
    for (const part of parts) w.normalLinear(`block${k}.${part}`, p.dim, p.dim, p.startScale);
    w.norm(`block${k}.ln1`, p.dim).norm(`block${k}.ln2`, p.dim);
  }
  return w.norm('ln', p.dim).weights;
}

/** @throws Problem when nobody has two plays, the width does not divide among the heads, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  if (params.dim % params.heads) throw new Problem(`The width ${params.dim} cannot be split among ${params.heads} heads.`, {}, `Choose a width that is a multiple of ${params.heads}, or one head.`);
  const random = randomOf(ctx);
  const users = Int32Array.from({ length: train.U }, (_, u) => u).filter((u) => historyOf(train, u).length >= 2);
  if (!users.length) throw new Problem('No user has two train interactions, so there is no next item to learn from.', {}, 'Clean with a smaller core, or choose another split.');
  const parameters = new Parameters(startWeights(train.I, params, random.stream('weights')), { learningRate: params.learningRate, beta2: params.beta2 });
  const done = resumeFrom(parameters, ctx.resume);
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters,
    batches: (draw) => shuffledBatches(users, params.batch, draw),
    step(some, draw) {
      const batch = trainingBatch(train, some, params.length);
      const negatives = params.loss === 'bce' ? strangers(train, some, batch.start, draw) : null;
      const drop = { rate: params.dropout, key: () => draw.int(4294967296) };
      return parameters.step((p) => {
        const hidden = hiddenStates(p, params, batch, drop);
        return negatives ? binaryCrossEntropy(p, hidden, batch.targets, negatives) : crossEntropy(p, hidden, batch.targets);
      });
    },
    model: (epoch, onDispose) => recommender(parameters, params, train, epoch, onDispose),
    dispose: () => parameters.dispose(),
    warning: (_, epoch) => (train.time || epoch > done + 1 ? null : NO_TIMES),
  });
}

export function restore(state: ModelState, { train, params }: Pick<Context, 'train' | 'params'>): Recommender {
  const { weights, epoch } = weightsOf(state);
  const parameters = new Parameters(weights);
  return recommender(parameters, params, train, epoch, () => parameters.dispose());
}

/** A user's vector is the state after their newest item; without any history it is 0, which scores all items alike. */
function recommender(parameters: Parameters, params: SasRecParams, train: TrainData, epoch: number, onDispose?: () => void): Recommender {
  const p = parameters.get;
  const lastStates = (lists: readonly ArrayLike<number>[]): Tensor => {
    const s = sequencesOf(lists, params.length);
    const n = s.items.length;
    const ends = Int32Array.from(lists, (_, k) => (s.start[k + 1]! > s.start[k]! ? s.start[k + 1]! - 1 : n));
    const nothing = zeros([1, params.dim]);
    return rows(n ? concat([hiddenStates(p, params satisfies Architecture, s), nothing], 0) : nothing, tensor1d(ends, 'int32'));
  };
  return dotRecommender({
    U: train.U,
    I: train.I,
    users: (list, stage) => lastStates(Array.from(list, (u) => {
      const own = historyOf(train, u);
      const validation = train.validationItem[u]!;
      return stage === 'test' && validation >= 0 ? [...own, validation] : own;
    })),
    readsValidation: true,
    items: p('item'),
    newcomer: (history) => lastStates([history.filter((i) => i >= 0 && i < train.I)]),
    save: () => modelState(parameters, epoch),
    onDispose,
  });
}
