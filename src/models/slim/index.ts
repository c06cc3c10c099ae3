import { defineModel } from '../../core/model';
import { params } from './params';

export const slim = defineModel({
  id: 'slim',
  name: 'SLIM',
  paper: { title: 'SLIM: sparse linear methods for top-N recommender systems', authors: 'Ning and Karypis', year: 2011, url: 'https://doi.org/10.1109/ICDM.2011.134' },
  chooseWhen: 'When you want the accuracy of EASE with few, never negative reasons behind each recommendation, and have time for two settings.',
  task: 'rank',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['l1', 'l2', 'k'],
  presets: [
    { id: 'usual', label: 'Usual', note: 'Moderate penalties; most weights still become 0.', params: {} },
    { id: 'ncf-ml-1m', label: 'Tuned for MovieLens 1M', note: 'Best of ten settings on held-out train items of the NCF protocol. The published table does not say which settings it used.', params: { l1: 5, l2: 500 } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
