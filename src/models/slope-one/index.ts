import { defineModel } from '../../core/model';
import { params } from './params';

export const slopeOne = defineModel({
  id: 'slope-one',
  name: 'Slope One (ratings)',
  paper: { title: 'Slope One predictors for online rating-based collaborative filtering', authors: 'Lemire and Maclachlan', year: 2005, url: 'https://arxiv.org/abs/cs/0702144' },
  chooseWhen: 'When there should be nothing to tune: your mean, shifted by how much higher an item is usually rated than those you know.',
  task: 'predict',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: [],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
