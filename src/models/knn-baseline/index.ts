import { defineModel } from '../../core/model';
import { params } from './params';

export const knnBaseline = defineModel({
  id: 'knn-baseline',
  name: 'KNNBaseline (ratings)',
  paper: { title: 'Factor in the neighbors: scalable and accurate collaborative filtering', authors: 'Koren', year: 2010, url: 'https://doi.org/10.1145/1644873.1644874' },
  chooseWhen: 'As the strongest of the neighbour methods for ratings: what neighbours say is measured from user and item baselines.',
  task: 'predict',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['k', 'similarity', 'compare'],
  presets: [
    { id: 'msd', label: 'Squared difference', note: 'Surprise’s usual settings: 40 neighbours among users.', params: {} },
    { id: 'pearson', label: 'Pearson around baselines', note: 'Better where people share many ratings; shrunk where they share few.', params: { similarity: 'pearson-baseline' } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
