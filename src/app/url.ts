/**
 * The address is the state worth sharing: which screen, and its configuration, as `#/train?model=two-tower&epochs=10`.
 * A hash works on any static host. The parameters of each screen are kept apart by the screen itself.
 */
import { useMemo, useSyncExternalStore } from 'react';

export const SCREENS = ['data', 'explore', 'text', 'train', 'compare', 'recommend'] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  query: URLSearchParams;
}

const isScreen = (s: string): s is Screen => (SCREENS as readonly string[]).includes(s);

/** '#/train?model=random' → its parts. Anything unknown leads to the first screen. */
export function parseHash(hash: string): Route {
  const text = hash.replace(/^#\/?/, '');
  const cut = text.indexOf('?');
  const name = (cut < 0 ? text : text.slice(0, cut)).replace(/\/$/, '');
  return { screen: isScreen(name) ? name : 'data', query: new URLSearchParams(cut < 0 || !isScreen(name) ? '' : text.slice(cut + 1)) };
}

export function formatHash(screen: Screen, query: URLSearchParams | Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${screen}${text ? `?${text}` : ''}`;
}

const listeners = new Set<() => void>();
const changed = (): void => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('hashchange', changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('hashchange', changed);
  };
}
const currentHash = (): string => window.location.hash;

/** The route as it is now, outside React. */
export const route = (): Route => parseHash(currentHash());

export const useScreen = (): Screen => useSyncExternalStore(subscribe, () => route().screen);

export function useQuery(): URLSearchParams {
  const hash = useSyncExternalStore(subscribe, currentHash);
  return useMemo(() => parseHash(hash).query, [hash]);
}

/** Goes to a screen; Back returns. */
export function navigate(screen: Screen, query: Record<string, string> = {}): void {
  const hash = formatHash(screen, query);
  if (hash === currentHash()) return;
  window.history.pushState(null, '', hash);
  changed();
}

/** Changes parameters of the present screen without a step in the history; null removes one. */
export function setQuery(patch: Record<string, string | null>): void {
  const { screen, query } = route();
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const hash = formatHash(screen, query);
  if (hash === currentHash()) return;
  try {
    window.history.replaceState(null, '', hash);
  } catch {
    // Safari refuses more than 100 changes in 30 seconds (a dragged slider); the next change writes the address again.
    return;
  }
  changed();
}
