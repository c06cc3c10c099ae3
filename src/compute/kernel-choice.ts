/** Which way an operation goes: to a kernel of ours, or to its slow twin. */
import { getBackend, getKernel } from '@tensorflow/tfjs-core';
import { ownKernels } from './kernel-switch';

/** A backend that copies kernels from one of these under another name (to measure what ships without ours) is none of them. */
const HOMES: ReadonlySet<string> = new Set(['wasm', 'cpu', 'webgpu']);

/** Whether the backend in use has this kernel of ours, and ours are switched on. */
export const runsOwn = (kernel: string): boolean => ownKernels() && HOMES.has(getBackend()) && getKernel(kernel, getBackend()) !== undefined;
