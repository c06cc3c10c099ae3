/** From ranks to metrics with intervals, overall and by slice. */
import { CUTOFFS, SLICES, type Evaluation, type RankedList, type SliceId, type SliceResult } from '../core/metric';
import { meanInterval, wilson } from '../math/interval';
import { METRICS } from './metrics';
import type { Ranking } from './ranking';

/** What decides which slice an item is in. */
export interface Temperature {
  cold: Uint8Array; // [I]
  itemDegree: Int32Array; // [I]
}

/**
 * A slice keeps a user's relevant items that are warm (cold, new) and their places in the full list;
 * users with none there are not part of it. `all` keeps every relevant item.
 */
export function evaluate(ranking: Ranking, items: Temperature, what = 'test'): Evaluation {
  return bySlice(ranking, items, what, (lists) => {
    const out: SliceResult['metrics'] = {};
    const values = new Float64Array(lists.length);
    for (const metric of METRICS) {
      for (const k of CUTOFFS) {
        lists.forEach(({ list }, n) => {
          values[n] = metric.at(list, k);
        });
        const estimate = metric.binary ? wilson(values.reduce((a, b) => a + b, 0), values.length) : meanInterval(values);
        if (estimate) out[`${metric.id}@${k}`] = estimate;
      }
    }
    return out;
  });
}

export interface SliceList {
  list: RankedList;
  candidates: number;
}

/** Each slice’s lists, measured by `measure`; an empty slice holds no metric and says why. @param what the word for the sentence: test, validation */
export function bySlice(ranking: Ranking, items: Temperature, what: string, measure: (lists: SliceList[]) => SliceResult['metrics']): Evaluation {
  const result = (slice: SliceId): SliceResult => {
    const lists = listsOf(ranking, items, slice);
    if (lists.length === 0) return { n: 0, metrics: {}, empty: emptySlice(slice, ranking.users.length, what) };
    return { n: lists.length, metrics: measure(lists) };
  };
  return Object.fromEntries(SLICES.map((slice) => [slice, result(slice)])) as Evaluation;
}

function listsOf(ranking: Ranking, { cold, itemDegree }: Temperature, slice: SliceId): SliceList[] {
  const keep = (item: number): boolean =>
    slice === 'all' || (slice === 'warm' ? cold[item] === 0 : slice === 'cold' ? cold[item] === 1 : itemDegree[item] === 0);
  const lists: SliceList[] = [];
  for (let q = 0; q < ranking.users.length; q++) {
    let relevant = 0;
    const ranks: number[] = [];
    for (let t = ranking.targetStart[q]!; t < ranking.targetStart[q + 1]!; t++) {
      if (!keep(ranking.targets[t]!)) continue;
      relevant++;
      if (ranking.ranks[t]! > 0) ranks.push(ranking.ranks[t]!);
    }
    if (relevant === 0) continue;
    ranks.sort((a, b) => a - b);
    lists.push({ list: { ranks, relevant }, candidates: ranking.candidates[q]! });
  }
  return lists;
}

function emptySlice(slice: SliceId, users: number, what: string): string {
  switch (slice) {
    case 'all':
      return `No ${what} items: nobody has one under this split.`;
    case 'warm':
      return `No warm ${what} items (0 of ${users.toLocaleString('en-US')}): lower the cold share.`;
    case 'cold':
      return `No cold ${what} items (0 of ${users.toLocaleString('en-US')}): raise the cold share.`;
    case 'new':
      return `No strictly new ${what} items (0 of ${users.toLocaleString('en-US')}): every one has train interactions. A temporal split leaves more new items.`;
  }
}
