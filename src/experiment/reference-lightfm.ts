/** LightFM on ML-100K (ua.base, ua.test) against the library: precision at 10 and AUC, means over five seeds. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { lightfmTable } from '../analysis/claims-lightfm';
import type { Recommender } from '../core/model';
import { csrFromTriplets } from '../math/csr';
import { scoreRows } from '../math/factor-scores';
import { Stepper, type Model } from '../models/lightfm/steps';
import type { SideWeights } from '../models/lightfm/weights';
import { NumpyRandom } from './numpy-random';
import { openData, readJson, referenceRun, type Claim, type ClaimSource } from './reference-claim';
import { spreadOf, spreadWords } from './seeds';

/** The rows the page offers; here they are measured in the library's other readings too. */
const rows = lightfmTable.rows;
const SEEDS = rows[0]!.seeds;
const EPOCHS = Number(rows[0]!.params['epochs']);
/** As lightfm.json states it: means over seeds. */
const TOLERANCE = rows[0]!.figures[0]!.tolerance;
type Scores = Pick<Recommender, 'score'>;
type Figures = Record<'p10_train' | 'p10_test' | 'p10_test_train_excluded' | 'auc_train' | 'auc_test' | 'auc_test_train_excluded', number>;

/** Items by user, as index pairs. */
type Sets = Set<number>[];
function setsOf(U: number, pairs: readonly (readonly [number, number])[]): Sets {
  const out = Array.from({ length: U }, () => new Set<number>());
  for (const [u, i] of pairs) out[u]!.add(i);
  return out;
}

/**
 * Precision at 10 and AUC as the library defines them: all I items compete unless `excluded`; ties against the positives.
 * AUC: share of (positive, other item) pairs in the right order, mean over users with a positive.
 */
async function libraryMeasures(model: Scores, I: number, wanted: Sets, excluded: Sets | null): Promise<{ p10: number; auc: number }> {
  const out = new Float32Array(I);
  let [p10, auc, n] = [0, 0, 0];
  for (let u = 0; u < wanted.length; u++) {
    if (wanted[u]!.size === 0) continue;
    await model.score(Int32Array.of(u), out);
    const rivals = Array.from({ length: I }, (_, i) => i).filter((i) => !wanted[u]!.has(i) && !excluded?.[u]!.has(i)).map((i) => out[i]!).sort((a, b) => b - a);
    const own = [...wanted[u]!].map((i) => out[i]!).sort((a, b) => b - a);
    let [above, hits, right] = [0, 0, 0];
    own.forEach((s, k) => {
      while (above < rivals.length && rivals[above]! >= s) above++;
      if (above + k < 10) hits++;
      right += 1 - above / rivals.length;
    });
    p10 += hits / 10;
    auc += right / own.length;
    n++;
  }
  return { p10: p10 / n, auc: auc / n };
}

async function figuresOf(model: Scores, I: number, train: Sets, test: Sets): Promise<Figures> {
  const [onTrain, onTest, honest] = [await libraryMeasures(model, I, train, null), await libraryMeasures(model, I, test, null), await libraryMeasures(model, I, test, train)];
  return { p10_train: onTrain.p10, p10_test: onTest.p10, p10_test_train_excluded: honest.p10, auc_train: onTrain.auc, auc_test: onTest.auc, auc_test_train_excluded: honest.auc };
}

/** Logistic epochs with the library's own start and order, seed by seed: its figures then come out to all printed digits. */
function logisticWithLibraryDraws(pairs: readonly (readonly [number, number])[], U: number, I: number, d: number, seed: number): Scores {
  const random = new NumpyRandom(seed);
  const side = (n: number): SideWeights => ({
    embedding: Float64Array.from({ length: n * d }, () => Math.fround((random.next() - 0.5) / d)), bias: new Float64Array(n),
    embeddingSquares: new Float64Array(n * d).fill(1), biasSquares: new Float64Array(n).fill(1),
  });
  const identity = (n: number) => csrFromTriplets(n, n, Array.from({ length: n }, (_, k) => k), Array.from({ length: n }, (_, k) => k), null);
  const items = side(I); // drawn before the users, as there
  const model: Model = { d, userRows: identity(U), itemRows: identity(I), users: side(U), items };
  const step = new Stepper(model, { learningRate: 0.05, adagrad: true, regularisation: 0 });
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const n of random.shuffle(Int32Array.from(pairs, (_, k) => k))) {
      const [u, i] = pairs[n]!;
      step.logistic(u, i, step.meet(u, i), 1);
    }
  }
  return { score: (users, out) => scoreRows(model.users.embedding, users, items.embedding, d, out, items.bias) };
}

export const lightFmSource: ClaimSource = {
  id: 'lightfm-ml100k',
  title: 'LightFM on MovieLens 100K, ua.base and ua.test',
  note:
    `${EPOCHS} epochs, learning rate .05, every rating a positive, ids only; means over seeds ${SEEDS.join(', ')} on both sides. Precision at 10 and AUC as the library defines them; "train excluded" is the honest reading. Allowed: ${TOLERANCE}. ` +
    'Logistic with 10 factors, precision on train: seeds scatter to one side (most end at popularity’s .434, a few above .445) and four of the library’s five are of the latter, so our own mean over five is within .01 only just and over forty (.436) just not. The library’s own start and order of examples fed to our steps give its mean to all printed digits.',
  needs: ['reference/lightfm.json', 'data/ml-100k.zip'],
  async claims(shared) {
    const source = 'shared/reference/lightfm.json';
    const where = 'ML-100K ua';
    const zip = unzipSync(readFileSync(path.join(shared, 'data/ml-100k.zip')));
    const linesOf = (name: string): string[][] => new TextDecoder().decode(zip[`ml-100k/${name}`]).split('\n').filter(Boolean).map((line) => line.split('\t'));
    const data = await openData(shared, 'data/ml-100k.zip');
    const [U, I] = [data.users.ids.length, data.items.ids.length];
    // Ids are 1…U and 1…I, so an index is an id less one.
    const pairs = (name: string): [number, number][] => linesOf(name).map((r) => [Number(r[0]) - 1, Number(r[1]) - 1]);
    const base = pairs('ua.base');
    const [train, test] = [setsOf(U, base), setsOf(U, pairs('ua.test'))];
    const given = linesOf('ua.test');
    const testPairs = { user: given.map((r) => r[0]!), item: given.map((r) => r[1]!) };
    const { expected } = (readJson(shared, 'reference/lightfm.json') as { ml100k: { expected: Record<string, Record<string, { mean: number; sd: number }>> } }).ml100k;
    const claims: Claim[] = [];
    for (const { id, model: name, params, seeds } of rows) {
      const found: Figures[] = [];
      for (const seed of seeds) await referenceRun(data, 'file', { model: name, params, seed, testPairs }, async (model) => void found.push(await figuresOf(model, I, train, test)));
      for (const key of Object.keys(found[0]!) as (keyof Figures)[]) {
        const ours = spreadOf(found.map((f) => f[key]));
        const target = expected[id]![key]!;
        const claim: Claim = { where, source, what: `${id.replace('_', ' ')}: ${key}`, published: target.mean, ours: ours.mean, tolerance: TOLERANCE, spread: `theirs ± ${target.sd.toFixed(3).replace(/^0/, '')}, ours ${spreadWords(ours)}` };
        claims.push(claim);
        if (id !== 'logistic_10' || key !== 'p10_train') continue;
        const drawn: number[] = [];
        for (const seed of seeds) drawn.push((await libraryMeasures(logisticWithLibraryDraws(base, U, I, Number(params['factors']), seed), I, train, null)).p10);
        const theirs = spreadOf(drawn);
        claims.push({ ...claim, what: `${claim.what}, the library’s draws`, ours: theirs.mean, tolerance: 0.0005, spread: `theirs ± ${target.sd.toFixed(3).replace(/^0/, '')}, ours ${spreadWords(theirs)}` });
      }
    }
    return claims;
  },
};
