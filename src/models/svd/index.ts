import { defineModel } from '../../core/model';
import { params } from './params';

export const svd = defineModel({
  id: 'svd',
  name: 'SVD (ratings)',
  paper: { title: 'Matrix factorization techniques for recommender systems', authors: 'Koren, Bell and Volinsky', year: 2009, url: 'https://doi.org/10.1109/MC.2009.263' },
  chooseWhen: 'As the first factor model for star ratings: fast, accurate, and known from the Netflix prize. It predicts ratings and does not rank.',
  task: 'predict',
  iterative: true,
  tensors: false,
  needs: {},
  params,
  main: ['factors', 'epochs', 'learningRate', 'regularisation'],
  presets: [
    { id: 'biased', label: 'With biases', note: 'Surprise’s usual settings.', params: {} },
    { id: 'pmf', label: 'Without biases', note: 'Probabilistic matrix factorisation (Salakhutdinov and Mnih 2008).', params: { biased: false } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
