import { useLayoutEffect, useSyncExternalStore } from 'react';
import { changeSettings, settings, useSettings } from '../../app/settings';

export type Scheme = 'light' | 'dark';

const wish = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
const subscribe = (listener: () => void): (() => void) => {
  wish?.addEventListener('change', listener);
  return () => wish?.removeEventListener('change', listener);
};
const systemScheme = (): Scheme => (wish?.matches ? 'dark' : 'light');

/** The scheme in force: the person's choice, else the system's. Written to `data-theme` on html, where the tokens listen. */
export function useTheme(): Scheme {
  const choice = useSettings((s) => s.theme);
  const system = useSyncExternalStore(subscribe, systemScheme);
  const scheme = choice === 'auto' ? system : choice;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
  }, [scheme]);
  return scheme;
}

/** Light ↔ dark. Arriving at what the system wants anyway means following the system again. */
export function toggleTheme(): void {
  const { theme } = settings.getState();
  const now = theme === 'auto' ? systemScheme() : theme;
  const next = now === 'dark' ? 'light' : 'dark';
  changeSettings({ theme: next === systemScheme() ? 'auto' : next });
}
