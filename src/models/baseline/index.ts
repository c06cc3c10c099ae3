import { defineModel } from '../../core/model';
import { params } from './params';

export const baseline = defineModel({
  id: 'baseline',
  name: 'Baseline (ratings)',
  paper: { title: 'Factor in the neighbors: scalable and accurate collaborative filtering', authors: 'Koren', year: 2010, url: 'https://doi.org/10.1145/1644873.1644874' },
  chooseWhen: 'As the bar every model of ratings has to clear: the mean, how generous the user is and how well liked the item is.',
  task: 'predict',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['method', 'epochs'],
  presets: [
    { id: 'als', label: 'ALS', note: 'Surprise’s usual settings.', params: {} },
    { id: 'sgd', label: 'SGD', note: 'Surprise’s usual settings for descent: 20 rounds.', params: { method: 'sgd', epochs: 20 } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
