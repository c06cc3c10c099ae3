import { defineModel } from '../../core/model';
import { params } from './params';

export const svdPp = defineModel({
  id: 'svd-pp',
  name: 'SVD++ (ratings)',
  paper: { title: 'Factorization meets the neighborhood: a multifaceted collaborative filtering model', authors: 'Koren', year: 2008, url: 'https://doi.org/10.1145/1401890.1401944' },
  chooseWhen: 'When what people chose to rate says something beside the stars they gave: usually a little more accurate than SVD.',
  task: 'predict',
  iterative: true,
  tensors: false,
  needs: {},
  params,
  main: ['factors', 'epochs', 'learningRate', 'regularisation'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
