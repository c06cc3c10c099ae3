/** What a ranking metric is. One file per metric under src/metrics. */

/** Cut-offs shown everywhere. */
export const CUTOFFS = [1, 5, 10, 20, 50, 100] as const;

/** One user's ranked outcome. */
export interface RankedList {
  /** Ranks, from 1, of the relevant items among the candidates, ascending. */
  ranks: ArrayLike<number>;
  /** How many items are relevant (≥ ranks.length when some are not candidates). */
  relevant: number;
}

export interface Metric {
  /** 'HR', 'NDCG', … ; the key of a value at K is `${id}@${K}`. */
  id: string;
  name: string;
  /** Formula in one line, denominator included. */
  formula: string;
  /** One sentence for a newcomer. */
  help: string;
  /** Value for one user, NaN where it has none (then it is not in the mean's n). */
  at(list: RankedList, k: number): number;
  /** A 0/1 value per user: its interval is Wilson's. Others get mean ± 1.96 standard errors. */
  binary: boolean;
}
export const defineMetric = (m: Metric): Metric => m;

/** A mean over users with a 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
export type SliceId = 'all' | 'warm' | 'cold' | 'new';
export const SLICES: readonly SliceId[] = ['all', 'warm', 'cold', 'new'];

/** Metrics of one slice. n = 0 means the slice is empty and `metrics` holds nothing; `empty` then says why and what to do. */
export interface SliceResult {
  n: number;
  metrics: Record<string, Estimate>;
  empty?: string;
}
export type Evaluation = Record<SliceId, SliceResult>;
