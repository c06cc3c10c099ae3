/** The card of LightFM. */
import { defineModel } from '../../core/model';
import { params } from './params';

const idsOnly = { itemFeatures: '', userFeatures: '', itemIds: true, userIds: true, textNumbers: 0 } as const;

export const lightfm = defineModel({
  id: 'lightfm',
  name: 'LightFM (hybrid)',
  paper: { title: 'Metadata Embeddings for User and Item Cold-start Recommendations', authors: 'Kula', year: 2015, url: 'https://arxiv.org/abs/1507.08439' },
  chooseWhen: 'Choose it when items or users have columns worth sharing, so that new ones can be recommended, and WARP when only the top of the list matters.',
  task: 'rank',
  iterative: true,
  tensors: false,
  needs: { text: 'optional' },
  params,
  main: ['loss', 'factors', 'learningRate', 'epochs', 'itemFeatures', 'userFeatures'],
  presets: [
    { id: 'hybrid', label: 'Hybrid', note: 'Ids, all columns with categories, and the text where one is chosen: cold items lean on what they share with others.', params: { loss: 'warp', itemFeatures: '*', userFeatures: '*' } },
    { id: 'columns-only', label: 'Columns only', note: 'Items are the sum of their columns: the paper’s cold-start setting. Needs columns that say something about taste.', params: { loss: 'warp', itemFeatures: '*', itemIds: false } },
    { id: 'published-ml100k', label: 'As published (ML-100K)', note: 'WARP on ids alone, 10 factors, 10 epochs: the library’s own MovieLens 100K example. Its figures leave train items in the ranking; here they are taken out, which about doubles precision.', params: { ...idsOnly, loss: 'warp', factors: 10, learningRate: 0.05, epochs: 10 } },
    { id: 'bpr-mf', label: 'BPR-MF', note: 'Matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009), as the implicit library runs it: ids alone, plain SGD, 100 passes.', params: { ...idsOnly, loss: 'bpr', optimiser: 'sgd', factors: 64, learningRate: 0.05, regularisation: 0.01, epochs: 100 } },
  ],
  load: () => import('./fit'),
});
