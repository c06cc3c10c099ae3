/** What can be published of a data set itself: HetRec Last.fm, popularity by plays over the file as read. */
import type { DataSet } from '../core/dataset';
import type { PublishedRow, PublishedTable, Verdict } from './claims';

const source = 'REFERENCE, E: plays of the artist over those of the most played';

/** By item id. */
export const publishedPlays = [
  { id: '289', name: 'Britney Spears', share: 1 },
  { id: '72', name: 'Depeche Mode', share: 0.54376593 },
  { id: '89', name: 'Lady Gaga', share: 0.53962033 },
] as const;
/** Half of the last digit that is published. */
export const PLAYS_TOLERANCE = 5e-8;

const row: PublishedRow = {
  id: 'plays', name: 'Popularity by plays, the whole file', model: 'popularity', params: { count: 'value' }, seeds: [0],
  figures: publishedPlays.map(({ name, share }) => ({ slice: 'all', metric: name, value: share, tolerance: PLAYS_TOLERANCE, source })),
};

/** Plays of every item over those of the most played; null without values. [I] */
export function playShares({ interactions, items }: Pick<DataSet, 'interactions' | 'items'>): Float64Array | null {
  const { item, value } = interactions;
  if (!value) return null;
  const plays = new Float64Array(items.ids.length);
  value.forEach((v, n) => (plays[item[n]!]! += v));
  const most = plays.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? plays.map((p) => p / most) : null;
}

/** The figures of the file itself, which need no run; empty for other tables. @param raw the data as read, before cleaning */
export function playsVerdicts(table: PublishedTable, raw: DataSet | null): Verdict[] {
  if (table.recipe !== 'hetrec-lastfm') return [];
  const shares = raw?.recipe === table.recipe ? playShares(raw) : null;
  return row.figures.map((figure, k): Verdict => {
    const at = raw ? raw.items.ids.indexOf(publishedPlays[k]!.id) : -1;
    const ours = shares && at >= 0 ? shares[at]! : null;
    const difference = ours === null ? null : ours - figure.value;
    return { row, figure, source, ours, difference, runs: ours === null ? 0 : 1, verdict: difference === null ? null : Math.abs(difference) <= figure.tolerance ? 'hit' : 'miss' };
  });
}
