/** Every source of published or independently computed numbers this project has to hit. Adding one is a file and a line at the end. */
import { PLAYS_TOLERANCE, publishedPlays } from '../analysis/claims-plays';
import { createRandom } from '../core/random';
import type { Evaluation } from '../core/metric';
import type { RunRecord } from '../core/run';
import { DEFAULT_SPLIT } from '../core/split';
import { clean } from '../data/clean/clean';
import { trainData } from '../data/split/train-data';
import { splitData } from '../data/split/split';
import { cardOf } from '../models/catalogue';
import { openData, readJson, referenceRun, type Claim, type ClaimSource } from './reference-claim';
import { demoText } from './reference-demo-text';
import { buhsDemo, buhsHetRec } from './reference-buhs';
import { forestSource } from './reference-forest';
import { fullRankingSources } from './reference-full-ranking';
import { lightFmSource } from './reference-lightfm';
import { ncfSources } from './reference-ncf';
import { autoencodersMl100k } from './reference-neural';
import { neumfNcf } from './reference-neumf';
import { ratingsMl100k } from './reference-ratings';
import { sasrecMl1m } from './reference-sasrec';
import { svdPpMl100k } from './reference-svd-pp';
import { textEncoders } from './reference-text';
import { twoTowerMl100k } from './reference-two-tower';

export type { Claim, ClaimSource } from './reference-claim';

type Row = Record<string, number>;
interface Section { results: Record<string, Record<'all' | 'warm' | 'cold', Row>>; random_expectation: Row }

/** The rows of one table of hetrec.json against a run: n and hits exactly, rates to 1e-12. */
function tableClaims(where: string, got: Evaluation, rows: Record<'all' | 'warm' | 'cold', Row>, model: string): Claim[] {
  const source = 'shared/reference/hetrec.json';
  return (['all', 'warm', 'cold'] as const).flatMap((slice) => {
    const { n, metrics } = got[slice];
    const expected = rows[slice];
    const at = (id: string, k: number): number => metrics[`${id}@${k}`]?.value ?? NaN;
    return [
      { where, what: `${model}, ${slice}: users`, source, published: expected['n']!, ours: n, tolerance: 0 },
      ...[5, 10, 20].map((k) => ({ where, what: `${model}, ${slice}: hits@${k}`, source, published: expected[`hits${k}`]!, ours: Math.round(at('HR', k) * n), tolerance: 0 })),
      ...[5, 10, 20].map((k) => ({ where, what: `${model}, ${slice}: NDCG@${k}`, source, published: expected[`ndcg${k}`]!, ours: at('NDCG', k), tolerance: 1e-12 })),
    ];
  });
}

function chanceClaims(where: string, record: RunRecord, expected: Row): Claim[] {
  const chance = record.baselines.find((b) => b.id === 'random')!.test.all.metrics;
  return [5, 10, 20].flatMap((k) => [
    { where, what: `chance: HR@${k}`, source: 'shared/reference/hetrec.json', published: expected[`hr${k}`]!, ours: chance[`HR@${k}`]!.value, tolerance: 1e-12 },
    { where, what: `chance: NDCG@${k}`, source: 'shared/reference/hetrec.json', published: expected[`ndcg${k}`]!, ours: chance[`NDCG@${k}`]!.value, tolerance: 1e-12 },
  ]);
}

export const claimSources: readonly ClaimSource[] = [
  {
    id: 'popularity-hetrec',
    title: 'HetRec 2011 Last.fm, 5-core, portable hash split, full ranking',
    needs: ['reference/hetrec.json', 'data/hetrec2011-lastfm-2k.zip'],
    async claims(shared) {
      const where = 'HetRec 5-core, hash';
      const { lastfm } = readJson(shared, 'reference/hetrec.json') as { lastfm: Section };
      const { data } = clean(await openData(shared, 'data/hetrec2011-lastfm-2k.zip'), [{ kind: 'core', k: 5 }]);
      const record = await referenceRun(data, 'hash', { model: 'popularity' });
      return [...tableClaims(where, record.test, lastfm.results['popularity']!, 'popularity'), ...chanceClaims(where, record, lastfm.random_expectation)];
    },
  },
  {
    id: 'popularity-ml100k',
    title: 'MovieLens 100K, last interaction of each user, full ranking',
    needs: ['reference/hetrec.json', 'data/ml-100k.zip'],
    async claims(shared) {
      const where = 'ML-100K, last';
      const { ml100k } = readJson(shared, 'reference/hetrec.json') as { ml100k: Section & { split: Row } };
      const record = await referenceRun(await openData(shared, 'data/ml-100k.zip'), 'last', { model: 'popularity' });
      return [
        ...tableClaims(where, record.test, ml100k.results['popularity']!, 'popularity'),
        ...chanceClaims(where, record, ml100k.random_expectation),
        {
          where, what: 'test interactions older than the newest train interaction', source: 'shared/reference/hetrec.json',
          published: ml100k.split['share_of_test_rows_older_than_newest_train_row']!, ours: record.split.leakage ?? NaN, tolerance: 1e-12,
        },
      ];
    },
  },
  {
    id: 'plays-hetrec',
    title: 'HetRec 2011 Last.fm, popularity by plays',
    needs: ['data/hetrec2011-lastfm-2k.zip'],
    async claims(shared) {
      const data = await openData(shared, 'data/hetrec2011-lastfm-2k.zip');
      // Every row is train: the figure is about the whole file.
      const split = splitData(data, { ...DEFAULT_SPLIT, protocol: 'hash', validation: false });
      const train = trainData(data, { ...split, trainRows: Int32Array.from(data.interactions.row.keys()) });
      const card = cardOf('popularity');
      const model = await (await card.load()).fit({ train, text: null, params: { count: 'value' }, random: createRandom(0), signal: new AbortController().signal, report: async () => 'continue' });
      const scores = new Float32Array(train.I);
      await model.score(Int32Array.of(0), scores);
      return publishedPlays.map(({ id, name, share }) => ({
        where: 'HetRec, all plays', what: name, source: 'shared/REFERENCE.md, E', published: share, ours: scores[data.items.ids.indexOf(id)] ?? NaN, tolerance: PLAYS_TOLERANCE,
      }));
    },
  },
  ...fullRankingSources,
  ...ncfSources,
  lightFmSource,
  forestSource,
  ratingsMl100k,
  svdPpMl100k,
  twoTowerMl100k,
  autoencodersMl100k,
  sasrecMl1m,
  neumfNcf,
  demoText,
  buhsDemo,
  buhsHetRec,
  textEncoders,
];
