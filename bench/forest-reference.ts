/**
 * Measures trees and forest against scikit-learn on spotify_songs.csv and exits non-zero on a miss.
 *   node scripts/run-ts.mjs bench/forest-reference.ts [seeds = 1]
 * Files are read from ../shared; without them it says so and exits 0.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { createRandom } from '../src/core/random';
import { errorsOf, forestImportance, growForest, joined, permutationImportance, predict } from '../src/math/regression-forest';
import { growTree, impurityImportance, sortedRows } from '../src/math/regression-tree';
import { isHit, printClaims, type Claim } from './classical/claims';

declare const __COLDWAVE_ROOT__: string;
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');
const [referenceFile, dataFile] = [path.join(shared, 'reference/tree.json'), path.join(shared, 'data/spotify_songs.csv.zip')];

interface Node { id: number; n: number; mean: number; variance: number; feature?: string; threshold?: number }
type Table = [string, number, number][];
interface Band { mean: Record<'rmse' | 'mae' | 'pearson_r', number>; impurity_importance_mean_sd: Table; permutation_importance_mean_sd: Table }
interface Reference {
  tree: { inputs: { columns: string[]; max_depth: number; min_samples_leaf: number }; expected: { nodes: Node[]; predictions: [number, number][]; impurity_importance: Record<string, number> } };
  forest: { inputs: { columns: string[]; train_rows: number; test_rows: number }; expected: Record<'all_features' | 'a_third_of_the_features', Band> };
}
interface Rows { x: Float32Array; columns: Float32Array[]; y: Float64Array }

const source = 'tree.json';
let misses = 0;
function show(title: string, seconds: string, claims: Claim[]): void {
  printClaims(title, seconds, claims);
  misses += claims.filter((c) => !isHit(c)).length;
}

function table(columns: string[]): (keep: (n: number) => boolean) => Rows {
  const csv = strFromU8(unzipSync(readFileSync(dataFile))['spotify_songs.csv']!);
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

function checkTree({ inputs, expected }: Reference['tree'], rowsOf: ReturnType<typeof table>): void {
  const { x, columns, y } = rowsOf((n) => n % 20 === 0);
  const t = growTree(columns, y, sortedRows(columns), null, { maxDepth: inputs.max_depth, minLeaf: inputs.min_samples_leaf, tries: columns.length });
  const p = new Float64Array(y.length);
  predict(joined([t], columns.length), x, p);
  const worst = (a: number[]): number => Math.max(...a);
  const importance = impurityImportance(t, columns.length);
  const claim = (what: string, ours: number, tolerance: number): Claim => ({ source, what, expected: 0, ours, tolerance });
  show('One tree', '', [
    { source, what: 'nodes', expected: expected.nodes.length, ours: t.feature.length, tolerance: 0 },
    claim('nodes of another feature or size', expected.nodes.filter((e) => t.count[e.id] !== e.n || inputs.columns[t.feature[e.id]!] !== e.feature).length, 0),
    claim('largest relative difference of a threshold', worst(expected.nodes.map((e) => (e.threshold === undefined ? 0 : Math.abs(t.threshold[e.id]! / e.threshold - 1)))), 1e-6),
    claim('largest difference of a mean', worst(expected.nodes.map((e) => Math.abs(t.mean[e.id]! - e.mean))), 1e-9),
    claim('largest difference of a prediction', worst(expected.predictions.map(([row, v]) => Math.abs(p[row / 20]! - v))), 1e-9),
    claim('largest difference of an importance', worst(inputs.columns.map((c, f) => Math.abs(importance[f]! - expected.impurity_importance[c]!))), 1e-9),
  ]);
}

/** Mean of several vectors of one length. */
const meansOf = (rows: Float64Array[]): Float64Array => rows[0]!.map((_, f) => rows.reduce((s, r) => s + r[f]!, 0) / rows.length);

async function checkForest({ inputs, expected }: Reference['forest'], rowsOf: ReturnType<typeof table>, seeds: number): Promise<void> {
  const train = rowsOf((n) => n % 5 === 0 && (n / 5) % 5 !== 0);
  const test = rowsOf((n) => n % 5 === 0 && (n / 5) % 5 === 0);
  const F = inputs.columns.length;
  for (const [name, tries] of [['all_features', F], ['a_third_of_the_features', Math.floor(F / 3)]] as const) {
    const { mean, impurity_importance_mean_sd: impurity, permutation_importance_mean_sd: permutation } = expected[name];
    const sums = { rmse: 0, mae: 0, r: 0 };
    const [gains, rises]: [Float64Array[], Float64Array[]] = [[], []];
    let seconds = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const began = performance.now();
      const forest = await growForest(train.columns, train.y, { trees: 100, maxDepth: Infinity, minLeaf: 1, tries }, createRandom(seed, 'forest'));
      seconds += (performance.now() - began) / 1000;
      const e = errorsOf(forest, test.x, test.y);
      for (const k of ['rmse', 'mae', 'r'] as const) sums[k] += e[k] / seeds;
      gains.push(forestImportance(forest));
      rises.push(await permutationImportance(forest, test.x, test.y, 5, createRandom(seed, 'shuffle')));
    }
    const one = seeds < 5;
    const risen = meansOf(rises);
    const order = [...risen.keys()].sort((a, b) => risen[b]! - risen[a]!).map((f) => inputs.columns[f]!);
    // Bands of mean ± 2 sd over seeds must overlap; one seed alone has no sd of its own, so the reference's stands in.
    const band = (list: Table, ours: Float64Array[], what: string): Claim[] => list.map(([c, m, sd]) => {
      const own = ours.map((v) => v[inputs.columns.indexOf(c)]!);
      const mean = own.reduce((s, v) => s + v, 0) / seeds;
      const ownSd = one ? sd : Math.sqrt(own.reduce((s, v) => s + (v - mean) ** 2, 0) / (seeds - 1));
      return { source, what: `${what} ${c}`, expected: m, ours: mean, tolerance: 2 * sd + 2 * ownSd };
    });
    show(`Forest of 100 trees, ${name.replaceAll('_', ' ')}, ${seeds} seed${one ? '' : 's'}`, `${(seconds / seeds).toFixed(1)} s a forest`, [
      { source, what: 'rows', expected: inputs.train_rows + inputs.test_rows, ours: train.y.length + test.y.length, tolerance: 0 },
      { source, what: 'RMSE', expected: mean.rmse, ours: sums.rmse, tolerance: one ? 0.25 : 0.12 },
      { source, what: 'MAE', expected: mean.mae, ours: sums.mae, tolerance: one ? 0.25 : 0.12 },
      { source, what: 'Pearson r', expected: mean.pearson_r, ours: sums.r, tolerance: one ? 0.03 : 0.015 },
      ...[0, 1].map((k) => ({ source, what: `place ${k + 1} of permutation (${permutation[k]![0]})`, expected: k, ours: order.indexOf(permutation[k]![0]), tolerance: 0 })),
      ...band(permutation.slice(2), rises, 'permutation'),
      ...band(impurity, gains, 'impurity'),
    ]);
  }
}

if (!existsSync(referenceFile) || !existsSync(dataFile)) {
  console.log('../shared is not there: nothing was checked.');
} else {
  const reference = JSON.parse(readFileSync(referenceFile, 'utf8')) as Reference;
  const rowsOf = table(reference.forest.inputs.columns);
  checkTree(reference.tree, rowsOf);
  await checkForest(reference.forest, rowsOf, Math.max(1, Number(process.argv[2] ?? 1)));
  console.log(misses === 0 ? 'Every figure is hit.' : `${misses} figures are missed.`);
}
process.exit(misses === 0 ? 0 : 1);
