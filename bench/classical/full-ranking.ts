/** The tables of hetrec.json: full ranking on HetRec Last.fm (5-core, hash split) and ML-100K (last row), user by user. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataSet } from '../../src/core/dataset';
import type { TrainData } from '../../src/core/model';
import { DEFAULT_SPLIT, type Split } from '../../src/core/split';
import { clean } from '../../src/data/clean/clean';
import { load } from '../../src/data/load';
import { splitData } from '../../src/data/split/split';
import { trainData } from '../../src/data/split/train-data';
import { evaluate } from '../../src/metrics/evaluation';
import { rank, rankingTask } from '../../src/metrics/ranking';
import type { Claim } from './claims';
import { fitModel } from './fit-model';

type Slice = Record<string, number>;
interface Section { results: Record<string, Record<'all' | 'warm' | 'cold', Slice>>; ranks_by_user_index: Record<string, number[]> }
export interface TableRow { name: string; id: string; params: Record<string, unknown>; /** Hits may be off by this many. */ hits: number }

export interface TableWorld { title: string; section: Section; train: TrainData; split: Split }

const open = async (file: string): Promise<DataSet> => (await load({ files: [new File([readFileSync(file)], path.basename(file))] })).raw;

export async function tableWorld(shared: string, which: 'lastfm' | 'ml100k'): Promise<TableWorld> {
  const section = (JSON.parse(readFileSync(`${shared}/reference/hetrec.json`, 'utf8')) as Record<typeof which, Section>)[which];
  const data = which === 'lastfm'
    ? clean(await open(`${shared}/data/hetrec2011-lastfm-2k.zip`), [{ kind: 'core', k: 5 }]).data
    : await open(`${shared}/data/ml-100k.zip`);
  const split = splitData(data, { ...DEFAULT_SPLIT, protocol: which === 'lastfm' ? 'hash' : 'last', validation: false });
  return { title: which === 'lastfm' ? 'HetRec Last.fm' : 'ML-100K', section, train: trainData(data, split), split };
}

export async function tableClaims(world: TableWorld, row: TableRow): Promise<{ claims: Claim[]; seconds: string }> {
  const { train, split, section } = world;
  const { model, seconds } = await fitModel(row.id, row.params, train);
  const started = performance.now();
  const ranking = await rank(model, rankingTask(train.U, train.I, split.test, [{ user: train.user, item: train.item }]));
  const ranked = (performance.now() - started) / 1000;
  model.dispose?.();
  const evaluation = evaluate(ranking, split);
  const source = 'hetrec.json';
  const claims: Claim[] = (['all', 'warm', 'cold'] as const).flatMap((slice) => {
    const { n, metrics } = evaluation[slice];
    const expected = section.results[row.name]![slice];
    return [
      ...[5, 10, 20].map((k) => ({ source, what: `${slice}: hits@${k} of ${n}`, expected: expected[`hits${k}`]!, ours: Math.round(metrics[`HR@${k}`]!.value * n), tolerance: row.hits })),
      { source, what: `${slice}: NDCG@10`, expected: expected['ndcg10']!, ours: metrics['NDCG@10']!.value, tolerance: row.hits > 0 ? row.hits / n : 1e-9 },
    ];
  });
  const ranks = section.ranks_by_user_index[row.name];
  if (ranks) claims.push({ source, what: 'users whose rank differs', expected: 0, ours: ranks.filter((r, u) => r !== ranking.ranks[u]).length, tolerance: row.hits > 0 ? ranks.length * 0.005 : 0 });
  return { claims, seconds: `fit ${seconds.toFixed(2)} s, rank ${ranked.toFixed(2)} s` };
}
