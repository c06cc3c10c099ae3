import { defineModel } from '../../core/model';
import { params } from './params';

export const pureSvd = defineModel({
  id: 'pure-svd',
  name: 'PureSVD',
  paper: { title: 'Performance of recommender algorithms on top-N recommendation tasks', authors: 'Cremonesi, Koren and Turrin', year: 2010, url: 'https://doi.org/10.1145/1864708.1864721' },
  chooseWhen: 'As the plainest factor model: one setting, the same answer every time, and vectors of users and items to draw on a map.',
  task: 'rank',
  iterative: false,
  tensors: false,
  needs: {},
  params,
  main: ['factors'],
  presets: [
    { id: 'usual', label: 'Usual', note: 'A middling number of factors. Small data wants fewer: search for it on validation.', params: {} },
    { id: 'ncf-ml-1m', label: 'As tuned on MovieLens 1M', note: 'Chosen by Dacrema et al. (TOIS 2021) for the NCF protocol. Their solver is approximate; ours gives .002 more HR@10.', params: { factors: 52 } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
