/** Brings one tfjs backend up and makes it the one in use. Each is imported only when asked for. */
import { engine, env, ready, setBackend, tensor1d } from '@tensorflow/tfjs-core';
import './tensors';
import './layers';
import type { BackendId } from '../../workers/protocol';
import { heapOf } from './heap';
import { speedUpWasmMatMul } from './kernels/matmul';
import { prepareSimd } from './kernels/simd/simd';

declare const __COLDWAVE_ROOT__: string | undefined;

const inNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node) && typeof document === 'undefined';

/** Where Node finds the WASM binaries: in the package itself. */
const nodeWasmFolder = (): string =>
  `${typeof __COLDWAVE_ROOT__ === 'undefined' ? process.cwd() : __COLDWAVE_ROOT__}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`;

async function importWasm(wasmPath: string | undefined): Promise<void> {
  // The binaries' loader is CommonJS and reads __dirname in Node, which a bundled module lacks.
  if (inNode()) (globalThis as { __dirname?: string }).__dirname ??= nodeWasmFolder();
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // The threaded build stringifies its own factory, which minification breaks; our own kernels carry the load on one thread.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (wasmPath !== undefined) setWasmPaths(wasmPath);
  else if (inNode()) setWasmPaths(nodeWasmFolder());
  else {
    const [simd, plain] = await Promise.all([
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    ]);
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plain.default,
      'tfjs-backend-wasm-simd.wasm': simd.default,
      'tfjs-backend-wasm-threaded-simd.wasm': simd.default,
    });
  }
  speedUpWasmMatMul();
}

/** @throws Error when the backend cannot start here, in words that say which. */
export async function loadBackend(id: BackendId, options: { wasmPath?: string } = {}): Promise<void> {
  if (id === 'wasm') await importWasm(options.wasmPath);
  else if (id === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  else if (id === 'webgl') await import('@tensorflow/tfjs-backend-webgl');
  else await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend(id))) throw new Error(`The ${id} backend could not be started.`);
  await ready();
  if (id === 'wasm') await prepareSimd(heapOf(engine().backend, 'wasm').memory());
  // A backend can start and still fail with its first tensor (a context that cannot be made).
  const probe = tensor1d([1, 2]);
  try {
    await probe.data();
  } finally {
    probe.dispose();
  }
}
