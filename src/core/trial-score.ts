/** What the trials of a search are compared by: a metric of ranking, or an error of predicted ratings. */
export type TrialMetric = 'NDCG@10' | 'HR@10' | 'RMSE' | 'MAE';
export interface TrialScore {
  metric: TrialMetric;
  value: number;
  /** 95 % interval. */
  low: number;
  high: number;
}

/** Errors are the better the smaller they are. */
export const lowerIsBetter = (metric: TrialMetric): boolean => metric === 'RMSE' || metric === 'MAE';
/** Higher is better, whatever the metric. */
export const worthOf = ({ metric, value }: Pick<TrialScore, 'metric' | 'value'>): number => (lowerIsBetter(metric) ? -value : value);
