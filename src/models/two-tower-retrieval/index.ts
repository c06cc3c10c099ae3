/** The card of the retrieval model. */
import { adamRate, optimiserParam } from '../../compute/training-params';
import { defineModel } from '../../core/model';
import type { ParamsOf } from '../../core/params';

const params = {
  useIds: { kind: 'toggle', label: 'Learn a vector per id', help: 'Every user and item gets numbers of its own to learn. Off, the towers see only columns, numbers and text, and new items are treated like all others.', default: true, advanced: true },
  userColumns: { kind: 'columns', entity: 'users', label: 'User columns', help: 'Columns with categories fed to the user tower. * takes all that do not merely repeat the id.', default: '*' },
  itemColumns: { kind: 'columns', entity: 'items', label: 'Item columns', help: 'Columns with categories or tags fed to the item tower. * takes all that do not merely repeat the id.', default: '*' },
  useNumbers: { kind: 'toggle', label: 'Use numeric columns', help: 'Numbers of users and items (a year, a tempo, a count) go in on a log scale, brought to mean 0 and deviation 1.', default: true },
  embedding: { kind: 'int', label: 'Embedding width', help: 'Numbers learned per category, and the width the text is brought to.', min: 4, max: 256, default: 32, scale: 'log' },
  hidden1: { kind: 'int', label: 'First hidden width', help: 'Units of each tower’s first layer.', min: 4, max: 1024, default: 256, scale: 'log', advanced: true },
  hidden2: { kind: 'int', label: 'Second hidden width', help: 'Units of each tower’s second layer.', min: 4, max: 1024, default: 128, scale: 'log', advanced: true },
  output: { kind: 'int', label: 'Vector width', help: 'Length of the vectors that are compared, and what an index has to store per item.', min: 4, max: 512, default: 128, scale: 'log', advanced: true },
  temperature: { kind: 'number', label: 'Temperature', help: 'Vectors have length 1, so scores lie between −1 and 1; they are divided by this before the softmax. Smaller looks harder at the strongest rivals.', min: 0.005, max: 5, default: 0.1, scale: 'log' },
  logQ: {
    kind: 'toggle', label: 'Correct for popularity (logQ)',
    help: 'The other plays of a batch serve as rivals, so popular items are rivals more often and get pushed down for it. The correction takes that out. Off, popular items fall and rare ones rise.',
    default: true,
  },
  maskHits: { kind: 'toggle', label: 'Leave out accidental hits', help: 'Where another play of the batch has the same item, it is no rival.', default: true, advanced: true },
  batch: { kind: 'int', label: 'Batch', help: 'Plays per step. Each play’s rivals are all others of the batch, so a larger batch is a harder task.', min: 8, max: 4096, default: 512, scale: 'log' },
  learningRate: adamRate(1e-3),
  startScale: { kind: 'number', label: 'Spread of embeddings at the start', help: 'Vectors start at random with this standard deviation.', min: 0.001, max: 2, default: 0.1, scale: 'log', advanced: true },
  optimiser: optimiserParam,
  weightDecay: { kind: 'number', label: 'Weight decay', help: 'Pulls all weights towards 0 (added to the gradient).', min: 0, max: 0.1, default: 0, advanced: true },
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all plays.', min: 1, max: 500, default: 20, scale: 'log' },
} as const;

export type RetrievalParamSpecs = typeof params;
export type RetrievalParams = ParamsOf<RetrievalParamSpecs>;

export const twoTowerRetrieval = defineModel({
  id: 'two-tower-retrieval',
  name: 'Two-tower retrieval',
  paper: { title: 'Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations', authors: 'Yi, Yang, Hong, Cheng, Heldt, Kumthekar, Zhao, Wei and Chi', year: 2019, url: 'https://doi.org/10.1145/3298689.3346996' },
  chooseWhen: 'Choose it to find candidates in a large catalogue: both sides end in vectors of length 1, which an index can search, and new users and items are placed by their features.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: { text: 'optional' },
  params,
  main: ['embedding', 'temperature', 'logQ', 'batch', 'epochs'],
  presets: [
    { id: 'quick', label: 'Quick', note: 'Narrow towers and 8 epochs: seconds per epoch on a laptop.', params: { embedding: 16, hidden1: 64, hidden2: 32, output: 32, epochs: 8, learningRate: 4e-3 } },
    { id: 'published', label: 'As published', note: 'Towers [256, 128] → 128, unit vectors, in-batch softmax with logQ. The paper estimates how often an item appears from the stream; here it is counted on the train data.', params: { embedding: 64, hidden1: 256, hidden2: 128, output: 128, temperature: 0.05, logQ: true, maskHits: true, batch: 1024 } },
  ],
  load: () => import('./fit'),
});
