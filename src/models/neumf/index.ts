/** The card of NeuMF, with GMF and MLP as its parts. */
import { adamRate, optimiserParam } from '../../compute/training-params';
import { defineModel } from '../../core/model';
import { choice, type ParamsOf } from '../../core/params';

const params = {
  part: choice({
    label: 'Network',
    help: 'The whole, or one of its two halves by itself.',
    options: [
      { value: 'neumf', label: 'NeuMF', help: 'Both halves side by side, with vectors of their own.' },
      { value: 'gmf', label: 'GMF', help: 'User and item vectors multiplied number by number, then weighted: matrix factorisation with a weight per dimension. Fastest by far.' },
      { value: 'mlp', label: 'MLP', help: 'User and item vectors side by side through a small network.' },
    ],
    default: 'neumf',
  }),
  factors: { kind: 'int', label: 'Factors', help: 'Width of the GMF vectors and of the last MLP layer.', min: 2, max: 256, default: 16, scale: 'log' },
  layers: { kind: 'int', label: 'MLP layers', help: 'Each is twice as wide as the one after it, so one more layer doubles the MLP’s vectors.', min: 1, max: 5, default: 2, advanced: true },
  pretraining: { kind: 'int', label: 'Pre-training epochs', help: 'Of all epochs, how many train GMF and MLP apart before they are joined (NeuMF only). 0: joined from the start.', min: 0, max: 500, default: 5 },
  alpha: { kind: 'number', label: 'Share of GMF when joined', help: 'Weight of GMF’s output when the pre-trained halves are joined; MLP gets the rest.', min: 0, max: 1, default: 0.5, advanced: true },
  negatives: { kind: 'int', label: 'Negatives per play', help: 'Random items the user has not played, drawn anew each epoch.', min: 1, max: 50, default: 4, scale: 'log' },
  batch: { kind: 'int', label: 'Batch', help: 'Plays per step; each brings its negatives.', min: 8, max: 16384, default: 512, scale: 'log', advanced: true },
  learningRate: adamRate(2e-3),
  startScale: { kind: 'number', label: 'Spread of vectors at the start', help: 'Vectors start at random with this standard deviation.', min: 0.001, max: 1, default: 0.01, scale: 'log', advanced: true },
  optimiser: optimiserParam,
  weightDecay: { kind: 'number', label: 'Weight decay', help: 'Pulls all weights towards 0 (added to the gradient).', min: 0, max: 0.1, default: 0, advanced: true },
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all plays, pre-training included.', min: 1, max: 500, default: 20, scale: 'log' },
} as const;

export type NeuMfParamSpecs = typeof params;
export type NeuMfParams = ParamsOf<NeuMfParamSpecs>;

export const neumf = defineModel({
  id: 'neumf',
  name: 'NeuMF (GMF, MLP)',
  paper: { title: 'Neural Collaborative Filtering', authors: 'He, Liao, Zhang, Nie, Hu and Chua', year: 2017, url: 'https://doi.org/10.1145/3038912.3052569' },
  chooseWhen: 'Choose it to see what a small network adds to matrix factorisation on the same vectors: later work found that well tuned simple models match it.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: {},
  params,
  main: ['part', 'factors', 'pretraining', 'negatives', 'epochs'],
  presets: [
    { id: 'quick', label: 'Quick', note: 'GMF alone, 10 epochs: the fastest of the family.', params: { part: 'gmf', factors: 16, epochs: 10, learningRate: 5e-3 } },
    { id: 'published', label: 'As published', note: '64 factors, 3 layers, 4 negatives, pre-training with α = .5. The paper uses plain SGD after joining and picks the epoch on the test set; here Adam goes on and validation picks.', params: { part: 'neumf', factors: 64, layers: 3, pretraining: 20, alpha: 0.5, negatives: 4, batch: 256, learningRate: 1e-3, epochs: 40 } },
  ],
  load: () => import('./fit'),
});
