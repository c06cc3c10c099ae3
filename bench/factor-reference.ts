/**
 * ALS, iALS and LightFM against figures from elsewhere: means over several seeds, so minutes rather than seconds.
 *   node scripts/run-ts.mjs bench/factor-reference.ts [hetrec] [ml100k] [lightfm] [ncf]
 * Prints source, expected, ours, difference and verdict; exits 1 on a miss. Reads ../shared; a part without its files is skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { DataSet } from '../src/core/dataset';
import type { Evaluation } from '../src/core/metric';
import type { Recommender, TrainData } from '../src/core/model';
import { parseParams } from '../src/core/params';
import { createRandom } from '../src/core/random';
import { DEFAULT_SPLIT, type SplitProtocol } from '../src/core/split';
import { clean } from '../src/data/clean/clean';
import { load } from '../src/data/load';
import { runExperiment } from '../src/experiment/experiment';
import { alignedRows } from '../src/experiment/result-table';
import { csrFromTriplets } from '../src/math/csr';
import { scoreRows } from '../src/math/factor-scores';
import { cardOf } from '../src/models/catalogue';
import { Stepper, type Model } from '../src/models/lightfm/steps';
import type { SideWeights } from '../src/models/lightfm/weights';
import { NumpyRandom } from './numpy-random';

declare const __COLDWAVE_ROOT__: string;
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');
const at = (file: string): string => path.join(shared, file);
const json = (file: string): unknown => JSON.parse(readFileSync(at(file), 'utf8'));

interface Row { source: string; what: string; expected: number; ours: number; allowed: number }
const mean = (x: number[]): number => x.reduce((s, v) => s + v, 0) / x.length;
const say = (text: string): void => console.error(text);

/** Of LightFM, as in lightfm.json. */
const SEEDS = 5;

/** Means over seeds of one model in one full-ranking table of hetrec.json. */
type Slices = Record<'all' | 'warm' | 'cold', Record<string, number | { mean: number }>>;
async function fullRanking(where: string, data: DataSet, protocol: SplitProtocol, model: string, params: Record<string, unknown>, expected: Slices, seeds: number): Promise<Row[]> {
  const runs: Evaluation[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const { record, recommender } = await runExperiment({
      runId: 'reference', name: model, data, card: cardOf(model), params, text: null, seed, patience: 0, selection: 'validation',
      maskValidation: true, backend: 'typescript', build: 'reference', split: { ...DEFAULT_SPLIT, protocol, validation: false },
    }, { checkpoints: false });
    recommender.dispose?.();
    runs.push(record.test);
    say(`${where}, ${model}, seed ${seed}: ${record.seconds.fit.toFixed(1)} s`);
  }
  return (['all', 'warm', 'cold'] as const).flatMap((slice) => ['HR@10', 'NDCG@10'].map((metric): Row => {
    const target = expected[slice][metric === 'HR@10' ? 'hr10' : 'ndcg10']!;
    return {
      source: 'hetrec.json', what: `${where}, ${model}${'loss' in params ? ' (BPR-MF)' : ''}, ${slice}: ${metric}`,
      expected: typeof target === 'number' ? target : target.mean,
      ours: mean(runs.map((r) => r[slice].metrics[metric]?.value ?? NaN)), allowed: slice === 'all' ? 0.01 : 0.015,
    };
  }));
}
const ALS = { factors: 64, alpha: 10, lambda: 0.1, epochs: 15, solver: 'cholesky' };
const open = async (file: string): Promise<DataSet> => (await load({ files: [new File([readFileSync(at(file))], path.basename(file))] })).raw;

async function tables(which: 'lastfm' | 'ml100k'): Promise<Row[]> {
  const { results } = (json('reference/hetrec.json') as Record<string, { results: Record<string, Slices> }>)[which]!;
  const bprMf = cardOf('lightfm').presets.find((p) => p.id === 'bpr-mf')!.params;
  const data = which === 'lastfm' ? clean(await open('data/hetrec2011-lastfm-2k.zip'), [{ kind: 'core', k: 5 }]).data : await open('data/ml-100k.zip');
  const where = which === 'lastfm' ? 'HetRec 5-core' : 'ML-100K';
  const protocol = which === 'lastfm' ? 'hash' : 'last';
  return [
    ...(await fullRanking(where, data, protocol, 'als', ALS, results['als']!, 3)),
    ...(await fullRanking(where, data, protocol, 'lightfm', bprMf, results['bpr_mf']!, 3)),
  ];
}

/** Pairs by index, without columns. */
function trainOf(U: number, I: number, pairs: [number, number][]): TrainData {
  const rows = pairs.map((p, k) => [...p, k] as const).sort((a, b) => a[0] - b[0] || a[2] - b[2]);
  const userStart = new Int32Array(U + 1);
  const itemDegree = new Int32Array(I);
  for (const [u, i] of pairs) {
    userStart[u + 1]!++;
    itemDegree[i]!++;
  }
  for (let u = 0; u < U; u++) userStart[u + 1]! += userStart[u]!;
  const table = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });
  return {
    U, I, user: Int32Array.from(rows, (r) => r[0]), item: Int32Array.from(rows, (r) => r[1]), time: null, value: null,
    userStart, itemDegree, users: table(U), items: table(I), validationItem: new Int32Array(U).fill(-1),
  };
}
async function fitted(model: string, params: Record<string, unknown>, train: TrainData, seed: number): Promise<Recommender> {
  const card = cardOf(model);
  const began = performance.now();
  const result = await (await card.load()).fit({
    train, text: null, params: parseParams(card.params, params), random: createRandom(seed, 'fit'), signal: new AbortController().signal, report: async () => 'continue',
  });
  say(`${model} ${JSON.stringify(params)}, seed ${seed}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
const members = (zip: string): ((name: string) => string) => {
  const files = unzipSync(readFileSync(at(zip)));
  return (name) => new TextDecoder().decode(files[Object.keys(files).find((f) => f === name || f.endsWith(`/${name}`))!]);
};

/**
 * Precision at 10 and AUC as the library defines them: all I items compete unless `excluded`; ties against the positives.
 * AUC: share of (positive, other item) pairs in the right order, mean over users with a positive.
 */
async function libraryMeasures(model: Pick<Recommender, 'score'>, U: number, I: number, wanted: Set<number>[], excluded: Set<number>[] | null): Promise<{ p10: number; auc: number }> {
  const out = new Float32Array(I);
  const p10: number[] = [];
  const auc: number[] = [];
  for (let u = 0; u < U; u++) {
    if (wanted[u]!.size === 0) continue;
    await model.score(Int32Array.of(u), out);
    const rivals = Array.from({ length: I }, (_, i) => i).filter((i) => !wanted[u]!.has(i) && !excluded?.[u]!.has(i)).map((i) => out[i]!).sort((a, b) => b - a);
    const own = [...wanted[u]!].map((i) => out[i]!).sort((a, b) => b - a);
    let above = 0;
    let hits = 0;
    let right = 0;
    own.forEach((s, k) => {
      while (above < rivals.length && rivals[above]! >= s) above++;
      if (above + k < 10) hits++;
      right += 1 - above / rivals.length;
    });
    p10.push(hits / 10);
    auc.push(right / own.length);
  }
  return { p10: mean(p10), auc: mean(auc) };
}

/** Ten logistic epochs with the library's own start and order, seed by seed: its figures then come out exactly. */
function logisticWithLibraryDraws(pairs: [number, number][], U: number, I: number, d: number, seed: number): Pick<Recommender, 'score'> {
  const random = new NumpyRandom(seed);
  const side = (n: number): SideWeights => ({
    embedding: Float64Array.from({ length: n * d }, () => Math.fround((random.next() - 0.5) / d)), bias: new Float64Array(n),
    embeddingSquares: new Float64Array(n * d).fill(1), biasSquares: new Float64Array(n).fill(1),
  });
  const identity = (n: number) => csrFromTriplets(n, n, Array.from({ length: n }, (_, k) => k), Array.from({ length: n }, (_, k) => k), null);
  const items = side(I);
  const model: Model = { d, userRows: identity(U), itemRows: identity(I), users: side(U), items };
  const step = new Stepper(model, { learningRate: 0.05, adagrad: true, regularisation: 0 });
  for (let epoch = 0; epoch < 10; epoch++) {
    for (const n of random.shuffle(Int32Array.from(pairs, (_, k) => k))) {
      const [u, i] = pairs[n]!;
      step.logistic(u, i, step.meet(u, i), 1);
    }
  }
  return { score: (users, out) => scoreRows(model.users.embedding, users, items.embedding, d, out, items.bias) };
}

async function lightFm(): Promise<Row[]> {
  const text = members('data/ml-100k.zip');
  const pairs = (name: string): [number, number][] => text(name).split('\n').filter(Boolean).map((line) => line.split('\t').map((x) => Number(x) - 1) as [number, number]);
  const [U, I] = [943, 1682];
  const sets = (list: [number, number][]): Set<number>[] => {
    const out = Array.from({ length: U }, () => new Set<number>());
    for (const [u, i] of list) out[u]!.add(i);
    return out;
  };
  const base = pairs('ua.base');
  const train = trainOf(U, I, base);
  const known = sets(base);
  const test = sets(pairs('ua.test'));
  const { expected } = (json('reference/lightfm.json') as { ml100k: { expected: Record<string, Record<string, { mean: number; sd: number }>> } }).ml100k;
  const rows: Row[] = [];
  for (const loss of ['bpr', 'warp', 'logistic']) {
    for (const factors of [10, 30]) {
      const runs: Record<string, number>[] = [];
      for (let seed = 0; seed < SEEDS; seed++) {
        const model = await fitted('lightfm', { loss, factors, epochs: 10, learningRate: 0.05, itemFeatures: '', userFeatures: '' }, train, seed);
        const onTrain = await libraryMeasures(model, U, I, known, null);
        const onTest = await libraryMeasures(model, U, I, test, null);
        const honest = await libraryMeasures(model, U, I, test, known);
        runs.push({
          p10_train: onTrain.p10, p10_test: onTest.p10, p10_test_train_excluded: honest.p10,
          auc_train: onTrain.auc, auc_test: onTest.auc, auc_test_train_excluded: honest.auc,
        });
      }
      for (const key of Object.keys(runs[0]!)) {
        const { mean: target, sd } = expected[`${loss}_${factors}`]![key]!;
        // Five seeds there, five here: .01, or three standard errors of the difference where seeds scatter more than that.
        rows.push({ source: 'lightfm.json', what: `ML-100K ua, ${loss} ${factors}: ${key}`, expected: target, ours: mean(runs.map((r) => r[key]!)), allowed: Math.max(0.01, 3 * sd * Math.sqrt(2 / SEEDS)) });
      }
      if (loss !== 'logistic') continue;
      const drawn = await Promise.all(Array.from({ length: SEEDS }, async (_, seed) => libraryMeasures(logisticWithLibraryDraws(base, U, I, factors, seed), U, I, known, null)));
      rows.push({ source: 'lightfm.json', what: `ML-100K ua, ${loss} ${factors}, the library's draws: p10_train`, expected: expected[`${loss}_${factors}`]!['p10_train']!.mean, ours: mean(drawn.map((m) => m.p10)), allowed: 0.0005 });
    }
  }
  return rows;
}

/** MovieLens 1M, one held-out item per user against 99 listed negatives; ties against it. */
async function ncf(): Promise<Row[]> {
  const text = members('data/ncf-ml-1m.zip');
  const pairs = text('ml-1m.train.reconstructed.tsv').split('\n').filter((l) => /^\d/.test(l)).map((l) => l.split('\t').slice(0, 2).map(Number) as [number, number]);
  const listed = text('ml-1m.test.negative').split('\n').filter(Boolean).map((l) => {
    const [head, ...rest] = l.split('\t');
    const [u, target] = head!.replace(/[()]/g, '').split(',').map(Number) as [number, number];
    return { u, target, others: [...new Set(rest.map(Number))].filter((i) => i !== target) };
  });
  const I = 3706;
  const model = await fitted('ials', cardOf('ials').presets.find((p) => p.id === 'published-ml1m')!.params, trainOf(listed.length, I, pairs), 0);
  const out = new Float32Array(I);
  let hits = 0;
  let gain = 0;
  for (const { u, target, others } of listed) {
    await model.score(Int32Array.of(u), out);
    const rank = 1 + others.filter((i) => out[i]! >= out[target]!).length;
    if (rank <= 10) {
      hits++;
      gain += 1 / Math.log2(rank + 1);
    }
  }
  const source = 'REFERENCE 3A (irspack)';
  return [
    { source, what: 'NCF ML-1M, iALS d 192: HR@10', expected: 0.731, ours: hits / listed.length, allowed: 0.01 },
    { source, what: 'NCF ML-1M, iALS d 192: NDCG@10', expected: 0.4521, ours: gain / listed.length, allowed: 0.01 },
  ];
}

const parts: Record<string, { needs: string[]; rows(): Promise<Row[]> }> = {
  hetrec: { needs: ['reference/hetrec.json', 'data/hetrec2011-lastfm-2k.zip'], rows: () => tables('lastfm') },
  ml100k: { needs: ['reference/hetrec.json', 'data/ml-100k.zip'], rows: () => tables('ml100k') },
  lightfm: { needs: ['reference/lightfm.json', 'data/ml-100k.zip'], rows: lightFm },
  ncf: { needs: ['data/ncf-ml-1m.zip'], rows: ncf },
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length) throw new Error(`There is no part "${unknown.join(', ')}". There are: ${Object.keys(parts).join(', ')}.`);
let missed = 0;
for (const name of asked.length ? asked : Object.keys(parts)) {
  const { needs, rows } = parts[name]!;
  const absent = needs.filter((f) => !existsSync(at(f)));
  if (absent.length) {
    console.log(`${name}: skipped, because ../shared/${absent.join(' and ../shared/')} is not there.\n`);
    continue;
  }
  const found = await rows();
  const hit = (r: Row): boolean => Math.abs(r.ours - r.expected) <= r.allowed;
  missed += found.filter((r) => !hit(r)).length;
  console.log(`${alignedRows([['source', 'figure', 'expected', 'ours', 'difference', 'verdict'], ...found.map((r) => [r.source, r.what, r.expected.toFixed(4), r.ours.toFixed(4), (r.ours - r.expected).toFixed(4), hit(r) ? 'hit' : `MISS (allowed ${r.allowed})`])])}\n`);
}
console.log(missed === 0 ? 'No miss.' : `${missed} missed.`);
process.exitCode = missed === 0 ? 0 : 1;
