/** Parameters that networks declare alike. */
import { choice, type NumberParam } from '../core/params';

/** Of Adam, whose steps are at most about this long. */
export const adamRate = (usual: number): NumberParam => ({ kind: 'number', label: 'Learning rate', help: 'Length of a training step.', min: 1e-6, max: 0.1, default: usual, scale: 'log' });

/** For networks whose users and items have a vector each. */
export const optimiserParam = choice({
  label: 'Optimiser',
  help: 'How a gradient becomes a step.',
  options: [
    { value: 'adam', label: 'Adam', help: 'Steps of much the same length for every weight, smoothed over time. The usual choice.' },
    { value: 'lazyAdam', label: 'Adam, touched rows', help: 'As Adam, but vectors of users, items and categories that a step does not touch stand still instead of drifting on with old momentum. Choose it for large catalogues with many rarely played items.' },
    { value: 'adagrad', label: 'Adagrad', help: 'A weight’s steps shrink with all the gradients it has had: rare items keep moving far, frequent ones settle. Choose it for a long tail; it slows down as it goes, so give it a learning rate about ten times Adam’s and more epochs.' },
  ],
  default: 'adam',
  advanced: true,
});
