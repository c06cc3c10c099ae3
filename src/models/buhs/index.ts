/** The card of the model with user-history synthesis. */
import { adamRate, optimiserParam } from '../../compute/training-params';
import { defineModel } from '../../core/model';
import { choice, type ParamsOf } from '../../core/params';

const params = {
  pooling: choice({
    label: 'History becomes',
    help: 'How the sampled items of a user’s history are brought together.',
    options: [
      { value: 'attention', label: 'attention', help: 'A mean in which the user decides how much each item counts.' },
      { value: 'mean', label: 'mean', help: 'The plain average.' },
      { value: 'gru', label: 'GRU', help: 'Two recurrent layers read the sample in order of time. Slowest.' },
    ],
    default: 'attention',
  }),
  history: { kind: 'int', label: 'Items sampled', help: 'How many items of a user’s history are drawn, without repeats where there are enough. The item to be predicted is never among them.', min: 1, max: 100, default: 15, scale: 'log' },
  temperature: { kind: 'number', label: 'Bias of the sample', help: 'An item is drawn with probability proportional to exp(1/plays ÷ this). Small: rarely played items are nearly always drawn, so they learn more. Large (1 and above): all items of the history alike.', min: 0.001, max: 100, default: 0.01, scale: 'log' },
  useIds: { kind: 'toggle', label: 'Learn a vector per id', help: 'Every user and item gets numbers of its own to learn.', default: true, advanced: true },
  userColumns: { kind: 'columns', entity: 'users', label: 'User columns', help: 'Columns with categories fed to the user side. * takes all that do not merely repeat the id.', default: '*' },
  itemColumns: { kind: 'columns', entity: 'items', label: 'Item columns', help: 'Columns with categories or tags fed to the item side. * takes all that do not merely repeat the id.', default: '*' },
  embedding: { kind: 'int', label: 'Embedding width', help: 'Numbers learned per category, and the width the text is brought to.', min: 4, max: 256, default: 32, scale: 'log' },
  output: { kind: 'int', label: 'Output width', help: 'Length of the vectors that are scored. Even. Hidden layers are up to four times as wide.', min: 4, max: 256, default: 64, scale: 'log', advanced: true },
  projection: { kind: 'int', label: 'Attention width', help: 'Width of the queries and keys (attention only).', min: 2, max: 256, default: 64, scale: 'log', advanced: true },
  gruWidth: { kind: 'int', label: 'GRU width', help: 'Width of the states (GRU only); the states of all steps go on side by side.', min: 2, max: 256, default: 64, scale: 'log', advanced: true },
  margin: { kind: 'number', label: 'Margin', help: 'How far above its negatives a played item should score.', min: 0.01, max: 10, default: 1, advanced: true },
  negatives: { kind: 'int', label: 'Negatives per play', help: 'Drawn from the catalogue, and as many again from the batch.', min: 1, max: 100, default: 5, scale: 'log' },
  newAsNegatives: { kind: 'toggle', label: 'Unplayed items as negatives', help: 'Also draw catalogue negatives among items that no one in the training data has played. As published; but such items are then only ever seen losing.', default: false, advanced: true },
  batch: { kind: 'int', label: 'Batch', help: 'Plays per step.', min: 8, max: 4096, default: 512, scale: 'log', advanced: true },
  learningRate: adamRate(1e-3),
  startScale: { kind: 'number', label: 'Spread of embeddings at the start', help: 'Vectors start at random with this standard deviation; 1 as published.', min: 0.001, max: 2, default: 0.1, scale: 'log', advanced: true },
  optimiser: optimiserParam,
  weightDecay: { kind: 'number', label: 'Weight decay', help: 'Pulls all weights towards 0 (added to the gradient).', min: 0, max: 0.1, default: 0, advanced: true },
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all plays.', min: 1, max: 500, default: 15, scale: 'log' },
} as const;

export type BuhsParamSpecs = typeof params;
export type BuhsParams = ParamsOf<BuhsParamSpecs>;

export const buhs = defineModel({
  id: 'buhs',
  name: 'User-history synthesis (BUHS)',
  paper: { title: 'Enhanced Recommendation for Cold-Start via Biased User History Synthesis', authors: 'the reference project’s base paper', year: 2024 },
  chooseWhen: 'Choose it against the plain two-tower network when rarely played items matter: users are described by what they played, rare items first.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: { text: 'optional' },
  params,
  main: ['pooling', 'history', 'temperature', 'embedding', 'epochs'],
  presets: [
    { id: 'quick', label: 'Quick', note: 'Mean of 8 items, narrow layers, 6 epochs.', params: { pooling: 'mean', history: 8, embedding: 16, output: 32, negatives: 3, epochs: 6, learningRate: 4e-3 } },
    { id: 'published', label: 'As published', note: 'Attention over 15 items, T = .01, layers [512, 256, 128] → 128 and 256 → 128 → 128, 20 + 20 negatives. Minutes per epoch without a graphics card.', params: { pooling: 'attention', history: 15, temperature: 0.01, embedding: 96, output: 128, projection: 64, negatives: 20, newAsNegatives: true, batch: 1024, startScale: 1 } },
  ],
  load: () => import('./fit'),
});
