/** The card of the blend. */
import { defineModel } from '../../core/model';
import { params } from './params';

export const hybrid = defineModel({
  id: 'hybrid',
  name: 'Hybrid (blend)',
  paper: { title: 'Hybrid Recommender Systems: Survey and Experiments', authors: 'Burke', year: 2002, url: 'https://doi.org/10.1023/A:1021240730564' },
  chooseWhen: 'Choose it when models are good at different things: one that knows popular items well beside one that reads content and so finds cold ones.',
  task: 'rank',
  iterative: false,
  tensors: false,
  needs: { text: 'optional' },
  params,
  main: ['members', 'tune'],
  presets: [
    { id: 'neighbours-factors', label: 'Neighbours and factors', note: 'ItemKNN and implicit ALS, half each: both see only plays, but one looks near and the other far.', params: { members: 'item-knn:0.5,als:0.5', tune: false } },
    { id: 'tuned', label: 'Tuned on validation', note: 'ItemKNN, ALS and popularity; validation chooses the weights.', params: { members: 'item-knn:0.34,als:0.33,popularity:0.33', tune: true } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
