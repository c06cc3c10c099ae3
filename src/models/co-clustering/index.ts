import { defineModel } from '../../core/model';
import { params } from './params';

export const coClustering = defineModel({
  id: 'co-clustering',
  name: 'Co-clustering (ratings)',
  paper: { title: 'A scalable collaborative filtering framework based on co-clustering', authors: 'George and Merugu', year: 2005, url: 'https://doi.org/10.1109/ICDM.2005.14' },
  chooseWhen: 'When a handful of groups of people and of items should tell the story; quick, and less accurate than factors.',
  task: 'predict',
  iterative: false,
  tensors: false,
  needs: {},
  params,
  main: ['userClusters', 'itemClusters', 'epochs'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
