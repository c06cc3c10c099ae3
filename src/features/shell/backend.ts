/** Which compute backend the trainer worker has chosen, for the status bar. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { kernelsWanted } from '../../app/kernels';
import { changeSettings, settings } from '../../app/settings';
import { route } from '../../app/url';
import { threadsWanted } from '../../app/threads';
import { trainerWorker } from '../../app/workers';
import { workspace } from '../../app/workspace';
import type { BackendChoice, BackendId } from '../../../workers/protocol';
import { withOthers } from './backend-reports';
import { messageOf } from '../../core/problem';

export interface BackendState {
  choice: BackendChoice | null;
  checking: boolean;
  fault: string | null;
}
const store = createStore<BackendState>(() => ({ choice: null, checking: false, fault: null }));
export const useBackend = <T>(select: (s: BackendState) => T): T => useStore(store, select);
export const backendKnown = (): boolean => store.getState().choice !== null;

export async function checkBackend(prefer: BackendId | 'auto' = settings.getState().backend): Promise<void> {
  if (store.getState().checking) return;
  store.setState({ checking: true });
  try {
    const choice = await trainerWorker.call('backend', { prefer, kernels: kernelsWanted(), threads: threadsWanted() });
    store.setState((s) => ({ choice: withOthers(choice, s.choice), fault: null }));
  } catch (error) {
    store.setState({ fault: messageOf(error) });
  } finally {
    store.setState({ checking: false });
  }
}

/** Switches by hand and remembers it; one that cannot be used is told, and the one before stays. */
export async function preferBackend(prefer: BackendId | 'auto'): Promise<void> {
  const before = settings.getState().backend;
  changeSettings({ backend: prefer });
  await checkBackend(prefer);
  if (store.getState().fault !== null && before !== prefer) changeSettings({ backend: before });
}

export const backendNames: Record<BackendId, string> = { webgpu: 'WebGPU', wasm: 'WASM', webgl: 'WebGL', cpu: 'Plain JS' };

/** Long enough for the first screen to stand; short enough that a click on the demo finds the backend chosen. */
const SETTLED = 1200;
/** Somebody who only looks gets the answer as well, once the page has long been still. */
const IDLE = 8000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Looks once the page has settled and somebody uses it. The self-test takes a moment of one core and brings the tensor
 * library (about 200 kB), so an empty page that nobody has touched does without; with data at hand it looks by itself.
 */
export function checkBackendSoon(): () => void {
  let ended = false;
  let settled: ReturnType<typeof setTimeout> | undefined;
  const opened = performance.now();
  const look = (): void => {
    stopWaiting();
    settled ??= setTimeout(() => ended || void checkBackend(), Math.max(0, SETTLED - (performance.now() - opened)));
  };
  const idle = setTimeout(look, IDLE);
  const unsubscribe = workspace.subscribe((now) => now.data && look());
  function stopWaiting(): void {
    clearTimeout(idle);
    unsubscribe();
    for (const sign of SIGNS) window.removeEventListener(sign, look);
  }
  for (const sign of SIGNS) window.addEventListener(sign, look, { passive: true, once: true });
  if (workspace.getState().data || route().screen === 'train') look();
  return () => {
    ended = true;
    clearTimeout(settled);
    stopWaiting();
  };
}
