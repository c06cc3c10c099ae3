/** Which compute backend the trainer worker has chosen, for the status bar. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { changeSettings, settings } from '../../app/settings';
import { trainerWorker } from '../../app/workers';
import type { BackendChoice, BackendId } from '../../../workers/protocol';
import { withOthers } from './backend-reports';

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
    const choice = await trainerWorker.call('backend', { prefer });
    store.setState((s) => ({ choice: withOthers(choice, s.choice), fault: null }));
  } catch (error) {
    store.setState({ fault: error instanceof Error ? error.message : String(error) });
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

/** Looks once the page has settled: the self-test takes a moment of one core, and the first screen comes first. */
export function checkBackendSoon(): () => void {
  const timer = setTimeout(() => void checkBackend(), 1200);
  return () => clearTimeout(timer);
}
