import { defineModel } from '../../core/model';
import { params } from './params';

export const popularity = defineModel({
  id: 'popularity',
  name: 'Popularity',
  paper: null,
  chooseWhen: 'As the bar every personalised model has to clear; it offers everyone the same list and finds no cold item.',
  task: 'rank',
  iterative: false,
  tensors: false,
  needs: {},
  params,
  main: ['count'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
