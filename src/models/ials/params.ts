import { choice, type ParamsOf } from '../../core/params';

export const params = {
  factors: { kind: 'int', label: 'Factors', help: 'Numbers learned per user and per item. iALS keeps gaining with many more than other factorisations, if lambda is right.', min: 1, max: 512, default: 64, scale: 'log' },
  lambda: { kind: 'number', label: 'Lambda', help: 'Pulls all factors towards 0, more strongly for users and items with many plays (see Frequency exponent). The setting that matters most: try a few, a factor of 3 apart.', min: 1e-6, max: 100, default: 0.003, scale: 'log' },
  alpha0: { kind: 'number', label: 'Alpha 0', help: 'How much a pair that was not played counts against one that was (which counts 1). Lower suits long catalogues.', min: 1e-5, max: 10, default: 0.1, scale: 'log' },
  nu: { kind: 'number', label: 'Frequency exponent', help: 'How lambda grows with the number of plays: 0 = the same for all, 1 = in proportion.', min: 0, max: 2, default: 1, advanced: true },
  epochs: { kind: 'int', label: 'Iterations', help: 'How often users and items are solved in turn.', min: 1, max: 500, default: 16, scale: 'log', alias: 'iterations' },
  solver: choice({
    label: 'Solver',
    help: 'How the factors of one user or item are found.',
    options: [
      { value: 'cg', label: 'CG', help: 'A few conjugate-gradient steps from where they stand: much faster with many factors.' },
      { value: 'cholesky', label: 'exact', help: 'The exact solution, every time, as in the paper.' },
    ],
    default: 'cholesky',
  }),
} as const;

export type IalsParamSpecs = typeof params;
export type IalsParams = ParamsOf<IalsParamSpecs>;
