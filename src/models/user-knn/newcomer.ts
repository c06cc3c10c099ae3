/** Who counts for a user who was not there when the neighbours were found. */
import type { ParamsOf } from '../../core/params';
import type { Csr } from '../../math/csr';
import { bestOf } from '../../math/kept-rows';
import { rowSimilarity } from '../../math/nearest-rows';
import type { WeightedMatrix } from '../../math/term-weighting';
import type { params } from './params';

export interface Voters {
  users: Int32Array;
  similarity: Float64Array;
}

/**
 * own: the k users most similar to the newcomer.
 * reverse: the users v that would keep the newcomer: whose list is not full, or whose last kept one is less similar.
 * The newcomer stands behind all others of equal similarity, as the highest index would.
 * @param kept row v: the neighbours v keeps
 * @returns from a history (distinct items, ascending) to those users, ascending
 */
export function newcomer(weighted: WeightedMatrix, kept: Csr, p: Pick<ParamsOf<typeof params>, 'k' | 'shrink' | 'similarity' | 'neighbours'>): (profile: Int32Array) => Voters {
  const U = kept.rows;
  const similarity = rowSimilarity(weighted.matrix, p);
  const row = new Float64Array(U);
  const lowest = new Float64Array(U).fill(-Infinity);
  for (let v = 0; v < U; v++) {
    const [from, to] = [kept.start[v]!, kept.start[v + 1]!];
    if (to - from < p.k) continue;
    lowest[v] = kept.value.subarray(from, to).reduce((low, s) => Math.min(low, s), Infinity);
  }
  const round = (s: number): number => Math.round(s * 1e12);
  return (profile) => {
    const places = similarity.to(profile, weighted.weighRow(profile, new Float64Array(profile.length).fill(1)), row);
    const users = p.neighbours === 'own'
      ? bestOf(row, places, p.k)
      : places.filter((v) => round(row[v]!) !== 0 && round(row[v]!) > round(lowest[v]!)).sort();
    const found = { users, similarity: Float64Array.from(users, (v) => row[v]!) };
    for (const v of places) row[v] = 0;
    return found;
  };
}
