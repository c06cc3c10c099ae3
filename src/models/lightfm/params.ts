import { choice, type ParamsOf } from '../../core/params';

export const params = {
  loss: choice({
    label: 'Loss',
    help: 'What training pushes down.',
    options: [
      { value: 'warp', label: 'WARP', help: 'Looks for an item wrongly ranked above a played one and corrects the more, the fewer tries that took. Aims at the top of the list.' },
      { value: 'bpr', label: 'BPR', help: 'A played item should score above one that was not played; rivals are drawn by popularity, so less popular items are spared.' },
      { value: 'logistic', label: 'logistic', help: 'Predicts yes or no. Needs dislikes (values below 0) to say anything; with plays alone it learns little more than popularity.' },
    ],
    default: 'warp',
  }),
  factors: { kind: 'int', label: 'Factors', help: 'Numbers learned per user, item and feature.', min: 1, max: 512, default: 32, scale: 'log' },
  learningRate: { kind: 'number', label: 'Learning rate', help: 'Length of a training step. Adagrad shortens it over time by itself.', min: 1e-4, max: 1, default: 0.05, scale: 'log' },
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all plays.', min: 1, max: 500, default: 30, scale: 'log' },
  itemFeatures: { kind: 'columns', entity: 'items', label: 'Item columns', help: 'Columns with categories or tags that items share. They let new items borrow what was learned from others. * takes all that do not merely repeat the id; empty is none.', default: '*' },
  userFeatures: { kind: 'columns', entity: 'users', label: 'User columns', help: 'The same for users, for example the country. * takes all that do not merely repeat the id; empty is none.', default: '*' },
  textNumbers: { kind: 'int', label: 'Numbers from the text', help: 'Where a text is chosen, its vectors are brought to so many numbers, the directions in which they differ most, and each becomes a feature. More tell more and take longer; 0 leaves the text out.', min: 0, max: 128, default: 16 },
  itemIds: { kind: 'toggle', label: 'Learn a vector per item', help: 'Off, items are known by their columns alone, and a new item is treated like any other.', default: true, advanced: true },
  userIds: { kind: 'toggle', label: 'Learn a vector per user', help: 'Off, users are known by their columns alone: no personal taste beyond them.', default: true, advanced: true },
  normalise: { kind: 'toggle', label: 'Share one weight', help: 'On, the id and the columns of a row share a weight of 1, as in LightFM’s data set builder: with many columns the id then counts for little and learns slowly. Off, each weighs 1.', default: false, advanced: true },
  maxSampled: { kind: 'int', label: 'Tries', help: 'How many items WARP looks at in search of a wrongly ranked one before it goes on.', min: 1, max: 1000, default: 10, scale: 'log', advanced: true },
  optimiser: choice({
    label: 'Optimiser',
    help: 'How steps are taken.',
    options: [
      { value: 'adagrad', label: 'Adagrad', help: 'Each number has its own step length, which shrinks the more it has moved. Every play once per epoch.' },
      { value: 'sgd', label: 'plain SGD', help: 'One step length for all; plays drawn with replacement, and with BPR a drawn rival the user has played is skipped: the classic BPR-MF.' },
    ],
    default: 'adagrad',
    advanced: true,
  }),
  regularisation: { kind: 'number', label: 'Regularisation', help: 'Pulls the numbers that a step touches towards 0.', min: 0, max: 1, default: 0, advanced: true },
} as const;

export type LightFmParamSpecs = typeof params;
export type LightFmParams = ParamsOf<LightFmParamSpecs>;
