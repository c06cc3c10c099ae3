/** The tables of hetrec.json: full ranking on HetRec Last.fm (5-core, portable hash) and ML-100K (last row), user by user where it is written down. */
import { rowOf, type PublishedRow } from '../analysis/claims';
import { hetrecTable, ml100kTable } from '../analysis/claims-full-ranking';
import type { DataSet } from '../core/dataset';
import type { Evaluation } from '../core/metric';
import { clean } from '../data/clean/clean';
import { openData, readJson, referenceRun, type Claim, type ClaimSource } from './reference-claim';
import { spreadOf, spreadWords } from './seeds';

const source = 'shared/reference/hetrec.json';
type Slice = 'all' | 'warm' | 'cold';
type Figures = Record<Slice, Record<string, number | { mean: number }>>;
export interface Section {
  results: Record<string, Figures>;
  ranks_by_user_index: Record<string, number[]>;
  random_expectation: Record<string, number>;
}
const SLICES: readonly Slice[] = ['all', 'warm', 'cold'];
const WORLDS = {
  lastfm: { title: 'HetRec 2011 Last.fm, 5-core, portable hash split', where: 'HetRec 5-core, hash', file: 'data/hetrec2011-lastfm-2k.zip', protocol: 'hash', table: hetrecTable },
  ml100k: { title: 'MovieLens 100K, last interaction of each user', where: 'ML-100K, last', file: 'data/ml-100k.zip', protocol: 'last', table: ml100kTable },
} as const;
export type World = keyof typeof WORLDS;

export async function openWorld(shared: string, world: World): Promise<{ data: DataSet; section: Section }> {
  const section = (readJson(shared, 'reference/hetrec.json') as Record<World, Section>)[world];
  const raw = await openData(shared, WORLDS[world].file);
  return { section, data: world === 'lastfm' ? clean(raw, [{ kind: 'core', k: 5 }]).data : raw };
}

interface Row extends Pick<PublishedRow, 'id' | 'model' | 'params'> { /** Hits may be off by this many. */ hits: number }

/** Closed forms and neighbours, with the settings of the page's table (the same for both data): no seed, so hits must be equal, or off by one where a last bit decides. */
export const closedForms: readonly Row[] = ml100kTable.rows
  .filter((r) => r.seeds.length === 1 && r.id !== 'popularity')
  .map(({ id, model, params }) => ({ id, model, params, hits: ['ease', 'pure-svd'].includes(model) ? 1 : 0 }));

export async function closedFormClaims(world: World, { data, section }: { data: DataSet; section: Section }, row: Row): Promise<Claim[]> {
  const { where, protocol } = WORLDS[world];
  const record = await referenceRun(data, protocol, { model: row.model, params: row.params });
  const claims = SLICES.flatMap((slice): Claim[] => {
    const { n, metrics } = record.test[slice];
    const expected = section.results[row.id]![slice] as Record<string, number>;
    return [
      ...[5, 10, 20].map((k) => ({ where, what: `${row.id}, ${slice}: hits@${k} of ${n}`, source, published: expected[`hits${k}`]!, ours: Math.round((metrics[`HR@${k}`]?.value ?? NaN) * n), tolerance: row.hits })),
      { where, what: `${row.id}, ${slice}: NDCG@10`, source, published: expected['ndcg10']!, ours: metrics['NDCG@10']?.value ?? NaN, tolerance: row.hits > 0 ? row.hits / n : 1e-9 },
    ];
  });
  const ranks = section.ranks_by_user_index[row.id];
  const ours = record.perUser?.ranks ?? [];
  if (ranks) claims.push({ where, what: `${row.id}: users whose rank differs`, source, published: 0, ours: ranks.filter((r, u) => r !== ours[u]).length, tolerance: row.hits > 0 ? ranks.length * 0.005 : 0 });
  return claims;
}

const SEEDS = rowOf(ml100kTable, 'als').seeds;

/** Means over seeds of a model whose start is drawn. */
async function seededClaims(world: World, { data, section }: { data: DataSet; section: Section }, name: string): Promise<Claim[]> {
  const { where, protocol, table } = WORLDS[world];
  const { model, params, seeds } = rowOf(table, name);
  const runs: Evaluation[] = [];
  for (const seed of seeds) runs.push((await referenceRun(data, protocol, { model, params, seed })).test);
  return SLICES.flatMap((slice) => (['HR@10', 'NDCG@10'] as const).map((metric): Claim => {
    const target = section.results[name]![slice][metric === 'HR@10' ? 'hr10' : 'ndcg10']!;
    const ours = spreadOf(runs.map((r) => r[slice].metrics[metric]?.value ?? NaN));
    return { where, what: `${name}, ${slice}: ${metric}`, source, published: typeof target === 'number' ? target : target.mean, ours: ours.mean, tolerance: slice === 'all' ? 0.01 : 0.015, spread: `ours ${spreadWords(ours)}` };
  }));
}

const each = (world: World): ClaimSource[] => {
  const { title, file } = WORLDS[world];
  const needs = ['reference/hetrec.json', file];
  return [
    {
      id: `classical-${world}`, title: `${title}: neighbours, EASE, PureSVD`, needs,
      note: 'Full ranking. Neighbours must give the same hits and, where ranks are written down, the same rank for every user; EASE and PureSVD may be one hit off, where the last bit decides a tie.',
      async claims(shared) {
        const opened = await openWorld(shared, world);
        const claims: Claim[] = [];
        for (const row of closedForms) claims.push(...(await closedFormClaims(world, opened, row)));
        return claims;
      },
    },
    {
      id: `factors-${world}`, title: `${title}: ALS and BPR-MF`, needs,
      note: `Full ranking, means over seeds ${SEEDS.join(', ')} against the implicit library. ALS: 64 factors, α 10, λ .1, 15 exact iterations. BPR-MF: LightFM’s preset. Allowed: .01 over all users, .015 in the slices.`,
      async claims(shared) {
        const opened = await openWorld(shared, world);
        return [...(await seededClaims(world, opened, 'als')), ...(await seededClaims(world, opened, 'bpr_mf'))];
      },
    },
  ];
};

export const fullRankingSources: readonly ClaimSource[] = [...each('lastfm'), ...each('ml100k')];
