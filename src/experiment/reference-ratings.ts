/** Rating prediction on the published folds of MovieLens 100K against Surprise. */
import { rowOf } from '../analysis/claims';
import { ratingsTable } from '../analysis/claims-ratings';
import type { ModelState, TrainData } from '../core/model';
import { parseParams } from '../core/params';
import { createRandom } from '../core/random';
import { overFolds, type RatingRun } from '../core/rating-run';
import { ratingMatrix } from '../math/rating-matrix';
import { ratingErrors } from '../metrics/rating-errors';
import { cardOf } from '../models/catalogue';
import { foldData } from './ratings/fold-data';
import { foldsOf } from './ratings/folds';
import { numpyRandom } from './ratings/numpy-start';
import { rate } from './ratings/rate';
import { openData, readJson, type Claim, type ClaimSource } from './reference-claim';
import { spreadOf, spreadWords } from './seeds';

const SOURCE = 'shared/reference/ml100k.json';
const COLD = { kind: 'share', share: 0.8 } as const;

interface Published { seeds: number; rmse: { per_fold: number[]; mean_of_folds: number }; mae: { per_fold: number[]; mean_of_folds: number } }
interface Row { name: string; model: string; params: Record<string, unknown>; tolerance: number; onMean: number }

/** Settings as in the page's table; tolerances are of this finer comparison. */
const row = (name: string, tolerance = 0.0005, onMean = tolerance): Row => {
  const { model, params } = rowOf(ratingsTable, name);
  return { name, model, params, tolerance, onMean };
};
/** No chance in them: one run each. */
const exact: Row[] = ratingsTable.rows.filter((r) => r.seeds.length === 1).map((r) => row(r.id));
/** Factors from Surprise's own start, seed by seed. */
const sameStart: Row[] = [row('SVD', 0.002, 0.001), { ...row('SVD', 0.002, 0.001), name: 'SVD_without_biases', params: { ...row('SVD').params, biased: false } }, row('NMF', 0.005)];
/** From our own random numbers: means over as many runs as make the spread small beside the tolerance. */
const ownStart: (Row & { runs: number; perFold: boolean })[] = [
  { ...row('SVD', 0.002, 0.001), runs: 3, perFold: false },
  { ...row('CoClustering', 0.01), runs: 10, perFold: true },
  { ...row('NormalPredictor', 0.02), runs: 3, perFold: true },
];

/** p, then q, drawn as Surprise does: items numbered by first appearance, read user by user. */
function surpriseStart(train: TrainData, factors: number, seed: number, kind: 'normal' | 'uniform'): ModelState {
  const m = ratingMatrix(train);
  const random = numpyRandom(seed);
  const draw = (): number => (kind === 'normal' ? 0.1 * random.normal() : random.double());
  const [p, q] = [new Float64Array(m.U * factors), new Float64Array(m.I * factors)];
  for (let u = 0; u < m.U; u++) if (m.users.start[u + 1]! > m.users.start[u]!) for (let d = 0; d < factors; d++) p[u * factors + d] = draw();
  for (const i of new Set(m.users.other)) for (let d = 0; d < factors; d++) q[i * factors + d] = draw();
  const array = (data: Float64Array, ...shape: number[]) => ({ shape, data });
  return { version: 1, arrays: { bu: array(new Float64Array(m.U), m.U), bi: array(new Float64Array(m.I), m.I), p: array(p, m.U, factors), q: array(q, m.I, factors) }, meta: { epoch: 0 } };
}

const meanOf = (xs: readonly number[]): number => xs.reduce((s, x) => s + x, 0) / xs.length;

/** One line per fold, and the mean over folds, for RMSE and MAE. */
function lines(r: Row, published: Published, rmse: readonly number[], mae: readonly number[], note = '', spread?: string, perFold = true): Claim[] {
  const claim = (what: string, theirs: number, ours: number, tolerance: number): Claim => ({ where: 'ML-100K, u1-u5', what: `${r.name}${note}: ${what}`, source: SOURCE, published: theirs, ours, tolerance, ...(spread ? { spread } : {}) });
  return [
    ...(perFold ? rmse.map((x, k) => claim(`RMSE, u${k + 1}`, published.rmse.per_fold[k]!, x, r.tolerance)) : []),
    claim('RMSE, mean of folds', published.rmse.mean_of_folds, meanOf(rmse), r.onMean),
    claim('MAE, mean of folds', published.mae.mean_of_folds, meanOf(mae), r.onMean),
  ];
}

export const ratingsMl100k: ClaimSource = {
  id: 'ratings-ml100k',
  title: 'Rating prediction on MovieLens 100K, published folds u1 to u5, against Surprise',
  note:
    'Settings are Surprise’s usual ones. Models with chance in them: “same start” begins at the very numbers Surprise draws for seeds 0 to 2 and is compared fold by fold; ' +
    '“own starts” is the mean over runs from our own generator (its single folds scatter by about .002 for SVD on either side).',
  needs: ['reference/ml100k.json', 'data/ml-100k.zip'],
  async claims(shared) {
    const { expected } = readJson(shared, 'reference/ml100k.json') as { expected: Record<string, Published> };
    const data = await openData(shared, 'data/ml-100k.zip');
    const claims: Claim[] = [];
    const measured = async (r: Row, seed: number): Promise<RatingRun> => {
      const run = await rate({ runId: 'reference', name: r.name, data, card: cardOf(r.model), params: r.params, folds: { kind: 'published' }, cold: COLD, seed, build: 'reference' });
      process.stderr.write(`${r.name}, seed ${seed}: RMSE ${overFolds(run.folds, 'all', 'rmse').mean!.toFixed(4)}, fit ${meanOf(run.folds.map((f) => f.seconds.fit)).toFixed(2)} s a fold\n`);
      return run;
    };
    const each = (run: RatingRun, measure: 'rmse' | 'mae'): number[] => run.folds.map((f) => f.slices.all[measure]!);

    for (const r of exact) {
      const run = await measured(r, 0);
      claims.push(...lines(r, expected[r.name]!, each(run, 'rmse'), each(run, 'mae')));
    }
    const folds = foldsOf(data, { kind: 'published' });
    for (const r of sameStart) {
      const card = cardOf(r.model);
      const params = parseParams(card.params, r.params);
      const published = expected[r.name]!;
      const [rmse, mae] = [Array.from({ length: folds.count }, () => 0), Array.from({ length: folds.count }, () => 0)];
      for (let fold = 0; fold < folds.count; fold++) {
        const part = foldData(data, folds, fold, COLD);
        for (let seed = 0; seed < published.seeds; seed++) {
          const resume = surpriseStart(part.train, Number(params['factors']), seed, r.model === 'svd' ? 'normal' : 'uniform');
          const model = await (await card.load()).fit({ train: part.train, text: null, params, random: createRandom(0), signal: new AbortController().signal, report: async () => 'continue', resume });
          const predicted = new Float64Array(part.truth.length);
          await model.predict!(part.user, part.item, predicted);
          const e = ratingErrors(part.truth, predicted);
          rmse[fold]! += e.rmse! / published.seeds;
          mae[fold]! += e.mae! / published.seeds;
        }
      }
      process.stderr.write(`${r.name}, same start: RMSE ${meanOf(rmse).toFixed(4)}\n`);
      claims.push(...lines(r, published, rmse, mae, ', same start'));
    }
    for (const r of ownStart) {
      const runs: RatingRun[] = [];
      for (let seed = 0; seed < r.runs; seed++) runs.push(await measured(r, seed));
      const over = (measure: 'rmse' | 'mae'): number[] => Array.from({ length: folds.count }, (_, k) => meanOf(runs.map((run) => each(run, measure)[k]!)));
      const spread = spreadOf(runs.map((run) => overFolds(run.folds, 'all', 'rmse').mean!));
      claims.push(...lines(r, expected[r.name]!, over('rmse'), over('mae'), `, own starts, ${r.runs} runs`, `ours ${spreadWords(spread)}`, r.perFold));
    }
    return claims;
  },
};
