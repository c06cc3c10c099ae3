/** Brings one tfjs backend up and makes it the one in use. Each is imported only when asked for. */
import { engine, env, ready, setBackend, tensor1d } from '@tensorflow/tfjs-core';
import './tensors';
import './layers';
import type { BackendId } from '../../workers/protocol';
import { canShareMemory, threadsHere } from '../core/threads/pool';
import { withSharedMemory } from '../core/threads/shared-limits';
import { heapOf } from './heap';
import { shareWasmClones } from './kernels/identity';
import { speedUpWasmMatMul } from './kernels/matmul';
import { speedUpWasmTopK } from './kernels/top-k';
import { endThreads, prepareSimd } from './kernels/simd/simd';

declare const __COLDWAVE_ROOT__: string | undefined;

const inNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node) && typeof document === 'undefined';

/** Where Node finds the WASM binaries: in the package itself. */
const nodeWasmFolder = (): string =>
  `${typeof __COLDWAVE_ROOT__ === 'undefined' ? process.cwd() : __COLDWAVE_ROOT__}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`;

const SIMD_BINARY = 'tfjs-backend-wasm-simd.wasm';
const [FIRST_PAGES, PAGES] = [256, 65536];

/** Whether so large a shared memory can be had: some systems reserve all of it at once. */
function roomToShare(): boolean {
  try {
    return canShareMemory() && new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: PAGES, shared: true }).buffer instanceof SharedArrayBuffer;
  } catch {
    return false;
  }
}

async function bytesOf(address: string): Promise<Uint8Array> {
  if (inNode()) return new Uint8Array(await process.getBuiltinModule('node:fs/promises').readFile(address));
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`The binary of TensorFlow.js could not be loaded (${answer.status}).`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** tfjs's SIMD binary (which has no threads of its own) with its memory declared as shared, so that threads of ours can work in it. */
const sharedBinary = async (address: string): Promise<string> =>
  URL.createObjectURL(new Blob([withSharedMemory(await bytesOf(address), PAGES)], { type: 'application/wasm' }));

let imported = false;
async function importWasm(wasmPath: string | undefined, threads: number): Promise<void> {
  if (imported) return;
  // The binaries' loader is CommonJS and reads __dirname in Node, which a bundled module lacks.
  if (inNode()) (globalThis as { __dirname?: string }).__dirname ??= nodeWasmFolder();
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // The threaded build stringifies its own factory, which minification breaks: a pool of ours works in the plain build's memory instead.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const folder = wasmPath ?? (inNode() ? nodeWasmFolder() : null);
  const [simd, plain] = folder !== null
    ? [folder + SIMD_BINARY, `${folder}tfjs-backend-wasm.wasm`]
    : (await Promise.all([import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'), import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url')])).map((m) => m.default) as [string, string];
  const share = (!inNode() || threads > 1) && roomToShare() && (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  const used = share ? await sharedBinary(simd) : simd;
  setWasmPaths({ 'tfjs-backend-wasm.wasm': plain, [SIMD_BINARY]: used, 'tfjs-backend-wasm-threaded-simd.wasm': used }, share);
  imported = true;
  speedUpWasmMatMul();
  speedUpWasmTopK();
  shareWasmClones();
}

export interface LoadOptions {
  /** Folder (ending in /) of the WASM binaries. */
  wasmPath?: string;
  /** For the WASM backend, the calling thread included; by default all there are in a cross-origin isolated page, one under Node. */
  threads?: number;
}

/** @throws Error when the backend cannot start here, in words that say which. */
export async function loadBackend(id: BackendId, options: LoadOptions = {}): Promise<void> {
  const threads = options.threads ?? (inNode() ? 1 : threadsHere());
  if (id === 'wasm') await importWasm(options.wasmPath, threads);
  else if (id === 'webgpu') {
    const [, own] = await Promise.all([import('@tensorflow/tfjs-backend-webgpu'), import('./webgpu')]);
    own.replaceTopK();
  }
  else if (id === 'webgl') await import('@tensorflow/tfjs-backend-webgl');
  else await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend(id))) throw new Error(`The ${id} backend could not be started.`);
  await ready();
  if (id === 'wasm') await prepareSimd(heapOf(engine().backend, 'wasm').memory(), threads);
  else endThreads();
  // A backend can start and still fail with its first tensor (a context that cannot be made).
  const probe = tensor1d([1, 2]);
  try {
    await probe.data();
  } finally {
    probe.dispose();
  }
}
