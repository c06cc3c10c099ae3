/**
 * WebGPU under Node through Dawn (the npm package `webgpu`), for tests and benches. Where there is no graphics driver, the software one that
 * Chromium brings (SwiftShader) does: VK_ICD_FILENAMES and LD_LIBRARY_PATH must point at it before the process starts.
 */
interface Dawn {
  create(options: string[]): { requestAdapter(): Promise<{ info?: { vendor?: string; architecture?: string; description?: string } } | null> };
  globals: Record<string, unknown>;
}

/** Puts `navigator.gpu` and its classes where TensorFlow.js looks. @returns the adapter's name @throws Error when there is none */
export async function startNodeGpu(): Promise<string> {
  const { create, globals } = (await import('webgpu')) as unknown as Dawn;
  Object.assign(globalThis, globals);
  const gpu = create([]);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('Dawn found no graphics adapter.');
  const i = adapter.info ?? {};
  return i.description || [i.vendor, i.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
}
