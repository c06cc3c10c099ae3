import { defineModel } from '../../core/model';
import { params } from './params';

export const randomForest = defineModel({
  id: 'random-forest',
  name: 'Random forest',
  paper: { title: 'Random Forests', authors: 'Breiman', year: 2001, url: 'https://doi.org/10.1023/A:1010933404324' },
  chooseWhen: 'When you want to see which facts about people and items carry a recommendation: it ranks by a handful of plain features and says how much each one matters.',
  task: 'rank',
  iterative: false,
  tensors: false,
  needs: { text: 'optional' },
  params,
  main: ['trees', 'depth', 'minLeaf', 'share'],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
