export const params = {
  factors: { kind: 'int', label: 'Factors', help: 'Directions of taste.', min: 1, max: 500, default: 20, scale: 'log' },
  epochs: { kind: 'int', label: 'Epochs', help: 'Passes over all train ratings.', min: 1, max: 500, default: 20, alias: 'iterations' },
  learningRate: { kind: 'number', label: 'Learning rate', help: 'Size of a step. Too large and the error grows without end.', min: 1e-5, max: 0.5, default: 0.007, scale: 'log' },
  regularisation: { kind: 'number', label: 'Regularisation', help: 'Pulls biases and factors towards 0.', min: 0, max: 1, default: 0.02 },
  initSd: { kind: 'number', label: 'Start spread', help: 'Standard deviation of the factors at the start.', min: 0, max: 1, default: 0.1, advanced: true },
} as const;
