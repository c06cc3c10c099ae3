/** Trains AutoRec (Sedhain et al. 2015). Equations, deviations and reference numbers: README.md beside this file. */
import { dotRecommender } from '../../compute/dot-recommender';
import { modelState, randomOf, resumeFrom, runEpochs, shuffledBatches, weightsOf } from '../../compute/epoch-loop';
import { meanValues, oneRow, rowsOf } from '../../compute/history-rows';
import { denseOf } from '../../compute/kernels/sparse-rows';
import { rows as rowsByIndex, type SparseRows } from '../../compute/layers';
import { Parameters } from '../../compute/parameters';
import { StartValues } from '../../compute/start-values';
import { concat, keep, reshape, sigmoid, tensor1d, tensor2d, tidy, transpose, type Tensor } from '../../compute/tensors';
import type { FitContext, ModelState, Recommender, TrainData } from '../../core/model';
import { Problem } from '../../core/problem';
import { transpose as transposed, type Csr } from '../../math/csr';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { AutoRecParams } from './index';
import { autoRecLoss, hiddenOf, type AutoRecLoss } from './network';

type Context = FitContext<AutoRecParams>;
/** Item rows scored at once. */
const CHUNK = 1024;

/** What one network input is made of: rows of users over items, or of items over users. */
function inputs(train: TrainData, p: AutoRecParams): Csr {
  let x: Csr;
  if (p.feedback === 'plays') x = trainMatrix(train);
  else {
    if (!train.value) throw new Problem('These interactions carry no ratings.', {}, 'Choose "played or not", or data with a rating column.');
    x = meanValues(train, train.value);
    const largest = x.value.reduce((m, v) => Math.max(m, v), 0);
    if (p.output === 'sigmoid' && largest > 0) for (let e = 0; e < x.value.length; e++) x.value[e]! /= largest;
  }
  return p.side === 'user' ? x : transposed(x);
}

const lossOf = (p: AutoRecParams): AutoRecLoss => ({ output: p.output, reduction: p.feedback === 'plays' ? 'rows' : 'observed entries', weightDecay: p.weightDecay });

/** 1 where a row has an entry, also where its value is 0. */
const maskOf = (r: SparseRows): Tensor => tensor2d(denseOf({ ...r, value: new Float32Array(r.index.length).fill(1) }), [r.start.length - 1, r.columns]);

/** @throws Problem when there is no play to train on, or ratings are asked for and there are none, or the loss diverges; the signal’s reason on cancel */
export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params } = ctx;
  const random = randomOf(ctx);
  const x = inputs(train, params);
  const used = Int32Array.from({ length: x.rows }, (_, r) => r).filter((r) => x.start[r + 1]! > x.start[r]!);
  if (!used.length) throw new Problem('There is no play to train on.', {}, 'Check the split: users need train interactions.');
  const start = new StartValues(random.stream('weights')).linear('1', x.cols, params.hidden).linear('2', params.hidden, x.cols).weights;
  const weights = Object.fromEntries(Object.entries(start).map(([name, w]) => [name.replace(/(\d)\.(W|b)/, '$2$1'), w]));
  const parameters = new Parameters(weights, { learningRate: params.learningRate });
  const done = resumeFrom(parameters, ctx.resume);
  const loss = lossOf(params);
  return runEpochs({
    ctx, random, done, epochs: params.epochs, parameters,
    batches: (draw) => shuffledBatches(used, params.batch, draw),
    step(some) {
      const r = rowsOf(x, some);
      const dense = tensor2d(denseOf(r), [some.length, x.cols]);
      const mask = params.feedback === 'ratings' ? maskOf(r) : null;
      try {
        return parameters.step((p) => autoRecLoss(p, r, dense, mask, loss).loss);
      } finally {
        dense.dispose();
        mask?.dispose();
      }
    },
    model: (epoch, onDispose) => recommender(parameters, x, params, epoch, onDispose),
    dispose: () => parameters.dispose(),
  });
}

export function restore(state: ModelState, { train, params }: Pick<Context, 'train' | 'params'>): Recommender {
  const { weights, epoch } = weightsOf(state);
  const parameters = new Parameters(weights);
  return recommender(parameters, inputs(train, params), params, epoch, () => parameters.dispose());
}

function recommender(parameters: Parameters, x: Csr, params: AutoRecParams, epoch: number, onDispose?: () => void): Recommender {
  const p = parameters.get;
  const common = { ...(params.output === 'sigmoid' ? { finish: sigmoid as (t: Tensor) => Tensor } : {}), save: () => modelState(parameters, epoch), onDispose };
  if (params.side === 'user') {
    return dotRecommender({
      ...common, U: x.rows, I: x.cols, items: p('W2'), itemsByColumn: true, bias: p('b2'),
      users: (list) => hiddenOf(p, rowsOf(x, list)),
      ...(params.feedback === 'plays' ? { newcomer: (history: Int32Array) => hiddenOf(p, oneRow(profileOf([...history], x.cols), x.cols, 1)) } : {}),
    });
  }
  // Items are rows: every item's hidden layer once, with a 1 for the bias, and a column of W₂ and b₂ per user.
  const [items, users] = tidy(() => {
    const parts: Tensor[] = [];
    for (let from = 0; from < x.rows; from += CHUNK) parts.push(hiddenOf(p, rowsOf(x, Int32Array.from({ length: Math.min(CHUNK, x.rows - from) }, (_, k) => from + k))));
    const hidden = concat(parts, 0); // [I, H]
    return [keep(concat([hidden, reshape(onesLike(x.rows), [-1, 1])], 1)), keep(concat([transpose(p('W2')), reshape(p('b2'), [-1, 1])], 1))];
  }) as [Tensor, Tensor];
  return dotRecommender({ ...common, U: x.cols, I: x.rows, items, users: (list) => rowsByIndex(users, tensor1d(list, 'int32')), owned: [items, users] });
}

const onesLike = (n: number): Tensor => tensor1d(new Float32Array(n).fill(1));
