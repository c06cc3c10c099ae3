/** Trains two towers for retrieval (Yi et al. 2019). Equations, deviations and reference numbers: README.md beside this file. */
import { dotRecommender } from '../../compute/dot-recommender';
import { logScaled, readFeatures, type Features } from '../../compute/entity-features';
import { EntityInput, seenIn, type Side } from '../../compute/entity-input';
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { rows } from '../../compute/layers';
import { newItemRow, newItemScores, placeOfNewItem } from '../../compute/new-item';
import { Parameters, type Lookup } from '../../compute/parameters';
import { StartValues } from '../../compute/start-values';
import { concat, dispose, keep, matMul, mean, tensor1d, tensor2d, tidy, zeros, type Tensor } from '../../compute/tensors';
import { labelOf } from '../../core/dataset';
import type { FitContext, ModelState, Recommender, TrainData } from '../../core/model';
import { Problem } from '../../core/problem';
import type { Random } from '../../core/random';
import type { RetrievalParams } from './index';
import { correctionOf, retrievalLoss, towerOf, unitRows, vectorsOf } from './network';

type Context = FitContext<RetrievalParams>;
const LAYERS = 3;
/** Entities per tower pass when everybody is wanted. */
const CHUNK = 4096;

type Inputs = Record<Side, EntityInput>;

function featuresOf(ctx: Pick<Context, 'train' | 'text' | 'params'>): Features {
  const { train, text, params } = ctx;
  const numbers = (table: TrainData['users']) => (params.useNumbers ? logScaled(table) : null);
  const [user, item] = [numbers(train.users), numbers(train.items)];
  // Numbers alone are enough to look at, so a side that has them may go without ids and columns.
  const found = readFeatures(train.users, train.items, text, { ...params, useIds: params.useIds || Boolean(user && item) });
  const side = (s: Side, n: typeof user) => ({
    ...found[s],
    features: params.useIds ? found[s].features : found[s].features.filter((f) => f.name !== 'id'),
    ...(n ? { numeric: n } : {}),
  });
  return { user: side('user', user), item: side('item', item) };
}

function inputsOf(ctx: Pick<Context, 'train' | 'text' | 'params'>): Inputs {
  const f = featuresOf(ctx);
  return { user: new EntityInput('user', f.user), item: new EntityInput('item', f.item) };
}

function startWeights(inputs: Inputs, p: RetrievalParams, random: Random) {
  const w = new StartValues(random);
  for (const side of ['user', 'item'] as const) {
    inputs[side].start(w, p.embedding, p.startScale);
    const widths = [inputs[side].width(p.embedding), p.hidden1, p.hidden2, p.output];
    for (let k = 1; k <= LAYERS; k++) w.linear(`${side}.L${k}`, widths[k - 1]!, widths[k]!);
  }
  return w.weights;
}

/** @throws Problem when there are fewer than two plays, a tower has nothing to look at, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  const random = randomOf(ctx);
  const N = train.item.length;
  if (N < 2) throw new Problem('There are too few plays to train on: every play’s rivals are the other plays of its batch.', {}, 'Check the split, or clean less.');
  const inputs = inputsOf(ctx);
  const parameters = new Parameters(startWeights(inputs, params, random.stream('weights')), { learningRate: params.learningRate, weightDecay: params.weightDecay, optimiser: params.optimiser });
  inputs.user.touch = inputs.item.touch = parameters.touch;
  const done = resumeFrom(parameters, ctx.resume);
  const logQ = params.logQ ? Float32Array.from(train.itemDegree, (n) => Math.log(Math.max(n, 1) / N)) : null;
  const all = Int32Array.from({ length: N }, (_, r) => r);
  const free = (): void => {
    parameters.dispose();
    inputs.user.dispose();
    inputs.item.dispose();
  };
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters, dispose: free,
    batches: (draw) => shuffledBatches(all, params.batch, draw),
    step(some) {
      const users = some.map((r) => train.user[r]!);
      const items = some.map((r) => train.item[r]!);
      const correction = correctionOf(items, logQ, params.maskHits);
      return parameters.step((p) => retrievalLoss(vectorsOf(p, inputs.user, LAYERS, users), vectorsOf(p, inputs.item, LAYERS, items), params.temperature, correction));
    },
    model: (epoch, onDispose) => recommender(parameters, inputs, train, epoch, onDispose),
  });
}

export async function restore(state: ModelState, ctx: Pick<Context, 'train' | 'text' | 'params'>): Promise<Recommender> {
  const { weights, epoch } = weightsOf(state);
  const parameters = new Parameters(weights);
  const inputs = inputsOf(ctx);
  return recommender(parameters, inputs, ctx.train, epoch, () => {
    parameters.dispose();
    inputs.user.dispose();
    inputs.item.dispose();
  });
}

/** Everybody's vectors, made once; vectors of ids that train never touched are the mean of those it did. */
async function recommender(parameters: Parameters, inputs: Inputs, train: TrainData, epoch: number, onDispose?: () => void): Promise<Recommender> {
  const seen = seenIn(train);
  const everybody = async (side: Side): Promise<Tensor> => {
    const input = inputs[side];
    const means = await input.trainedTables(parameters, seen[side]);
    const p: Lookup = (name) => means.get(name) ?? parameters.get(name);
    const parts: Tensor[] = [];
    for (let from = 0; from < input.of.rows; from += CHUNK) {
      const some = Int32Array.from({ length: Math.min(CHUNK, input.of.rows - from) }, (_, k) => from + k);
      parts.push(keep(tidy(() => vectorsOf(p, input, LAYERS, some))));
    }
    dispose([...means.values()]);
    const out = keep(tidy(() => concat(parts, 0)));
    dispose(parts);
    return out;
  };
  const users = await everybody('user');
  const items = await everybody('item');
  const model = dotRecommender({
    U: train.U, I: train.I, items, owned: [users, items], onDispose,
    users: (list) => rows(users, tensor1d(list, 'int32')),
    // Somebody known by a history alone stands in the middle of its items.
    newcomer(history) {
      const own = history.filter((i) => i >= 0 && i < train.I);
      return own.length ? unitRows(mean(rows(items, tensor1d(own, 'int32')), 0, true)) : zeros([1, items.shape[1]!]);
    },
    newcomerBy: (history) => (history.length > 0 ? 'Nothing is known of somebody new but what they have: they stand in the middle of those items.' : 'Nothing is known of somebody new who has nothing: every item scores the same.'),
    save: () => modelState(parameters, epoch),
  });
  return {
    ...model,
    async scoreNewItem(item) {
      const row = await newItemRow(inputs.item, item, train.items, parameters.get, seen.item);
      const one = keep(tidy(() => towerOf(parameters.get, 'item', LAYERS, tensor2d(row, [1, row.length])))); // [1, D]
      const catalogue = (await model.vectors!()).items;
      const scores = newItemScores(Float32Array.from(await one.data()), catalogue, async (who, out) => {
        const s = tidy(() => matMul(rows(users, tensor1d(Int32Array.from(who), 'int32')) as never, one as never, false, true)); // [B, 1]
        out.set((await s.data()) as Float32Array);
        s.dispose();
      }, () => one.dispose());
      return { ...scores, placedBy: placeOfNewItem(inputs.item.of, item, train.items) };
    },
    explain(user, item) {
      const reasons = [placed(inputs.item, seen.item[item] === 1, `“${labelOf(train.items, item)}”`, 'had')];
      if (seen.user[user] === 0) reasons.push(placed(inputs.user, false, 'This user', 'played'));
      return reasons.map((text) => ({ text }));
    },
  };
}

/** What the vector of somebody or something comes from, in words. */
function placed(input: EntityInput, seen: boolean, who: string, verb: 'had' | 'played'): string {
  const { features, text, numeric } = input.of;
  const from = [...features.filter((f) => f.name !== 'id').map((f) => f.name), ...(text ? ['text'] : []), ...(numeric?.names ?? [])];
  const ids = features.some((f) => f.name === 'id');
  if (seen) return `${who} is placed by ${[...(ids ? ['its own plays'] : []), ...from].join(', ')}.`;
  const nobody = verb === 'had' ? `Nobody in training has had ${who}` : `${who} has no plays in training`;
  return from.length ? `${nobody}: it is placed by ${from.join(', ')}.` : `${nobody} and there is nothing else to go by: it stands at the average.`;
}
