import { defineModel } from '../../core/model';
import { params } from './params';

export const normalPredictor = defineModel({
  id: 'normal-predictor',
  name: 'Chance (ratings)',
  paper: null,
  chooseWhen: 'As the floor: ratings drawn blindly from a bell curve with the train mean and spread. Nothing should do worse.',
  task: 'predict',
  iterative: false,
  tensors: false,
  needs: {},
  params,
  main: [],
  presets: [],
  load: async () => (await import('./fit')).fitModule,
});
