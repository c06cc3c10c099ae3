/** The two-tower model's card. */
import { optimiserParam } from '../../compute/training-params';
import { choice, type ParamsOf } from '../../core/params';
import { defineModel } from '../../core/model';

const params = {
  useIds: {
    kind: 'toggle',
    label: 'Learn a vector per id',
    help: 'Every user and item gets numbers of its own to learn. Off, the towers see only columns and text: then two items with the same features are the same to the model, and new items are treated like all others.',
    default: true,
    advanced: true,
  },
  userColumns: { kind: 'columns', entity: 'users', label: 'User columns', help: 'Columns with categories fed to the user tower, for example the country. * takes all that do not merely repeat the id.', default: '*' },
  itemColumns: { kind: 'columns', entity: 'items', label: 'Item columns', help: 'Columns with categories or tags fed to the item tower, for example the artist. They let items share what is learned. * takes all that do not merely repeat the id.', default: '*' },
  combine: choice({
    label: 'Join features by',
    help: 'How the features of one user or item come together before the tower.',
    options: [
      { value: 'cat', label: 'side by side', help: 'Each feature keeps its own place. More weights.' },
      { value: 'sum', label: 'adding', help: 'Features are added, so they share one space. Fewer weights.' },
    ],
    default: 'cat',
    advanced: true,
  }),
  scorer: choice({
    label: 'Scorer',
    help: 'How a user vector and an item vector become one score.',
    options: [
      { value: 'dot', label: 'Dot', help: 'The dot product: fastest, and the one that works with nearest-neighbour indexes.' },
      { value: 'mlp', label: 'MLP', help: 'A small network looks at both vectors.' },
      { value: 'dotCompress', label: 'Compress', help: 'A small network looks at the dot products within and between both vectors, as in SparseNN.' },
    ],
    default: 'dotCompress',
  }),
  embedding: { kind: 'int', label: 'Embedding width', help: 'Numbers learned per category, and the width the text is brought to. Wider can hold more and trains slower.', min: 4, max: 256, default: 96, scale: 'log' },
  output: { kind: 'int', label: 'Output width', help: 'Length of the vector each tower ends with. Even.', min: 4, max: 512, default: 192, scale: 'log', advanced: true },
  loss: choice({
    label: 'Loss',
    help: 'What training pushes down.',
    options: [
      { value: 'margin', label: 'margin', help: 'A played item should score at least the margin above each negative; beyond that it no longer matters.' },
      { value: 'bpr', label: 'BPR', help: 'A played item should score above each negative, the further the better, with less and less reward.' },
      { value: 'softmax', label: 'softmax', help: 'A played item should win against all its negatives at once. With the dot scorer its rivals are all other plays of the batch; with the others, the sampled negatives.' },
    ],
    default: 'margin',
    advanced: true,
  }),
  margin: { kind: 'number', label: 'Margin', help: 'How far above its negatives a played item should score (margin loss only).', min: 0.01, max: 10, default: 1, advanced: true },
  temperature: { kind: 'number', label: 'Temperature', help: 'Scores are divided by this before the softmax: smaller looks harder at the strongest rivals (softmax loss only).', min: 0.01, max: 10, default: 1, scale: 'log', advanced: true },
  logQ: {
    kind: 'toggle',
    label: 'Correct for popularity',
    help: 'In-batch rivals are popular items more often than not. The correction takes that out, so popular items are not pushed down for being frequent (softmax with the dot scorer only).',
    default: true,
    advanced: true,
  },
  negatives: { kind: 'int', label: 'Negatives per positive', help: 'Items the user has not played, drawn for each play, from each source below. More gives a finer picture per epoch and takes longer.', min: 1, max: 100, default: 20, scale: 'log' },
  negativesFrom: choice({
    label: 'Draw negatives from',
    help: 'Where negatives come from. Items of the user, the validation item included, are never drawn.',
    options: [
      { value: 'both', label: 'both', help: 'That many from the catalogue and that many from the batch.' },
      { value: 'catalogue', label: 'the catalogue', help: 'Every item is equally likely.' },
      { value: 'batch', label: 'the batch', help: 'Items other users of the batch played: popular ones come more often. Where too few qualify, the rest comes from the catalogue.' },
    ],
    default: 'both',
    advanced: true,
  }),
  newAsNegatives: {
    kind: 'toggle',
    label: 'Unplayed items as negatives',
    help: 'Also draw catalogue negatives among items that no one in the training data has played. As published; but such items are then only ever seen losing, and the model learns to hold their text against them. Off helps strictly new items.',
    default: true,
    advanced: true,
  },
  batch: { kind: 'int', label: 'Batch', help: 'Plays per training step.', min: 8, max: 8192, default: 1024, scale: 'log', advanced: true },
  learningRate: { kind: 'number', label: 'Learning rate', help: 'Length of a training step. Too small crawls, too large jumps about or diverges.', min: 1e-6, max: 0.1, default: 2e-3, scale: 'log' },
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all plays. Early stopping may end it before.', min: 1, max: 500, default: 25, scale: 'log' },
  optimiser: optimiserParam,
  weightDecay: { kind: 'number', label: 'Weight decay', help: 'Pulls all weights towards 0 (added to the gradient, as in PyTorch’s Adam).', min: 0, max: 0.1, default: 0, advanced: true },
  startScale: { kind: 'number', label: 'Spread of embeddings at the start', help: 'Vectors start at random with this standard deviation. With 1, as published, an item with few plays stays mostly noise; small lets text and columns speak for it.', min: 0.001, max: 2, default: 0.1, scale: 'log', advanced: true },
  idDropout: {
    kind: 'number',
    label: 'Hide item ids',
    help: 'Share of items per step that are shown without their own vector, as an unknown item. It teaches the tower to judge by text and columns, which is all it has for a new item. No effect where items have nothing but an id.',
    min: 0,
    max: 0.9,
    default: 0,
    advanced: true,
  },
  newItems: choice({
    label: 'Untrained vectors',
    help: 'What stands for the id of an item (or a category) that no training play has touched.',
    options: [
      { value: 'mean', label: 'average', help: 'The average of the trained ones, or the unknown item’s vector where ids are hidden in training.' },
      { value: 'start', label: 'as drawn', help: 'The random start value, as in the reference: noise.' },
    ],
    default: 'mean',
    advanced: true,
  }),
  centredStart: {
    kind: 'toggle',
    label: 'Centred start',
    help: 'Shifts the last bias so that scores start where the GELU on top slopes the right way. Without it about 3 in 10 runs get caught below the GELU’s minimum and learn nothing. No effect on the dot scorer.',
    default: true,
    advanced: true,
  },
  warmUp: {
    kind: 'int',
    label: 'Warm-up steps',
    help: 'The learning rate rises to its full value over this many steps. The first steps of Adam are long and all point one way; at full length they can push all scores below the GELU’s minimum at once, centred or not. 0: none, as published. No effect on the dot scorer.',
    min: 0,
    max: 1000,
    default: 20,
    advanced: true,
  },
} as const;

export type TwoTowerParamSpecs = typeof params;
export type TwoTowerParams = ParamsOf<TwoTowerParamSpecs>;

const published = {
  scorer: 'dotCompress',
  combine: 'cat',
  embedding: 96,
  output: 192,
  loss: 'margin',
  margin: 1,
  negatives: 20,
  negativesFrom: 'both',
  optimiser: 'adam',
  weightDecay: 0,
  startScale: 1,
  idDropout: 0,
  newItems: 'start',
  newAsNegatives: true,
  centredStart: false,
  warmUp: 0,
} as const;
const questionable =
  'The best epoch is picked on the test set and the validation item stays among the candidates, as in the original: read its numbers as too good. Uncentred, so about 1 run in 10 is caught by the GELU on the score.';

export const twoTower = defineModel({
  id: 'two-tower',
  name: 'Two-tower (SparseNN)',
  paper: { title: 'Enhanced Recommendation for Cold-Start via Biased User History Synthesis (base model)', authors: 'the reference project’s base model', year: 2024 },
  chooseWhen: 'Choose it when items have text or features and new items keep arriving.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: { text: 'optional' },
  params,
  main: ['scorer', 'embedding', 'negatives', 'learningRate', 'epochs'],
  presets: [
    { id: 'fast', label: 'Fast', note: 'Dot product, narrow towers and few negatives: a second or two per epoch on a laptop.', params: { scorer: 'dot', embedding: 32, output: 64, negatives: 5, learningRate: 4e-3, epochs: 10, idDropout: 0.2, newAsNegatives: false } },
    { id: 'careful', label: 'Careful', note: 'Full width and 20 + 20 negatives, with room to reach the plateau. Leave early stopping on.', params: { epochs: 40, learningRate: 1e-3, idDropout: 0.2, newAsNegatives: false } },
    { id: 'published-readme', label: 'As published (README)', note: `Batch 1024, learning rate 2e-5, 5 epochs. ${questionable}`, params: { ...published, batch: 1024, learningRate: 2e-5, epochs: 5 }, evaluation: { selection: 'test', maskValidation: false } },
    { id: 'published-script', label: 'As published (script)', note: `Batch 512, learning rate 2e-4, 2 epochs. ${questionable}`, params: { ...published, batch: 512, learningRate: 2e-4, epochs: 2 }, evaluation: { selection: 'test', maskValidation: false } },
  ],
  load: () => import('./fit'),
});
