export const params = {
  factors: { kind: 'int', label: 'Factors', help: 'Directions of taste. Ratings of 100,000 pairs carry few; more than 100 rarely helps.', min: 1, max: 500, default: 100, scale: 'log' },
  epochs: { kind: 'int', label: 'Epochs', help: 'Passes over all train ratings. Past the best one it learns single ratings by heart.', min: 1, max: 500, default: 20, alias: 'iterations' },
  learningRate: { kind: 'number', label: 'Learning rate', help: 'Size of a step. Too large and the error grows without end.', min: 1e-5, max: 0.5, default: 0.005, scale: 'log' },
  regularisation: { kind: 'number', label: 'Regularisation', help: 'Pulls biases and factors towards 0, so that users with few ratings stay near the mean.', min: 0, max: 1, default: 0.02 },
  biased: { kind: 'toggle', label: 'Biases', help: 'With μ + b_u + b_i in front. Without, the factors alone have to explain the rating (probabilistic matrix factorisation).', default: true },
  initSd: { kind: 'number', label: 'Start spread', help: 'Standard deviation of the factors at the start.', min: 0, max: 1, default: 0.1, advanced: true },
} as const;
