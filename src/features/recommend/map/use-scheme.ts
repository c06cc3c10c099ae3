import { useCallback, useSyncExternalStore } from 'react';
import { asHex, SYSTEM_WISHES } from '../../../ui/canvas-colour';

const forced = (): boolean => matchMedia('(forced-colors: active)').matches;
const dark = (): boolean => {
  const said = document.documentElement.dataset['theme'];
  return said ? said === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const queries = SYSTEM_WISHES.map((wish) => matchMedia(wish));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

/** The theme as it is, for what is painted rather than styled. `token` reads a colour of the style sheet and changes with the theme. */
export function useScheme(): { dark: boolean; token: (name: string) => string } {
  const isDark = useSyncExternalStore(subscribe, dark);
  const isForced = useSyncExternalStore(subscribe, forced);
  // oxlint-disable-next-line react/exhaustive-deps -- a new function tells users of it that the colours have changed
  const token = useCallback((name: string) => asHex(getComputedStyle(document.documentElement).getPropertyValue(name).trim()) || '#808080', [isDark, isForced]);
  return { dark: isDark, token };
}
