export const params = {
  factors: { kind: 'int', label: 'Factors', help: 'Parts a rating is added up from; none is ever taken away.', min: 1, max: 200, default: 15, scale: 'log' },
  epochs: { kind: 'int', label: 'Epochs', help: 'Passes over all train ratings.', min: 1, max: 500, default: 50, alias: 'iterations' },
  regUsers: { kind: 'number', label: 'Regularisation of users', help: 'Pulls user factors towards 0.', min: 0, max: 10, default: 0.06 },
  regItems: { kind: 'number', label: 'Regularisation of items', help: 'Pulls item factors towards 0.', min: 0, max: 10, default: 0.06 },
} as const;
