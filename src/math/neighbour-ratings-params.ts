/** Parameters of the neighbour models of ratings; their cards share them, names and defaults as in Surprise. */
import { choice } from '../core/params';

export const neighbourParams = {
  k: { kind: 'int', label: 'Neighbours', help: 'How many of the most alike who rated the item are heard. More is smoother.', min: 1, max: 1000, default: 40, scale: 'log' },
  similarity: choice({
    label: 'Similarity',
    help: 'How alike two of them rate, over what both rated.',
    options: [
      { value: 'msd', label: 'Squared difference', help: '1 ÷ (1 + mean squared difference).' },
      { value: 'cosine', label: 'Cosine' },
      { value: 'pearson', label: 'Pearson', help: 'Cosine around each one’s mean.' },
      { value: 'pearson-baseline', label: 'Pearson around baselines', help: 'Shrunk where little is rated by both.' },
    ],
    default: 'msd',
  }),
  compare: choice({
    label: 'Compare',
    help: 'Users: those who rate like you speak for an item. Items: your own ratings of like items do.',
    options: [
      { value: 'users', label: 'Users' },
      { value: 'items', label: 'Items' },
    ],
    default: 'users',
  }),
  minK: { kind: 'int', label: 'Fewest neighbours', help: 'With fewer than these the prediction falls back on means.', min: 1, max: 100, default: 1, advanced: true },
  minSupport: { kind: 'int', label: 'Fewest common ratings', help: 'Two with fewer ratings in common count as not alike.', min: 1, max: 1000, default: 1, advanced: true },
  shrinkage: { kind: 'number', label: 'Shrinkage', help: 'Pearson around baselines only: with n ratings in common the similarity is multiplied by (n − 1) ÷ (n − 1 + this).', min: 0, max: 10000, default: 100, advanced: true },
} as const;
export type NeighbourParams = typeof neighbourParams;
