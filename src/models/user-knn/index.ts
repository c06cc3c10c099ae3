import { defineModel } from '../../core/model';
import { params } from './params';

export const userKnn = defineModel({
  id: 'user-knn',
  name: 'UserKNN',
  paper: { title: 'GroupLens: an open architecture for collaborative filtering of netnews', authors: 'Resnick, Iacovou, Suchak, Bergstrom and Riedl', year: 1994, url: 'https://doi.org/10.1145/192844.192905' },
  chooseWhen: 'When users are fewer than items, or when “people like you also have” is the reason you want to give.',
  task: 'rank',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['k', 'shrink', 'weighting', 'neighbours'],
  presets: [
    { id: 'usual', label: 'Usual', note: 'A hundred neighbours by plain cosine: sensible for most data; shrinkage helps where people have few items.', params: {} },
    {
      id: 'ncf-ml-1m',
      label: 'As published on MovieLens 1M',
      note: 'Tuned by Dacrema et al. (TOIS 2021) on the NCF protocol. The published figure is met by the reverse neighbours only, which the paper does not say.',
      params: { k: 516, shrink: 0, weighting: 'bm25', neighbours: 'reverse', documents: 'items', similarity: 'cosine' },
    },
  ],
  load: async () => (await import('./fit')).fitModule,
});
