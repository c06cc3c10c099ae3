import { defineModel } from '../../core/model';

export const random = defineModel({
  id: 'random',
  name: 'Random',
  paper: null,
  chooseWhen: 'To see what pure chance reaches on this catalogue: any model worth its training stands above it.',
  task: 'rank',
  iterative: false,
  tensors: false,
  needs: {},
  params: {},
  main: [],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
