/** What graphics hardware stands behind WebGPU and WebGL, and whether it is an emulator on the processor. */
import { messageOf } from '../core/problem';
export interface Adapter {
  /** Null: not available here; `why` says so in plain words. */
  name: string | null;
  software: boolean;
  why: string;
}

/** Names under which processors pretend to be graphics cards. */
export const isSoftware = (name: string): boolean => /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|subzero|warp/i.test(name);

interface GpuAdapter {
  isFallbackAdapter?: boolean;
  info?: { vendor?: string; architecture?: string; device?: string; description?: string; isFallbackAdapter?: boolean };
}
interface Gpu {
  requestAdapter(options?: object): Promise<GpuAdapter | null>;
}

/** Milliseconds until a browser that does not answer is taken to have no adapter: nothing promises an answer, and a run waits for it. */
const PATIENCE = 5000;

/** The adapter WebGPU would run on, asked for anew each time. Never rejects: where there is none, `why` says so. */
export async function webgpuAdapter(): Promise<Adapter> {
  const gpu = (globalThis.navigator as { gpu?: Gpu } | undefined)?.gpu;
  if (!gpu) return { name: null, software: false, why: 'this browser offers no WebGPU here' };
  try {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<'silent'>((done) => (timer = setTimeout(() => done('silent'), PATIENCE)));
    const adapter = await Promise.race([gpu.requestAdapter({ powerPreference: 'high-performance' }), silence]);
    clearTimeout(timer);
    if (adapter === 'silent') return { name: null, software: false, why: `the browser did not name a graphics adapter within ${PATIENCE / 1000} seconds` };
    if (!adapter) return { name: null, software: false, why: 'the browser knows WebGPU but found no graphics adapter' };
    const i = adapter.info ?? {};
    const name = i.description || [i.vendor, i.architecture, i.device].filter(Boolean).join(' ') || 'unnamed adapter';
    return { name, software: Boolean(adapter.isFallbackAdapter ?? i.isFallbackAdapter) || isSoftware([name, i.vendor, i.architecture, i.device].join(' ')), why: '' };
  } catch (error) {
    return { name: null, software: false, why: `asking for an adapter failed (${messageOf(error)})` };
  }
}

/** What WebGL 2 would run on; its context is given back at once. */
export function webglAdapter(): Adapter {
  if (typeof OffscreenCanvas === 'undefined') return { name: null, software: false, why: 'there is no canvas to draw on here' };
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return { name: null, software: false, why: 'this browser offers no WebGL 2 here' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { name, software: isSoftware(name), why: '' };
}
