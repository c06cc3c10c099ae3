import type { RankedList } from '../core/metric';

/** How many relevant items are among the first k. Ranks ascend. */
export function hitsWithin({ ranks }: RankedList, k: number): number {
  let hits = 0;
  while (hits < ranks.length && ranks[hits]! <= k) hits++;
  return hits;
}
