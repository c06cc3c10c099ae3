/**
 * The SIMD kernels, instantiated on the WASM backend's own memory, so that no tensor is ever copied.
 * Where that is not possible (no SIMD, shared memory) the TypeScript twins run instead.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../../heap';
import { ownKernels } from '../../kernel-switch';
import { BINARY } from './binary';

type Kernel = (...args: number[]) => void;
export interface Simd {
  sgemm: Kernel;
  sgemmScratch(n: number, k: number): number;
  gelu: Kernel;
  geluBack: Kernel;
  normGelu: Kernel;
  normGeluBack: Kernel;
  pairDots: Kernel;
  pairDotsBack: Kernel;
  adam: Kernel;
  pairHead: Kernel;
  pairHeadBack: Kernel;
  pairHeadScratch(H1: number, H2: number): number;
  softmaxRow: Kernel;
  addScaled: Kernel;
  sparseRows: Kernel;
  sparseRowsBack: Kernel;
  norm: Kernel;
  normBack: Kernel;
  dropout: Kernel;
}

let loaded: { memory: WebAssembly.Memory; simd: Simd } | null = null;
let allowed = true;

/** Called once after the WASM backend has started. @returns whether the SIMD kernels run. */
export async function prepareSimd(memory: WebAssembly.Memory | null): Promise<boolean> {
  if (!memory || (loaded && loaded.memory === memory)) return loaded !== null;
  try {
    const bytes = Uint8Array.from(atob(BINARY), (c) => c.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    loaded = { memory, simd: instance.exports as unknown as Simd };
  } catch {
    loaded = null; // no SIMD in this browser: the TypeScript kernels do the same work
  }
  return loaded !== null;
}

/** The kernels, if `heap` is the memory they live on and they are not switched off. */
export const simdOn = (heap: Heap): Simd | null => (allowed && ownKernels() && heap.backend === 'wasm' ? (loaded?.simd ?? null) : null);
/** Whether `op` may choose the SIMD path on the backend in use (`backend` is tfjs's name of it). */
export const simdReady = (backend: string): boolean => allowed && ownKernels() && backend === 'wasm' && loaded !== null;

/** For tests that compare both paths. */
export function allowSimd(on: boolean): void {
  allowed = on;
}

/** Addresses of tensors, 0 for one that was left out. Take them after every output is made: addresses do not move, but views do. */
export const addressIn =
  (heap: Heap) =>
  (t: TensorInfo | undefined): number =>
    t ? heap.address(t) : 0;
