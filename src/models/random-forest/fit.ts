/**
 * Random-forest ranker: score(u, i) = mean over trees of the share of plays among training examples that look like (u, i).
 * Features: features.ts. Examples and why nothing leaks into them: examples.ts.
 */
import { figure } from '../../core/figure';
import type { FitModule, ModelState, Recommender, TrainData } from '../../core/model';
import { createPhases } from '../../core/phases';
import { Problem } from '../../core/problem';
import { createPredictor } from '../../math/forest-predictor';
import { contributions, errorsOf, forestImportance, growForest, permutationImportance, type Errors, type Forest } from '../../math/regression-forest';
import { profileOf } from '../../math/train-matrix';
import { drawExamples, setAside } from './examples';
import { rankingFeatures, type Person, type RankingFeatures } from './features';
import type { params } from './params';

type Params = typeof params;
const REASONS = 4;
const SHUFFLES = 3;

/** How much each feature matters, and how well plays kept from the trees are told from items passed by. */
interface Measured {
  impurity: number[];
  /** Rise of RMSE on the plays set aside when the feature is shuffled. */
  permutation: number[];
  setAside: (Errors & { rows: number }) | null;
}

function recommender(forest: Forest, features: RankingFeatures, measured: Measured, train: TrainData): Recommender {
  const { I } = train;
  const { names } = features;
  const everything = Int32Array.from({ length: I }, (_, i) => i);
  const x = new Float32Array(I * names.length); // [I, F]
  const p = new Float64Array(I);
  const predictAll = createPredictor(forest);
  const scorePerson = (person: Person, out: Float32Array): void => {
    features.of(person)(everything, x);
    predictAll(x, p);
    out.set(p);
  };
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) scorePerson(features.person(users[b]!), out.subarray(b * I, (b + 1) * I));
    },
    foldIn(history) {
      const person = { user: -1, history: profileOf(history, I) };
      return { score: (out) => scorePerson(person, out) };
    },
    explain(user, item) {
      const row = new Float32Array(names.length);
      features.of(features.person(user))(Int32Array.of(item), row);
      const moved = contributions(forest, row);
      const total = moved.reduce((s, v) => s + Math.abs(v), 0);
      return [...moved.keys()].filter((f) => moved[f] !== 0).sort((a, b) => Math.abs(moved[b]!) - Math.abs(moved[a]!)).slice(0, REASONS).map((f) => ({
        text: `${names[f]!}: ${Number(row[f]!.toPrecision(3))}, ${moved[f]! > 0 ? 'raises' : 'lowers'} the score by ${figure(Math.abs(moved[f]!))} (${(100 * measured.impurity[f]!).toFixed(0)} % of what all splits gain)`,
        weight: moved[f]! / total,
      }));
    },
    save: () => ({
      version: 1,
      arrays: Object.fromEntries(ARRAYS.map((name) => [name, { shape: [forest[name].length], data: forest[name].slice() }])),
      meta: { features: names, ...measured },
    }),
  };
}

const ARRAYS = ['roots', 'feature', 'left', 'right', 'threshold', 'mean', 'variance', 'count'] as const;

function forestFrom({ arrays }: ModelState, features: number): Forest {
  const whole = (name: string): Int32Array => {
    const data = arrays[name]?.data;
    if (!(data instanceof Int32Array)) throw new Error(`A saved random forest needs an array "${name}" of int32.`);
    return data.slice();
  };
  const real = (name: string): Float64Array => {
    const data = arrays[name]?.data;
    if (!(data instanceof Float64Array)) throw new Error(`A saved random forest needs an array "${name}" of float64.`);
    return data.slice();
  };
  return {
    features, roots: whole('roots'), feature: whole('feature'), left: whole('left'), right: whole('right'),
    threshold: real('threshold'), mean: real('mean'), variance: real('variance'), count: real('count'),
  };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, text, params, random, report, signal }) {
    const phases = createPhases({ report, signal }, 'Random forest');
    if (train.user.length === 0) throw new Problem('There is no play to train on.', {}, 'Check the split and the cleaning.');
    const features = rankingFeatures(train, text);
    const F = features.names.length;
    const ask = { share: params.asked, plays: params.plays, negatives: params.negatives };
    const drawing = await phases.begin('Describing plays and items passed by', Math.min(ask.plays, Math.max(1, Math.round(ask.share * features.matrix.index.length))));
    const examples = await drawExamples(train, text, ask, random.stream('examples'), drawing);
    const { learn, check } = setAside(examples, F);
    // Too few to set any aside: then all are learned from, and nothing is claimed about unseen ones.
    const rows = learn.y.length > 0 ? learn : examples;
    const columns = Array.from({ length: F }, (_, f) => Float32Array.from(rows.y, (_y, r) => rows.x[r * F + f]!));
    const growing = await phases.begin('Growing trees', params.trees);
    const options = { trees: params.trees, maxDepth: params.depth, minLeaf: params.minLeaf, tries: Math.max(1, Math.round(params.share * F)) };
    const forest = await growForest(columns, rows.y, options, random.stream('forest'), growing);
    const measuring = await phases.begin('Measuring what matters', F);
    const measured: Measured = {
      impurity: [...forestImportance(forest)],
      permutation: check.y.length > 0 ? [...await permutationImportance(forest, check.x, check.y, SHUFFLES, random.stream('shuffle'), measuring)] : [],
      setAside: check.y.length > 0 ? { ...errorsOf(forest, check.x, check.y), rows: check.y.length } : null,
    };
    return recommender(forest, features, measured, train);
  },
  restore(state, { train, text }) {
    const features = rankingFeatures(train, text);
    const saved = state.meta['features'] as string[];
    if (JSON.stringify(saved) !== JSON.stringify(features.names)) {
      throw new Problem(`This forest was grown on other features (${saved.join(', ')}) than there are now (${features.names.join(', ')}).`, {}, 'Choose the text column and the data it was trained with, or train again.');
    }
    const { impurity, permutation, setAside: errors } = state.meta as unknown as Measured;
    return recommender(forestFrom(state, features.names.length), features, { impurity, permutation, setAside: errors }, train);
  },
};
