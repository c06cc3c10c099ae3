/** The card of SASRec. */
import { adamRate } from '../../compute/training-params';
import { defineModel } from '../../core/model';
import { choice, type ParamsOf } from '../../core/params';

const params = {
  dim: { kind: 'int', label: 'Width', help: 'Numbers per item and per step of the history. Must be a multiple of the heads.', min: 4, max: 512, default: 64, scale: 'log' },
  length: { kind: 'int', label: 'History length', help: 'How many of a user’s latest items are read. Time per epoch grows with it.', min: 1, max: 1000, default: 50, scale: 'log' },
  blocks: { kind: 'int', label: 'Blocks', help: 'How many times attention and a small network follow each other.', min: 1, max: 8, default: 2, advanced: true },
  heads: { kind: 'int', label: 'Heads', help: 'Into how many parts the attention is split, each looking for something else.', min: 1, max: 16, default: 1, advanced: true },
  loss: choice({
    label: 'Loss',
    help: 'What the next item has to win against.',
    options: [
      { value: 'crossEntropy', label: 'whole catalogue', help: 'Cross-entropy over all items: reaches far better lists and is what recent comparisons use.' },
      { value: 'bce', label: 'one negative', help: 'Binary cross-entropy with one random item the user has not played, as published. Cheaper on very large catalogues.' },
    ],
    default: 'crossEntropy',
  }),
  arrangement: choice({
    label: 'Arrangement',
    help: 'Where norms, projection and residuals stand. Published code differs from the paper’s figure.',
    options: [
      { value: 'projection', label: 'original with projection', help: 'The PyTorch ports: as the authors’ code, with an output projection after the heads.' },
      { value: 'original', label: 'original', help: 'The authors’ code: queries are normed, keys and values are not, no projection.' },
      { value: 'preNorm', label: 'pre-norm', help: 'Norm before each part, residuals around it: today’s usual order.' },
    ],
    default: 'projection',
    advanced: true,
  }),
  dropout: { kind: 'number', label: 'Dropout', help: 'Share of numbers set to 0 at random in each step, so that no single one is relied on.', min: 0, max: 0.9, default: 0.2 },
  batch: { kind: 'int', label: 'Batch', help: 'Users per step.', min: 1, max: 2048, default: 128, scale: 'log', advanced: true },
  learningRate: adamRate(1e-3),
  beta2: { kind: 'number', label: 'Adam’s β₂', help: 'How slowly the step length forgets. .98 as published; .999 in later comparisons.', min: 0.5, max: 0.9999, default: 0.98, advanced: true },
  startScale: { kind: 'number', label: 'Spread at the start', help: 'Weights and vectors start at random with this standard deviation.', min: 0.001, max: 1, default: 0.02, scale: 'log', advanced: true },
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all users. Published runs train for hundreds and stop early.', min: 1, max: 2000, default: 40, scale: 'log' },
} as const;

export type SasRecParamSpecs = typeof params;
export type SasRecParams = ParamsOf<SasRecParamSpecs>;

export const sasrec = defineModel({
  id: 'sasrec',
  name: 'SASRec',
  paper: { title: 'Self-Attentive Sequential Recommendation', authors: 'Kang and McAuley', year: 2018, url: 'https://doi.org/10.1109/ICDM.2018.00035' },
  chooseWhen: 'Choose it when the order of what people take matters: the next item follows from the last few, as with films in a series or songs in a session.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: {},
  params,
  main: ['dim', 'length', 'loss', 'dropout', 'epochs'],
  presets: [
    { id: 'quick', label: 'Quick', note: 'Narrow, the last 20 items, 15 epochs: seconds per epoch on a laptop.', params: { dim: 32, length: 20, epochs: 15, learningRate: 2e-3 } },
    { id: 'published', label: 'As published', note: 'Width 50, length 200, one negative, the authors’ arrangement. Their evaluation ranks against 100 sampled items; here everything is ranked, so expect smaller figures.', params: { dim: 50, length: 200, loss: 'bce', arrangement: 'original', dropout: 0.2, beta2: 0.98, epochs: 200 } },
    { id: 'cross-entropy', label: 'With cross-entropy (2023)', note: 'Klenitskiy and Vasilev: width 64, length 200, whole catalogue. Long runs: leave early stopping on.', params: { dim: 64, length: 200, loss: 'crossEntropy', arrangement: 'projection', dropout: 0.1, beta2: 0.999, epochs: 200 } },
  ],
  load: () => import('./fit'),
});
