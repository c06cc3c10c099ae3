import { defineModel } from '../../core/model';
import { params } from './params';

export const knnMeans = defineModel({
  id: 'knn-means',
  name: 'KNNWithMeans (ratings)',
  paper: { title: 'GroupLens: an open architecture for collaborative filtering of netnews', authors: 'Resnick, Iacovou, Suchak, Bergstrom and Riedl', year: 1994, url: 'https://doi.org/10.1145/192844.192905' },
  chooseWhen: 'When people differ in how generous they are: neighbours say how far above or below their own mean an item lies.',
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
