/** Parameters that networks declare alike. */
import type { NumberParam } from '../core/params';

/** Of Adam, whose steps are at most about this long. */
export const adamRate = (usual: number): NumberParam => ({ kind: 'number', label: 'Learning rate', help: 'Length of a training step.', min: 1e-6, max: 0.1, default: usual, scale: 'log' });
