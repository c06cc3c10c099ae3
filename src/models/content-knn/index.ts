import { defineModel } from '../../core/model';
import { params } from './params';

export const contentKnn = defineModel({
  id: 'content-knn',
  name: 'Content kNN',
  paper: null,
  chooseWhen: 'When many items are new or rarely played: it compares items by what they are (audio features or text), so it also finds those nobody has yet.',
  task: 'rank',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: { text: 'optional' },
  params,
  main: ['k', 'source', 'among'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
