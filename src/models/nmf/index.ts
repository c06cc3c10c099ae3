import { defineModel } from '../../core/model';
import { params } from './params';

export const nmf = defineModel({
  id: 'nmf',
  name: 'NMF (ratings)',
  paper: { title: 'An efficient non-negative matrix-factorization-based approach to collaborative filtering for recommender systems', authors: 'Luo, Zhou, Xia and Zhu', year: 2014, url: 'https://doi.org/10.1109/TII.2014.2308433' },
  chooseWhen: 'When the factors should be read as parts that add up: all are positive. Less accurate than SVD, and easier to explain.',
  task: 'predict',
  iterative: true,
  tensors: false,
  needs: {},
  params,
  main: ['factors', 'epochs'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
