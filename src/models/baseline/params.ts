import { choice } from '../../core/params';

export const params = {
  method: choice({
    label: 'Method',
    help: 'How the biases are found.',
    options: [
      { value: 'als', label: 'Turn about (ALS)', help: 'Items from users, users from items, each in closed form.' },
      { value: 'sgd', label: 'Gradient descent (SGD)', help: 'One rating at a time.' },
    ],
    default: 'als',
  }),
  epochs: { kind: 'int', label: 'Epochs', help: 'Rounds. 10 turn about and 20 by descent are usual.', min: 1, max: 500, default: 10, alias: 'iterations' },
  regItems: { kind: 'number', label: 'Regularisation of items', help: 'ALS only: counts as so many ratings at the mean.', min: 0, max: 1000, default: 10, advanced: true },
  regUsers: { kind: 'number', label: 'Regularisation of users', help: 'ALS only: counts as so many ratings at the mean.', min: 0, max: 1000, default: 15, advanced: true },
  learningRate: { kind: 'number', label: 'Learning rate', help: 'SGD only.', min: 1e-5, max: 0.5, default: 0.005, scale: 'log', advanced: true },
  regularisation: { kind: 'number', label: 'Regularisation', help: 'SGD only.', min: 0, max: 1, default: 0.02, advanced: true },
} as const;
