/**
 * Direct access to tensor memory on the two backends whose memory JavaScript can see: WASM (a view of its heap)
 * and plain JS (the typed array itself). Kernels written over `Heap` are registered under their name for both.
 *
 * Views of the WASM heap die when the heap grows: make every output first, take views after.
 */
import { getBackend, registerKernel, type KernelConfig, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';

export type HeapBackend = 'wasm' | 'cpu';
type Shape = number[];

export interface Heap {
  readonly backend: HeapBackend;
  floats(t: TensorInfo): Float32Array;
  ints(t: TensorInfo): Int32Array;
  /** Uninitialised on WASM: fill every element. */
  make(shape: Shape, dtype?: 'float32' | 'int32'): TensorInfo;
  /** For scratch space made with `make`. */
  free(t: TensorInfo): void;
  /** Byte address on the WASM heap; 0 on the CPU backend. */
  address(t: TensorInfo): number;
  /** The WASM backend's own memory. */
  memory(): WebAssembly.Memory | null;
}

/** The parts of tfjs's WASM backend used here; `asm` is emscripten's export object. */
interface WasmBackend {
  wasm: { asm?: Record<string, unknown>; HEAPU8: Uint8Array };
  dataIdMap: { get(id: object): { memoryOffset: number } };
  typedArrayFromHeap(t: TensorInfo): Float32Array | Int32Array | Uint8Array;
  makeOutput(shape: Shape, dtype: string): TensorInfo;
  disposeData(id: object): boolean;
}
interface CpuBackend {
  data: { get(id: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: Shape, dtype: string, values: Float32Array | Int32Array): TensorInfo;
  disposeData(id: object): boolean;
}

const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

function wasmHeap(b: WasmBackend): Heap {
  return {
    backend: 'wasm',
    floats: (t) => b.typedArrayFromHeap(t) as Float32Array,
    ints: (t) => b.typedArrayFromHeap(t) as Int32Array,
    make: (shape, dtype = 'float32') => b.makeOutput(shape, dtype),
    free: (t) => void b.disposeData(t.dataId),
    address: (t) => b.dataIdMap.get(t.dataId).memoryOffset,
    memory: () => Object.values(b.wasm.asm ?? {}).find((v): v is WebAssembly.Memory => v instanceof WebAssembly.Memory) ?? null,
  };
}

function cpuHeap(b: CpuBackend): Heap {
  return {
    backend: 'cpu',
    floats: (t) => {
      const v = b.data.get(t.dataId).values;
      return v instanceof Float32Array ? v : Float32Array.from(v);
    },
    ints: (t) => {
      const v = b.data.get(t.dataId).values;
      return v instanceof Int32Array ? v : Int32Array.from(v);
    },
    make: (shape, dtype = 'float32') => b.makeTensorInfo(shape, dtype, dtype === 'int32' ? new Int32Array(sizeOf(shape)) : new Float32Array(sizeOf(shape))),
    free: (t) => void b.disposeData(t.dataId),
    address: () => 0,
    memory: () => null,
  };
}

/** @param backend the backend object of tfjs that `id` names */
export const heapOf = (backend: unknown, id: HeapBackend): Heap => (id === 'wasm' ? wasmHeap(backend as WasmBackend) : cpuHeap(backend as CpuBackend));

export type HeapKernel = (heap: Heap, inputs: Record<string, TensorInfo | undefined>, attrs: NamedAttrMap) => TensorInfo | TensorInfo[];

/** Registers `kernel` under `name`. An input a caller left out arrives as undefined. */
export function registerHeapKernel(name: string, kernel: HeapKernel, backends: readonly HeapBackend[] = ['wasm', 'cpu']): void {
  for (const id of backends) {
    const config: KernelConfig = {
      kernelName: name,
      backendName: id,
      kernelFunc: ({ inputs, backend, attrs }) => kernel(heapOf(backend, id), inputs as Record<string, TensorInfo | undefined>, attrs ?? {}),
    };
    registerKernel(config);
  }
}

/** Whether tensors of the backend in use can be read without waiting. */
export const readsAtOnce = (): boolean => getBackend() === 'wasm' || getBackend() === 'cpu';
