import { choice } from '../../core/params';

export const params = {
  k: { kind: 'int', label: 'Neighbours', help: 'How many of the most similar items each item keeps. Few keep recommendations close to what a person has; many let in weak, mostly popular company.', min: 1, max: 2000, default: 100, scale: 'log' },
  shrink: { kind: 'number', label: 'Shrinkage', help: 'Makes similarities that rest on few common listeners smaller, so that two rare items are not called twins by chance. 0 leaves them as they are.', min: 0, max: 10000, default: 0 },
  weighting: choice({
    label: 'Weighting',
    help: 'How much each user counts when items are compared.',
    options: [
      { value: 'none', label: 'none', help: 'Every user counts the same.' },
      { value: 'tfidf', label: 'TF-IDF', help: 'Users with many items count less: that they have both items says little.' },
      { value: 'bm25', label: 'BM25', help: 'As TF-IDF, and very popular items are also toned down. Often the best of the three.' },
    ],
    default: 'none',
  }),
  similarity: choice({
    label: 'Similarity',
    help: 'How two items are compared by the people who have them.',
    options: [
      { value: 'cosine', label: 'cosine', help: 'Common users over the geometric mean of both counts.' },
      { value: 'jaccard', label: 'Jaccard', help: 'Common users over users who have either. (With weights: the Tanimoto coefficient.)' },
    ],
    default: 'cosine',
  }),
  profile: choice({
    label: 'What a person has counts',
    help: 'Whether the weighting shapes the similarity only, or the scores too. Without a weighting it changes nothing.',
    options: [
      { value: 'binary', label: 'once each', help: 'Every item a person has counts the same: as in most published figures.' },
      { value: 'weighted', label: 'weighted', help: 'Each item counts by its weight. People compare both in papers; on MovieLens 1M it is slightly worse.' },
    ],
    default: 'binary',
    advanced: true,
  }),
  values: { kind: 'toggle', label: 'Use plays or ratings', help: 'Compare items by how much they were played or liked, not only by whether. Scores still add up over what a person has, whatever the value.', default: false, advanced: true },
} as const;
