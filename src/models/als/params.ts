import { choice, type ParamsOf } from '../../core/params';

export const params = {
  factors: { kind: 'int', label: 'Factors', help: 'Numbers learned per user and per item. More can hold finer tastes; on small data too many only memorise.', min: 1, max: 512, default: 64, scale: 'log' },
  alpha: { kind: 'number', label: 'Alpha', help: 'How much more a played pair counts than one that was not played (which counts 1). Higher trusts the plays more.', min: 0.001, max: 10000, default: 10, scale: 'log' },
  lambda: { kind: 'number', label: 'Lambda', help: 'Pulls all factors towards 0. Raise it when validation gets worse while the loss still falls.', min: 0, max: 10000, default: 0.1, scale: 'log' },
  epochs: { kind: 'int', label: 'Iterations', help: 'How often users and items are solved in turn. Most of the gain comes in the first ten.', min: 1, max: 500, default: 15, scale: 'log', alias: 'iterations' },
  solver: choice({
    label: 'Solver',
    help: 'How the factors of one user or item are found.',
    options: [
      { value: 'cg', label: 'CG', help: 'Three conjugate-gradient steps from where they stand: several times faster, nearly the same result after all iterations.' },
      { value: 'cholesky', label: 'exact', help: 'The exact solution, every time.' },
    ],
    default: 'cg',
  }),
  counts: choice({
    label: 'A play counts',
    help: 'What the value column says about how sure we are that a user likes an item.',
    options: [
      { value: 'same', label: 'the same', help: '1 for every pair that occurs: only who played what matters.' },
      { value: 'value', label: 'by value', help: 'The plays or the rating as they are. A few very long listening counts can drown the rest.' },
      { value: 'log', label: 'by log', help: 'ln(1 + value): a hundred plays count more than ten, but not ten times as much.' },
    ],
    default: 'same',
    advanced: true,
  }),
  weighting: choice({
    label: 'Weighting',
    help: 'Rescales the counts before alpha.',
    options: [
      { value: 'none', label: 'none', help: 'Leaves them as they are.' },
      { value: 'bm25', label: 'BM25', help: 'Plays of users who play everything, and of items everyone plays, count for less (K1 = 100, B = 0.8, items as documents).' },
    ],
    default: 'none',
    advanced: true,
  }),
} as const;

export type AlsParamSpecs = typeof params;
export type AlsParams = ParamsOf<AlsParamSpecs>;
