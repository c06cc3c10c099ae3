/** Which of our kernels are really in use now, by the names they are registered under. */
import { BatchMatMul, getBackend, getKernelsForBackend, Identity, TopK, UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { KernelReport } from '../../workers/protocol';
import { ownKernels } from './kernel-switch';
import { kernelThreads, simdReady } from './kernels/simd/simd';

const PREFIX = 'Coldwave';
/** Registered by us under TensorFlow.js's own name. */
const REPLACED: Readonly<Record<string, ReadonlySet<string>>> = {
  wasm: new Set<string>([BatchMatMul, Identity, TopK, UnsortedSegmentSum]),
  webgpu: new Set<string>([TopK]),
};
const replaced = (kernel: string, backend: string): boolean => REPLACED[backend]?.has(kernel) ?? false;

/** Whether a launch of this name on this backend runs code of ours. */
export const isOwn = (kernel: string, backend: string): boolean =>
  kernel.startsWith(PREFIX) || (replaced(kernel, backend) && (kernel === UnsortedSegmentSum || ownKernels()));

/** Threads that really wait for parts of our kernels, the calling one included; stock operations run on one. */
export const threadsInUse = (): number => (simdReady(getBackend()) ? (kernelThreads()?.threads ?? 1) : 1);

/** Of the backend in use. */
export function kernelsInUse(): KernelReport {
  const backend = getBackend();
  const registered = getKernelsForBackend(backend).map((k) => k.kernelName).filter((name) => name.startsWith(PREFIX) || replaced(name, backend));
  return {
    on: ownKernels(),
    simd: simdReady(backend),
    names: ownKernels() ? registered.sort() : [],
    // The WASM backend ships without the gradient of gather: nothing stock could take its place.
    standIns: ownKernels() ? [] : registered.filter((name) => name === UnsortedSegmentSum),
  };
}
