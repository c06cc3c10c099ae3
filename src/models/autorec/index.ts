/** The card of AutoRec. */
import { adamRate } from '../../compute/training-params';
import { defineModel } from '../../core/model';
import { choice, type ParamsOf } from '../../core/params';

const params = {
  side: choice({
    label: 'One network input is',
    help: 'Whose row the network squeezes and restores.',
    options: [
      { value: 'user', label: 'a user', help: 'The row of everything a user played. New users can be scored without training again.' },
      { value: 'item', label: 'an item', help: 'The row of everyone who played an item: the stronger variant for ratings in the paper, and the one to take when there are more users than items.' },
    ],
    default: 'user',
  }),
  feedback: choice({
    label: 'Reads',
    help: 'What the rows hold and which entries count.',
    options: [
      { value: 'plays', label: 'played or not', help: '1 where an item was played, 0 elsewhere, and every entry counts: with the played ones alone "1 everywhere" would be a perfect answer.' },
      { value: 'ratings', label: 'ratings', help: 'The values of the interactions; only those that exist count. It then ranks by predicted rating, which is not the same as what people take next.' },
    ],
    default: 'plays',
  }),
  output: choice({
    label: 'Output',
    help: 'The function on the last layer. With ratings and a sigmoid, ratings are divided by the largest one.',
    options: [
      { value: 'sigmoid', label: 'sigmoid' },
      { value: 'identity', label: 'identity', help: 'As in the paper, for ratings.' },
    ],
    default: 'sigmoid',
    advanced: true,
  }),
  hidden: { kind: 'int', label: 'Hidden width', help: 'Units in the middle: the room for tastes. 500 as published.', min: 2, max: 2048, default: 500, scale: 'log' },
  weightDecay: { kind: 'number', label: 'Weight penalty', help: 'Half of this times the squared weights is added to the loss. For ratings .001 to .1 is usual, for plays little or none.', min: 0, max: 10, default: 0 },
  batch: { kind: 'int', label: 'Batch', help: 'Rows per step.', min: 1, max: 4096, default: 100, scale: 'log', advanced: true },
  learningRate: adamRate(1e-3),
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all rows. Its best epoch often comes after 70 or more.', min: 1, max: 5000, default: 150, scale: 'log' },
} as const;

export type AutoRecParamSpecs = typeof params;
export type AutoRecParams = ParamsOf<AutoRecParamSpecs>;

export const autorec = defineModel({
  id: 'autorec',
  name: 'AutoRec',
  paper: { title: 'AutoRec: Autoencoders Meet Collaborative Filtering', authors: 'Sedhain, Menon, Sanner and Xie', year: 2015, url: 'https://doi.org/10.1145/2740908.2742726' },
  chooseWhen: 'Choose it as the simplest neural network over whole histories: one hidden layer, few settings, and hard to beat on small data.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: {},
  params,
  main: ['side', 'feedback', 'hidden', 'weightDecay', 'epochs'],
  presets: [
    { id: 'quick', label: 'Quick', note: 'A narrower middle, larger steps and 40 epochs: a good part of its best in a fifth of the time.', params: { hidden: 200, epochs: 40, learningRate: 3e-3 } },
    { id: 'published', label: 'As published (items, ratings)', note: 'I-AutoRec as in the paper: item rows, ratings, identity output, 500 units. Made to predict ratings: as a ranker it favours items that few people rated highly.', params: { side: 'item', feedback: 'ratings', output: 'identity', hidden: 500, weightDecay: 0.01 } },
  ],
  load: () => import('./fit'),
});
