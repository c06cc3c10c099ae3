import { useCallback, useSyncExternalStore } from 'react';

const dark = (): boolean => {
  const said = document.documentElement.dataset['theme'];
  return said ? said === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const query = matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', listener);
  };
}

/** The theme as it is, for what is painted rather than styled. `token` reads a colour of the style sheet and changes with the theme. */
export function useScheme(): { dark: boolean; token: (name: string) => string } {
  const isDark = useSyncExternalStore(subscribe, dark);
  // oxlint-disable-next-line react/exhaustive-deps -- a new function tells users of it that the colours have changed
  const token = useCallback((name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#808080', [isDark]);
  return { dark: isDark, token };
}
