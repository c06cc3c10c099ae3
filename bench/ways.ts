/**
 * Three ways to run the same tensor code in one process, on one WASM heap and one thread:
 *   simd   our SIMD kernels
 *   twin   their TypeScript twins on the same heap (products: both operands brought into place, then tfjs's own)
 *   stock  tfjs-wasm as shipped: its own matrix product, everything else composed of its ops. Only UnsortedSegmentSum is lent to it,
 *          without which it could not train an embedding at all.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { BatchMatMul, copyRegisteredKernels, findBackend, getKernel, Identity, registerBackend, registerKernel, setBackend, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { allowSimd } from '../src/compute/kernels/simd/simd';
import { loadBackend } from '../src/compute/load-backend';

export type Way = 'simd' | 'twin' | 'stock';
export const WAYS: readonly Way[] = ['simd', 'twin', 'stock'];
export const WAY_NAMES: Record<Way, string> = { simd: 'SIMD kernels', twin: 'TypeScript twin', stock: 'stock tfjs-wasm' };
const STOCK = 'wasm-stock';

/** Call once, before the first tensor. */
export async function prepareWays(): Promise<void> {
  const originals = [BatchMatMul, Identity].map((name) => getKernel(name, 'wasm') as KernelConfig);
  await loadBackend('wasm'); // replaces kernels under tfjs's own names
  const instance = findBackend('wasm');
  // One instance under two names: kernels keep pointers into the module they were set up with, so a second one would break the first.
  registerBackend(STOCK, () => instance);
  copyRegisteredKernels('wasm', STOCK);
  for (const original of originals) {
    unregisterKernel(original.kernelName, STOCK);
    registerKernel({ ...original, backendName: STOCK });
  }
}

export async function switchTo(way: Way): Promise<void> {
  await setBackend(way === 'stock' ? STOCK : 'wasm');
  allowSimd(way === 'simd');
}
