/**
 * tfjs's WASM backend copies a tensor's numbers whenever it is cloned, and every tensor kept for the backward pass is a clone. Tensors are never
 * written to once they are made (Adam's moments, which are, are never cloned), so a clone can share its numbers, as a reshaped one does.
 */
import { getKernel, Identity, registerKernel, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { ownKernels } from '../kernel-switch';

let done = false;
/** Call after the WASM backend's kernels are registered. Safe to call twice. */
export function shareWasmClones(): void {
  const original = getKernel(Identity, 'wasm');
  if (done || !original) return;
  done = true;
  unregisterKernel(Identity, 'wasm');
  registerKernel({
    ...original,
    kernelFunc: (given) => {
      const { dataId, shape, dtype } = given.inputs['x'] as TensorInfo;
      if (!ownKernels() || dtype === 'string') return original.kernelFunc(given);
      (given.backend as { incRef(id: object): void }).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
