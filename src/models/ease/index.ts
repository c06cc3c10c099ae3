import { defineModel } from '../../core/model';
import { params } from './params';

export const ease = defineModel({
  id: 'ease',
  name: 'EASE',
  paper: { title: 'Embarrassingly shallow autoencoders for sparse data', authors: 'Steck', year: 2019, url: 'https://doi.org/10.1145/3308558.3313710' },
  chooseWhen: 'When there are at most a few thousand items: one setting, no chance in it, and often the most accurate of the classical models.',
  task: 'rank',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['lambda'],
  presets: [
    { id: 'usual', label: 'Usual', note: 'A middling λ for data of some thousand people. It matters: search for it on validation before you report a figure.', params: {} },
    { id: 'ncf-ml-1m', label: 'As tuned on MovieLens 1M', note: 'λ chosen by Dacrema et al. (TOIS 2021) for the NCF protocol. Smaller data wants a smaller λ.', params: { lambda: 1320 } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
