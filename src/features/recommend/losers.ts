/** Which users one run serves worse than another, from the test ranks both keep. Pure. */
import type { RunRecord } from '../../core/run';

export interface Loser {
  /** Place among the measured users, ascending by user. */
  place: number;
  before: number;
  after: number;
  /** Loss of 1 / log2(1 + rank), the gain that NDCG counts. */
  loss: number;
}

const gain = (rank: number): number => (rank > 0 ? 1 / Math.log2(1 + rank) : 0);

/** Users whose held-out item falls furthest from run `a` to run `b`, the worst first; null where the two cannot be compared user by user. */
export function biggestLosers(a: Pick<RunRecord, 'split' | 'perUser'>, b: Pick<RunRecord, 'split' | 'perUser'>, most: number): Loser[] | null {
  if (!a.perUser || !b.perUser || a.split.hash !== b.split.hash || a.perUser.users !== b.perUser.users) return null;
  const after = b.perUser.ranks;
  return a.perUser.ranks
    .map((before, place) => ({ place, before, after: after[place]!, loss: gain(before) - gain(after[place]!) }))
    .filter((l) => l.loss > 0)
    .sort((x, y) => y.loss - x.loss || x.place - y.place)
    .slice(0, most);
}
