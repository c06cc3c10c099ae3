/** Rating prediction on the published folds of MovieLens 100K against Surprise. */
import { rowOf } from '../analysis/claims';
import { ratingsTable } from '../analysis/claims-ratings';
import { fromOwnStarts, fromSameStart, once, ratingLines, type PublishedFolds, type RatingRow } from './reference-rating-rows';
import { openData, readJson, type Claim, type ClaimSource } from './reference-claim';

const SOURCE = 'shared/reference/ml100k.json';

/** Settings as in the page's table; tolerances are of this finer comparison. */
const row = (name: string, tolerance = 0.0005, onMean = tolerance): RatingRow => {
  const { model, params } = rowOf(ratingsTable, name);
  return { name, model, params, tolerance, onMean };
};
/** No chance in them: one run each. */
const exact: RatingRow[] = ratingsTable.rows.filter((r) => r.seeds.length === 1).map((r) => row(r.id));
/** Factors from Surprise's own start, seed by seed. */
const sameStart: RatingRow[] = [row('SVD', 0.002, 0.001), { ...row('SVD', 0.002, 0.001), name: 'SVD_without_biases', params: { ...row('SVD').params, biased: false } }, row('NMF', 0.005)];
/** From our own random numbers: means over as many runs as make the spread small beside the tolerance. */
const ownStart: (RatingRow & { runs: number; perFold: boolean })[] = [
  { ...row('SVD', 0.002, 0.001), runs: 3, perFold: false },
  { ...row('CoClustering', 0.01), runs: 10, perFold: true },
  { ...row('NormalPredictor', 0.02), runs: 3, perFold: true },
];

export const ratingsMl100k: ClaimSource = {
  id: 'ratings-ml100k',
  title: 'Rating prediction on MovieLens 100K, published folds u1 to u5, against Surprise',
  note:
    'Settings are Surprise’s usual ones. Models with chance in them: “same start” begins at the very numbers Surprise draws for seeds 0 to 2 and is compared fold by fold; ' +
    '“own starts” is the mean over runs from our own generator (its single folds scatter by about .002 for SVD on either side).',
  needs: ['reference/ml100k.json', 'data/ml-100k.zip'],
  async claims(shared) {
    const { expected } = readJson(shared, 'reference/ml100k.json') as { expected: Record<string, PublishedFolds> };
    const data = await openData(shared, 'data/ml-100k.zip');
    const claims: Claim[] = [];
    for (const r of exact) claims.push(...ratingLines(r, SOURCE, expected[r.name]!, await once(data, r)));
    for (const r of sameStart) claims.push(...ratingLines(r, SOURCE, expected[r.name]!, await fromSameStart(data, r, expected[r.name]!.seeds), ', same start'));
    for (const r of ownStart) claims.push(...ratingLines(r, SOURCE, expected[r.name]!, await fromOwnStarts(data, r, r.runs), `, own starts, ${r.runs} runs`, r.perFold));
    return claims;
  },
};
