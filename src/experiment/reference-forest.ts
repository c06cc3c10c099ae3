/** Trees and forest against scikit-learn on spotify_songs.csv: the popularity of a track from its audio features. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { createRandom } from '../core/random';
import { errorsOf, forestImportance, growForest, joined, permutationImportance, predict } from '../math/regression-forest';
import { growTree, impurityImportance, sortedRows } from '../math/regression-tree';
import { readJson, type Claim, type ClaimSource } from './reference-claim';
import { spreadOf } from './seeds';

interface Node { id: number; n: number; mean: number; variance: number; feature?: string; threshold?: number }
type Table = [string, number, number][];
interface Band { mean: Record<'rmse' | 'mae' | 'pearson_r', number>; impurity_importance_mean_sd: Table; permutation_importance_mean_sd: Table }
interface Reference {
  tree: { inputs: { columns: string[]; max_depth: number; min_samples_leaf: number }; expected: { nodes: Node[]; predictions: [number, number][]; impurity_importance: Record<string, number> } };
  forest: { inputs: { columns: string[]; train_rows: number; test_rows: number }; expected: Record<'all_features' | 'a_third_of_the_features', Band> };
}
interface Rows { x: Float32Array; columns: Float32Array[]; y: Float64Array }
type RowsOf = (keep: (n: number) => boolean) => Rows;

const source = 'shared/reference/tree.json';
const where = 'spotify_songs';
/** Importances scatter from forest to forest: one alone may put two neighbours the other way round. */
const SEEDS = [0, 1, 2, 3, 4];

/** Mean of several vectors of one length. */
const meanOf = (rows: readonly Float64Array[]): Float64Array => rows[0]!.map((_, f) => rows.reduce((s, r) => s + r[f]!, 0) / rows.length);

function table(shared: string, columns: string[]): RowsOf {
  const csv = strFromU8(unzipSync(readFileSync(path.join(shared, 'data/spotify_songs.csv.zip')))['spotify_songs.csv']!);
  const seen = new Set<string>();
  const tracks = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data.filter((r) => !seen.has(r['track_id']!) && seen.add(r['track_id']!));
  return (keep) => {
    const rows = tracks.filter((_, n) => keep(n));
    return {
      x: Float32Array.from(rows.flatMap((r) => columns.map((c) => Number(r[c])))),
      columns: columns.map((c) => Float32Array.from(rows, (r) => Number(r[c]))),
      y: Float64Array.from(rows, (r) => Number(r['track_popularity'])),
    };
  };
}

function treeClaims({ inputs, expected }: Reference['tree'], rowsOf: RowsOf): Claim[] {
  const { x, columns, y } = rowsOf((n) => n % 20 === 0);
  const t = growTree(columns, y, sortedRows(columns), null, { maxDepth: inputs.max_depth, minLeaf: inputs.min_samples_leaf, tries: columns.length });
  const p = new Float64Array(y.length);
  predict(joined([t], columns.length), x, p);
  const worst = (a: number[]): number => Math.max(...a);
  const importance = impurityImportance(t, columns.length);
  const claim = (what: string, ours: number, tolerance: number): Claim => ({ where, source, what: `one tree: ${what}`, published: 0, ours, tolerance });
  return [
    { where, source, what: 'one tree: nodes', published: expected.nodes.length, ours: t.feature.length, tolerance: 0 },
    claim('nodes of another feature or size', expected.nodes.filter((e) => t.count[e.id] !== e.n || inputs.columns[t.feature[e.id]!] !== e.feature).length, 0),
    claim('largest relative difference of a threshold', worst(expected.nodes.map((e) => (e.threshold === undefined ? 0 : Math.abs(t.threshold[e.id]! / e.threshold - 1)))), 1e-6),
    claim('largest difference of a mean', worst(expected.nodes.map((e) => Math.abs(t.mean[e.id]! - e.mean))), 1e-9),
    claim('largest difference of a prediction', worst(expected.predictions.map(([row, v]) => Math.abs(p[row / 20]! - v))), 1e-9),
    claim('largest difference of an importance', worst(inputs.columns.map((c, f) => Math.abs(importance[f]! - expected.impurity_importance[c]!))), 1e-9),
  ];
}

async function forestClaims({ inputs, expected }: Reference['forest'], rowsOf: RowsOf): Promise<Claim[]> {
  const train = rowsOf((n) => n % 5 === 0 && (n / 5) % 5 !== 0);
  const test = rowsOf((n) => n % 5 === 0 && (n / 5) % 5 === 0);
  const F = inputs.columns.length;
  const claims: Claim[] = [{ where, source, what: 'forest: rows', published: inputs.train_rows + inputs.test_rows, ours: train.y.length + test.y.length, tolerance: 0 }];
  for (const [name, tries] of [['all_features', F], ['a_third_of_the_features', Math.floor(F / 3)]] as const) {
    const { mean, impurity_importance_mean_sd: impurity, permutation_importance_mean_sd: permutation } = expected[name];
    const errors: Float64Array[] = [];
    const gains: Float64Array[] = [];
    const rises: Float64Array[] = [];
    for (const seed of SEEDS) {
      const began = performance.now();
      const forest = await growForest(train.columns, train.y, { trees: 100, maxDepth: Infinity, minLeaf: 1, tries }, createRandom(seed, 'forest'));
      const e = errorsOf(forest, test.x, test.y);
      errors.push(Float64Array.of(e.rmse, e.mae, e.r));
      gains.push(forestImportance(forest));
      rises.push(await permutationImportance(forest, test.x, test.y, 5, createRandom(seed, 'shuffle')));
      process.stderr.write(`Forest of 100 trees, ${name.replaceAll('_', ' ')}, seed ${seed}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    }
    const [rmse, mae, r] = meanOf(errors);
    const risen = meanOf(rises);
    const order = [...risen.keys()].sort((a, b) => risen[b]! - risen[a]!).map((f) => inputs.columns[f]!);
    const words = `forest, ${name.replaceAll('_', ' ')}`;
    const claim = (what: string, published: number, ours: number, tolerance: number): Claim => ({ where, source, what: `${words}: ${what}`, published, ours, tolerance });
    // Bands of mean ± 2 sd over seeds must overlap.
    const band = (list: Table, ours: Float64Array[], what: string): Claim[] => list.map(([c, m, sd]) => {
      const own = spreadOf(ours.map((v) => v[inputs.columns.indexOf(c)]!));
      return claim(`${what} ${c}`, m, own.mean, 2 * sd + 2 * own.sd);
    });
    claims.push(
      claim('RMSE', mean.rmse, rmse!, 0.12), claim('MAE', mean.mae, mae!, 0.12), claim('Pearson r', mean.pearson_r, r!, 0.015),
      ...[0, 1].map((k) => claim(`place ${k + 1} of permutation (${permutation[k]![0]})`, k, order.indexOf(permutation[k]![0]), 0)),
      ...band(permutation.slice(2), rises, 'permutation'), ...band(impurity, gains, 'impurity'),
    );
  }
  return claims;
}

export const forestSource: ClaimSource = {
  id: 'forest-spotify',
  title: 'Regression tree and forest on Spotify audio features, against scikit-learn',
  note: 'One tree node by node; forests of 100 trees, means over five seeds on both sides: RMSE and MAE ± .12, r ± .015, importances within two standard deviations of either side, the two most important features in the same places.',
  needs: ['reference/tree.json', 'data/spotify_songs.csv.zip'],
  async claims(shared) {
    const reference = readJson(shared, 'reference/tree.json') as Reference;
    const rowsOf = table(shared, reference.forest.inputs.columns);
    return [...treeClaims(reference.tree, rowsOf), ...(await forestClaims(reference.forest, rowsOf))];
  },
};
