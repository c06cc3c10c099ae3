/** Asking the explore worker. The data set in use is sent to it once; questions before that wait for it. */
import type { DataSet } from '../core/dataset';
import type { ExploreCalls, ExploreSchema } from '../../workers/protocol';
import { connect, type WorkerLike } from '../../workers/rpc';

export type { BrushAnswer, ExploreCalls, ExploreSchema } from '../../workers/protocol';
export type Dimension = ExploreSchema['dimensions'][number];
export type SelectionCounts = ExploreSchema['counts'];
export type DimensionCounts = SelectionCounts['dimensions'][number];
export type Filter = ExploreCalls['brush'][0]['filters'][number];
export type LongTail = ExploreCalls['brush'][1]['items'];
export type Finding = ExploreCalls['quality'][1][number];

const exploreWorker = connect<ExploreCalls>(() => new Worker(new URL('../../workers/explore.worker.ts', import.meta.url), { type: 'module', name: 'explore' }) as unknown as WorkerLike);

let sent: { data: DataSet; key: string; schema: Promise<ExploreSchema> } | null = null;
let times = 0;

/** The key of a data set and what can be asked about it. Sends the data if the worker does not hold it. */
export function openExplore(data: DataSet): { key: string; schema: Promise<ExploreSchema> } {
  if (sent?.data !== data) {
    const key = `${data.hash} ${++times}`;
    // The known truth and listed negatives are not explored, and are not copied.
    const { truth: _truth, listed: _listed, ...rest } = data;
    const schema = exploreWorker.call('open', { key, data: { ...rest, truth: null } });
    sent = { data, key, schema };
    schema.catch(() => {
      if (sent?.key === key) sent = null;
    });
  }
  return sent;
}

export type Question = Exclude<keyof ExploreCalls, 'open'>;

/** @throws Problem, or an AbortError when the worker was ended */
export function askExplore<Q extends Question>(question: Q, input: ExploreCalls[Q][0]): Promise<ExploreCalls[Q][1]> {
  return exploreWorker.call(question, input);
}

/** Frees the worker's copy of the data: after a data set was closed, or a failure. */
export function closeExplore(): void {
  sent = null;
  exploreWorker.restart('Explore was closed.');
}
