/** A graphics card can be taken away under a run: a driver restart, a sleeping laptop, a tab pushed out of its memory. */
import type { BackendId } from '../../workers/protocol';
import { messageOf } from '../core/problem';

/** Words of the errors that browsers and the tensor library give then. */
const LOST = /(device|context|instance)[^.]{0,40}\blost\b|\blost\b[^.]{0,40}(device|context)|CONTEXT_LOST|DXGI_ERROR_DEVICE|instance reference no longer exists/i;
const names: Partial<Record<BackendId, string>> = { webgpu: 'WebGPU', webgl: 'WebGL' };

/** The graphics backend that `error` says was lost; null for any other error, or where the run was on the processor. */
export function lostBackend(error: unknown, backend: string | null): { name: string; next: BackendId } | null {
  const id = (['webgpu', 'webgl'] as const).find((b) => backend?.toLowerCase().startsWith(b));
  if (!id || !LOST.test(messageOf(error))) return null;
  // The other graphics backend stands on the same card, so the next one is the processor.
  return { name: names[id]!, next: 'wasm' };
}

export const lossNotice = (name: string, epoch: number): string =>
  `The graphics card was lost (${name}). Training goes on on the processor, ${epoch === 0 ? 'from the start: no epoch had been kept yet' : `from the state after epoch ${epoch}`}.`;
