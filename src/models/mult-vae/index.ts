/** The card of Mult-VAE. */
import { adamRate } from '../../compute/training-params';
import { defineModel } from '../../core/model';
import { choice, type ParamsOf } from '../../core/params';

const params = {
  hidden: { kind: 'int', label: 'Hidden width', help: 'Units of the layers between the items and the code. 600 as published; 200 trains three times faster and loses little on small data.', min: 4, max: 2048, default: 600, scale: 'log' },
  latent: { kind: 'int', label: 'Code width', help: 'Numbers that a whole history is squeezed into.', min: 2, max: 1024, default: 200, scale: 'log' },
  dropout: { kind: 'number', label: 'Hidden part of the history', help: 'Share of a user’s items that each step leaves out of the input, so that the rest has to predict them.', min: 0, max: 0.95, default: 0.5 },
  beta: { kind: 'number', label: 'Largest β', help: 'Weight of the pull of every code towards a standard normal, once it has risen. 1 is the true variational bound; recommending works better with less.', min: 0, max: 2, default: 0.2 },
  annealing: { kind: 'int', label: 'Steps until β is full', help: 'β rises from 0 over this many steps. 0: full from the start.', min: 0, max: 1_000_000, default: 2000, advanced: true },
  schedule: choice({
    label: 'How β rises',
    help: 'The two readings of the paper.',
    options: [
      { value: 'scaled', label: 'evenly', help: 'β = largest · t / T, reaching its largest value after T steps.' },
      { value: 'clipped', label: 'as in the authors’ code', help: 'β = t / T, held at its largest value from then on: with .2 it gets there after a fifth of T.' },
    ],
    default: 'scaled',
    advanced: true,
  }),
  batch: { kind: 'int', label: 'Batch', help: 'Users per step.', min: 1, max: 4096, default: 100, scale: 'log', advanced: true },
  learningRate: adamRate(1e-3),
  epochs: { kind: 'int', label: 'Epochs', help: 'How often training goes through all users. Its best epoch often comes late: give it 50 to 100.', min: 1, max: 2000, default: 100, scale: 'log' },
  weightDecay: { kind: 'number', label: 'Weight decay', help: 'Pulls all weights towards 0 (added to the gradient).', min: 0, max: 1, default: 0, advanced: true },
} as const;

export type MultVaeParamSpecs = typeof params;
export type MultVaeParams = ParamsOf<MultVaeParamSpecs>;

export const multVae = defineModel({
  id: 'mult-vae',
  name: 'Mult-VAE',
  paper: { title: 'Variational Autoencoders for Collaborative Filtering', authors: 'Liang, Krishnan, Hoffman and Jebara', year: 2018, url: 'https://doi.org/10.1145/3178876.3186150' },
  chooseWhen: 'Choose it for plays or clicks with a few thousand users or more, when the order of the top of the list is what counts.',
  task: 'rank',
  iterative: true,
  tensors: true,
  needs: {},
  params,
  main: ['hidden', 'latent', 'dropout', 'beta', 'epochs'],
  presets: [
    { id: 'quick', label: 'Quick', note: 'Narrow layers and 30 epochs: well under a minute on small data, a little below its best.', params: { hidden: 200, latent: 64, epochs: 30, annealing: 500, learningRate: 2e-3 } },
    { id: 'published', label: 'As published', note: 'Batch 500, 200 epochs, β rising as in the authors’ code over 200,000 steps: on small data β hardly rises at all.', params: { hidden: 600, latent: 200, batch: 500, epochs: 200, annealing: 200_000, schedule: 'clipped', learningRate: 1e-3 } },
  ],
  load: () => import('./fit'),
});
