import { defineModel } from '../../core/model';
import { params } from './params';

export const knnBasic = defineModel({
  id: 'knn-basic',
  name: 'KNNBasic (ratings)',
  paper: { title: 'Empirical analysis of predictive algorithms for collaborative filtering', authors: 'Breese, Heckerman and Kadie', year: 1998, url: 'https://arxiv.org/abs/1301.7363' },
  chooseWhen: 'To see the plainest neighbour method: the average of what like-minded people gave, with nobody’s generosity taken into account.',
  task: 'predict',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['k', 'similarity', 'compare'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
