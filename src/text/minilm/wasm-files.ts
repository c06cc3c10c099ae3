/**
 * onnxruntime's WebAssembly pair as the bundler serves it, for browsers only (Node runs the native library).
 * The plain pair is enough for device 'wasm'; the default of the library would be a CDN.
 */
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/** Absolute addresses: the development server gives root-relative ones, the build absolute ones. */
export const wasmFiles = (): { mjs: string; wasm: string } => ({
  mjs: new URL(mjs, globalThis.location.href).href,
  wasm: new URL(wasm, globalThis.location.href).href,
});
