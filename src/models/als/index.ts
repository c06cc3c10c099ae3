/** The card of implicit ALS. */
import { defineModel } from '../../core/model';
import { params } from './params';

export const als = defineModel({
  id: 'als',
  name: 'Implicit ALS',
  paper: { title: 'Collaborative Filtering for Implicit Feedback Datasets', authors: 'Hu, Koren, Volinsky', year: 2008, url: 'https://doi.org/10.1109/ICDM.2008.22' },
  chooseWhen: 'Choose it for plays, clicks or purchases when you want a strong matrix factorisation in seconds and new users served without training again.',
  task: 'rank',
  iterative: true,
  tensors: false,
  needs: {},
  params,
  main: ['factors', 'alpha', 'lambda', 'epochs', 'solver'],
  presets: [
    { id: 'fast', label: 'Fast', note: 'Few factors and conjugate gradient: a moment on a laptop.', params: { factors: 32, epochs: 10, solver: 'cg' } },
    { id: 'exact', label: 'Exact', note: '64 factors, each solved exactly: the settings of the reference figures on Last.fm and MovieLens.', params: { factors: 64, alpha: 10, lambda: 0.1, epochs: 15, solver: 'cholesky', counts: 'same', weighting: 'none' } },
    { id: 'plays', label: 'Listening counts', note: 'Uses how often things were played, tempered by BM25, as the implicit library’s Last.fm example does.', params: { factors: 64, alpha: 2, lambda: 0.05, counts: 'value', weighting: 'bm25' } },
  ],
  load: () => import('./fit'),
});
