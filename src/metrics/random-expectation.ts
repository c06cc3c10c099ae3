/**
 * What a uniformly random order reaches on average, in closed form: no draw, no noise.
 * C candidates, R of them relevant, `relevant` ≥ R in all; h_p = "a hit stands at place p", P(h_p) = R/C.
 */
import { CUTOFFS, type Estimate, type Evaluation } from '../core/metric';
import { METRICS } from './metrics';
import { bySlice, type Temperature } from './evaluation';
import { ndcg } from './ndcg';
import type { Ranking } from './ranking';

/** Expected value of every metric at every cut-off, keyed `${id}@${K}`, for one user. */
export function expectedAt(C: number, R: number, relevant: number): Record<string, number> {
  const out: Record<string, number> = {};
  const share = C > 0 ? R / C : 0;
  let noHit = 1; // probability of no hit in the first p places
  let dcg = 0;
  let reciprocal = 0;
  let precisions = 0;
  let p = 0;
  for (const K of CUTOFFS) {
    for (; p < Math.min(K, C); p++) {
      const place = p + 1;
      const left = C - p;
      const hitNow = left > 0 ? Math.min(1, R / left) : 0; // given no hit before
      reciprocal += (noHit * hitNow) / place;
      noHit *= 1 - hitNow;
      dcg += share / Math.log2(place + 1);
      // E[h_p · hits up to p] = R/C · (1 + (p − 1)(R − 1)/(C − 1))
      precisions += (share / place) * (1 + (C > 1 ? ((place - 1) * (R - 1)) / (C - 1) : 0));
    }
    const ideal = idealGain(Math.min(relevant, K));
    const hits = Math.min(K, C) * share;
    out[`HR@${K}`] = 1 - noHit;
    out[`NDCG@${K}`] = dcg / ideal;
    out[`Recall@${K}`] = hits / relevant;
    out[`Precision@${K}`] = hits / K;
    out[`MRR@${K}`] = reciprocal;
    out[`MAP@${K}`] = precisions / Math.min(relevant, K);
  }
  return out;
}

/** Σ 1/log₂(p + 1) over the first n places, read off NDCG of a list with one hit in front: it is 1/ideal. */
const idealGain = (n: number): number => 1 / ndcg.at({ ranks: [1], relevant: n }, n);

/** The random line of a split: needs only how many candidates and relevant items each user has. Its interval is the value itself. */
export function randomExpectation(ranking: Ranking, items: Temperature, what = 'test'): Evaluation {
  const known = new Map<string, Record<string, number>>();
  return bySlice(ranking, items, what, (lists) => {
    const sums: Record<string, number> = {};
    for (const { list, candidates } of lists) {
      const key = `${candidates},${list.ranks.length},${list.relevant}`;
      let one = known.get(key);
      if (!one) known.set(key, (one = expectedAt(candidates, list.ranks.length, list.relevant)));
      for (const metric of METRICS) for (const k of CUTOFFS) sums[`${metric.id}@${k}`] = (sums[`${metric.id}@${k}`] ?? 0) + one[`${metric.id}@${k}`]!;
    }
    return Object.fromEntries(Object.entries(sums).map(([key, sum]): [string, Estimate] => {
      const value = sum / lists.length;
      return [key, { value, low: value, high: value }];
    }));
  });
}
