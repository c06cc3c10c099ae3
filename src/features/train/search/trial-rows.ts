/** Trials of a study as charts and tables take them: only those with a score, in the order they were made. */
import { taskOf, winnerOf, type StoredStudy, type StudySpec } from '../../../app/search/study';
import type { ParamValue } from '../../../core/params';
import { worthOf, type TrialMetric } from '../../../core/trial-score';
import { isRange, type Dimension } from '../../../math/search/space';
import type { TrialRecord } from '../../../../workers/protocol';

export interface ScoredTrial {
  /** Trial number, from 0. */
  n: number;
  params: Record<string, ParamValue>;
  record: TrialRecord;
  epochs: number;
  best: boolean;
}

/** What the trials of a study are compared by, and what stands beside it. */
export const metricsOf = (spec: Pick<StudySpec, 'folds'>): { score: TrialMetric; beside: TrialMetric } => (taskOf(spec) === 'predict' ? { score: 'RMSE', beside: 'MAE' } : { score: 'NDCG@10', beside: 'HR@10' });

export function scoredTrials(study: Pick<StoredStudy, 'trials'>): ScoredTrial[] {
  const winner = winnerOf(study);
  return study.trials.flatMap((t, n) => (t?.record ? [{ n, params: t.params, record: t.record, epochs: t.epochs, best: n === winner }] : []));
}

/** Winner first, then by score. Short trainings of a halving come after longer ones. */
export const byScore = (trials: readonly ScoredTrial[]): ScoredTrial[] => [...trials].sort((a, b) => Number(b.best) - Number(a.best) || b.epochs - a.epochs || worthOf(b.record.score) - worthOf(a.record.score) || a.n - b.n);

/** How the score goes with a setting: Spearman's rank correlation for ranges, for lists the share of the variance of scores between values. Null with too few trials. */
export function influence(d: Dimension, trials: readonly ScoredTrial[]): number | null {
  if (trials.length < 5) return null;
  const scores = ranks(trials.map((t) => t.record.score.value));
  if (isRange(d)) {
    const r = correlation(ranks(trials.map((t) => Number(t.params[d.name]))), scores);
    return Number.isFinite(r) ? r : null;
  }
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const total = scores.reduce((s, x) => s + (x - mean) ** 2, 0);
  let between = 0;
  for (const v of d.values) {
    const own = scores.filter((_, k) => trials[k]!.params[d.name] === v);
    if (own.length > 0) between += own.length * (own.reduce((a, b) => a + b, 0) / own.length - mean) ** 2;
  }
  return total > 0 ? between / total : null;
}

/** Ranks from 1, equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, k) => k).sort((a, b) => values[a]! - values[b]!);
  const out: number[] = Array.from({ length: values.length }, () => 0);
  for (let k = 0; k < order.length; ) {
    let end = k;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[k]!]) end++;
    for (let j = k; j <= end; j++) out[order[j]!] = (k + end) / 2 + 1;
    k = end + 1;
  }
  return out;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, k) => {
    const [da, db] = [x - ma, b[k]! - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return ab / Math.sqrt(aa * bb);
}
