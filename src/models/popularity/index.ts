import { defineModel } from '../../core/model';
import { params } from './params';

export const popularity = defineModel({
  id: 'popularity',
  name: 'Popularity',
  paper: null,
  chooseWhen: 'As the bar every personalised model has to clear; it offers everyone the same list and finds no cold item.',
  task: 'rank',
  iterative: false,
  tensors: false,
  deterministic: true,
  needs: {},
  params,
  main: ['count', 'halfLife', 'audience'],
  presets: [
    { id: 'ever', label: 'Popular ever', note: 'How many people have it, whenever that was: the plain bar.', params: {} },
    { id: 'recent', label: 'Popular lately', note: 'A play 30 days older counts half as much: for catalogues where hits come and go. Needs times.', params: { halfLife: 30 } },
    { id: 'by-country', label: 'Popular in the country', note: 'People of one country get one list: the simplest personalisation there is, and a fairer bar for models that read user columns.', params: { audience: 'group' } },
  ],
  load: async () => (await import('./fit')).fitModule,
});
