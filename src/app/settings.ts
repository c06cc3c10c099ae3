/** What a person prefers on this device: theme, compute backend, whether the tour was seen. Small enough for localStorage. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { z } from '../core/schema';

const schema = z.object({
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  backend: z.enum(['auto', 'webgpu', 'wasm', 'webgl', 'cpu']).catch('auto'),
  /** When the whole workspace was last saved to a file (ISO date), for the reminder. */
  savedToDisk: z.string().nullable().catch(null),
  /** Whether the tour was taken or declined: it is offered once. */
  tour: z.enum(['new', 'seen']).catch('new'),
});
export type Settings = z.infer<typeof schema>;

const KEY = 'coldwave.settings';

/** Reads stored settings; damaged or missing ones fall back one by one. */
export function parseSettings(text: string | null): Settings {
  let given: unknown = {};
  try {
    given = text ? JSON.parse(text) : {};
  } catch {
    given = {};
  }
  return schema.parse(typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {});
}

function read(): { settings: Settings; blocked: boolean } {
  try {
    return { settings: parseSettings(globalThis.localStorage?.getItem(KEY) ?? null), blocked: false };
  } catch {
    return { settings: parseSettings(null), blocked: true };
  }
}

const start = read();
/** `blocked`: this browser lets the page store nothing, so settings last until the tab is closed. */
export const settings = createStore<Settings & { blocked: boolean }>(() => ({ ...start.settings, blocked: start.blocked }));
export const useSettings = <T>(select: (s: Settings & { blocked: boolean }) => T): T => useStore(settings, select);

export function changeSettings(patch: Partial<Settings>): void {
  const next = { ...settings.getState(), ...patch };
  let blocked = false;
  try {
    const { theme, backend, savedToDisk, tour } = next;
    globalThis.localStorage?.setItem(KEY, JSON.stringify({ theme, backend, savedToDisk, tour }));
  } catch {
    blocked = true;
  }
  settings.setState({ ...next, blocked });
}
