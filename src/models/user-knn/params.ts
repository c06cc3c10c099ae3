import { choice } from '../../core/params';

export const params = {
  k: { kind: 'int', label: 'Neighbours', help: 'How many of the most similar users each user keeps.', min: 1, max: 5000, default: 100, scale: 'log' },
  shrink: { kind: 'number', label: 'Shrinkage', help: 'Makes similarities that rest on few common items smaller. 0 leaves them as they are.', min: 0, max: 10000, default: 0 },
  weighting: choice({
    label: 'Weighting',
    help: 'How much each item counts when users are compared.',
    options: [
      { value: 'none', label: 'none', help: 'Every item counts the same.' },
      { value: 'tfidf', label: 'TF-IDF', help: 'What is common says little about a person and counts less.' },
      { value: 'bm25', label: 'BM25', help: 'As TF-IDF, and long rows are toned down.' },
    ],
    default: 'none',
  }),
  neighbours: choice({
    label: 'Whose neighbours',
    help: 'Whom a user listens to.',
    options: [
      { value: 'own', label: 'own', help: 'The k users most similar to this one: the plain reading.' },
      { value: 'reverse', label: 'reverse', help: 'All users who have this one among their k most similar. Published UserKNN figures come from code that does this, and it is often the better of the two.' },
    ],
    default: 'own',
  }),
  similarity: choice({
    label: 'Similarity',
    help: 'How two users are compared by what they have.',
    options: [
      { value: 'cosine', label: 'cosine', help: 'Common items over the geometric mean of both counts.' },
      { value: 'jaccard', label: 'Jaccard', help: 'Common items over items that either has. (With weights: the Tanimoto coefficient.)' },
    ],
    default: 'cosine',
    advanced: true,
  }),
  documents: choice({
    label: 'Documents of the weighting',
    help: 'TF-IDF and BM25 come from text search. Which side plays the documents decides what is toned down as common. Without a weighting it changes nothing.',
    options: [
      { value: 'items', label: 'items', help: 'Users who have much count less: as in the code behind the published figures.' },
      { value: 'users', label: 'users', help: 'Items that many have count less.' },
    ],
    default: 'items',
    advanced: true,
  }),
  values: { kind: 'toggle', label: 'Use plays or ratings', help: 'Compare users by how much they played or liked, not only by whether.', default: false, advanced: true },
} as const;
