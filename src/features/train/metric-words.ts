/** What each metric is, beside its number: formula with its denominator, and one sentence. n = users of the slice with a held-out item. */
export interface MetricWords {
  name: string;
  formula: string;
  help: string;
}

const words: Record<string, MetricWords> = {
  HR: {
    name: 'Hit rate',
    formula: 'HR@K = users with a held-out item among their first K ÷ n',
    help: 'How many users find the item they really chose next in a list of K.',
  },
  NDCG: {
    name: 'Normalised discounted cumulative gain',
    formula: 'NDCG@K = mean of Σ 1/log₂(rank+1) over found items ÷ the same sum with all held-out items on top',
    help: 'A hit counts more the higher it stands: 1 in place one, .63 in place two, .29 in place ten.',
  },
  Recall: {
    name: 'Recall',
    formula: 'Recall@K = mean of found held-out items ÷ all held-out items of the user',
    help: 'With one held-out item a user it equals the hit rate.',
  },
  Precision: {
    name: 'Precision',
    formula: 'Precision@K = mean of found held-out items ÷ K',
    help: 'With one held-out item a user it cannot pass 1/K.',
  },
  MRR: {
    name: 'Mean reciprocal rank',
    formula: 'MRR@K = mean of 1 ÷ rank of the first found item, 0 when none is among the first K',
    help: 'How near to the top the first hit stands.',
  },
  MAP: {
    name: 'Mean average precision',
    formula: 'MAP@K = mean of Σ precision at each found rank ÷ min(K, held-out items)',
    help: 'Like MRR when a user has one held-out item; with several, all of them count.',
  },
};

export const metricWords = (id: string): MetricWords => words[id] ?? { name: id, formula: id, help: '' };
/** The rule every rank follows, said once. */
/** Where a run's candidates were listed. */
export const listedRule = 'Ranked against the user’s listed negatives only; ties count against the held-out item.';
export const rankRule = 'Ranked against every item the user has not seen; ties count against the held-out item.';
