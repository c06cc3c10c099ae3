/** Which way an operation goes: to a kernel of ours, or to its slow twin. */
import { getBackend, getKernel } from '@tensorflow/tfjs-core';
import { ownKernels } from './kernel-switch';

/** Whether the backend in use has this kernel of ours, and ours are switched on. */
export const runsOwn = (kernel: string): boolean => ownKernels() && getKernel(kernel, getBackend()) !== undefined;
