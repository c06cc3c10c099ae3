import { defineModel } from '../../core/model';
import { params } from './params';

export const itemKnn = defineModel({
  id: 'item-knn',
  name: 'ItemKNN',
  paper: { title: 'Item-based top-N recommendation algorithms', authors: 'Deshpande and Karypis', year: 2004, url: 'https://doi.org/10.1145/963770.963776' },
  chooseWhen: 'As the first personalised bar: it fits in seconds, each recommendation points to the items behind it, and tuned well it is hard to beat.',
  task: 'rank',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['k', 'shrink', 'weighting', 'similarity'],
  presets: [
    { id: 'usual', label: 'Usual', note: 'A hundred neighbours by plain cosine: sensible for most data; shrinkage helps where items are rare.', params: {} },
    {
      id: 'ncf-ml-1m',
      label: 'As published on MovieLens 1M',
      note: 'Tuned by Dacrema et al. (TOIS 2021) on validation data of the NCF protocol; the heavy shrinkage suits that size, not a small data set.',
      params: { k: 111, shrink: 298, weighting: 'bm25', similarity: 'cosine' },
    },
  ],
  load: async () => (await import('./fit')).fitModule,
});
