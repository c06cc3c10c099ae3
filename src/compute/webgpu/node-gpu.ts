/**
 * WebGPU under Node through Dawn (the npm package `webgpu`), for tests and benches. Where there is no graphics driver, the software one that
 * Chromium brings (SwiftShader) does. The system looks for drivers and libraries as a process starts, so a parent has to set the environment.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

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

const ICD = 'vk_swiftshader_icd.json';

/** A browser's program may be a script in one folder that starts the browser in another. */
function foldersOf(browser: string): string[] {
  const own = path.dirname(browser);
  const named = path.basename(browser);
  return [own, ...['/usr/lib', '/usr/lib64', '/opt'].flatMap((root) => [path.join(root, named), path.join(root, 'chromium')])];
}

/**
 * What a process needs in its environment to find a driver: nothing more than it has where somebody has named one, else Chromium's software
 * driver with the loader beside it. @param browsers paths of Chromium to look beside  @returns null when there is none
 */
export function vulkanEnvironment(browsers: readonly string[] = [process.env['COLDWAVE_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].filter(Boolean)): Record<string, string> | null {
  const named = process.env['VK_ICD_FILENAMES'] ?? process.env['VK_DRIVER_FILES'];
  if (named) return { VK_ICD_FILENAMES: named };
  const folder = browsers.flatMap(foldersOf).find((f) => existsSync(path.join(f, ICD)));
  if (!folder) return null;
  return { VK_ICD_FILENAMES: path.join(folder, ICD), LD_LIBRARY_PATH: [folder, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') };
}
