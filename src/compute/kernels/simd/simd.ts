/**
 * The SIMD kernels, instantiated on the WASM backend's own memory, so that no tensor is ever copied.
 * Where that is not possible (no SIMD, shared memory) the TypeScript twins run instead.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../../heap';
import { ownKernels } from '../../kernel-switch';
import { withSharedMemory } from '../../../core/threads/shared-limits';
import { oneThread, startPool, type Threads } from '../../../core/threads/pool';
import { BINARY, RELAXED } from './binary';

type Kernel = (...args: number[]) => void;
export interface Simd {
  sgemm: Kernel;
  sgemmScratch(n: number, k: number): number;
  gelu: Kernel;
  addRow: Kernel;
  geluBack: Kernel;
  normGelu: Kernel;
  normGeluBack: Kernel;
  pairDots: Kernel;
  adam: Kernel;
  pairHead: Kernel;
  pairHeadGrid: Kernel;
  pairHeadBack: Kernel;
  pairHeadScratch(H1: number, H2: number): number;
  softmaxRow: Kernel;
  addScaled: Kernel;
  norm: Kernel;
  normBack: Kernel;
  dropout: Kernel;
  attentionScratch(T: number, d: number): number;
}

/** The kernels as bytes. Relaxed SIMD multiplies and adds in one operation and one rounding: a third more products a second, other last bits. */
function binary(): Uint8Array<ArrayBuffer> {
  const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const relaxed = bytes(RELAXED);
  fused = WebAssembly.validate(relaxed);
  return fused ? relaxed : bytes(BINARY);
}
let fused = false;
/** Whether the kernels that run are those with fused multiply-add. */
export const simdFused = (): boolean => loaded !== null && fused;

let loaded: { memory: WebAssembly.Memory; module: WebAssembly.Module; instance: WebAssembly.Instance; simd: Simd } | null = null;
let pool: Threads | null = null;
let allowed = true;

/** Largest size of tfjs's memory, in pages. */
const PAGES = 65536;
const isShared = (memory: WebAssembly.Memory): boolean => typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;

/** Called after the WASM backend has started. @param threads in all; more than one only on shared memory @returns whether the SIMD kernels run. */
export async function prepareSimd(memory: WebAssembly.Memory | null, threads = 1): Promise<boolean> {
  if (memory && loaded?.memory !== memory) {
    endThreads();
    try {
      const bytes = binary();
      const { module, instance } = await WebAssembly.instantiate(isShared(memory) ? withSharedMemory(bytes, PAGES) : bytes, { env: { memory } });
      loaded = { memory, module, instance, simd: instance.exports as unknown as Simd };
    } catch {
      loaded = null; // no SIMD in this browser: the TypeScript kernels do the same work
    }
  }
  if (loaded) await switchThreads(threads);
  return loaded !== null;
}

async function switchThreads(wanted: number): Promise<void> {
  const { memory, module, instance } = loaded!;
  const threads = isShared(memory) ? wanted : 1;
  if (pool?.threads === threads) return;
  endThreads();
  // A thread that does not come up costs speed, not results.
  pool = threads > 1 ? await startPool({ memory, module, instance, threads }).catch(() => null) : null;
  pool ??= oneThread(instance.exports);
}

/** Ends the pool; the kernels go on with one thread. */
export function endThreads(): void {
  pool?.end();
  pool = loaded ? oneThread(loaded.instance.exports) : null;
}

/** The threads SIMD kernels are spread over; null where they do not run. */
export const kernelThreads = (): Threads | null => (allowed && ownKernels() && loaded ? pool : null);

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
