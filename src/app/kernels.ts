/**
 * `kernels=off` in the address, before or after the #, on any screen: runs of this visit use only what TensorFlow.js ships.
 * It holds for the visit although screens rewrite their own part of the address; a reload without it, or `kernels=on`, ends it.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type KernelChoice = 'on' | 'off';
export interface KernelWish {
  kernels: KernelChoice;
  /** What the address asked for that cannot be. */
  refused: string | null;
}

/** The word of an address; null where it says nothing. The part after the # goes first. */
export function kernelsIn(search: string, hash: string): { word: string; kernels: KernelChoice | null } | null {
  const at = hash.indexOf('?');
  const word = (at < 0 ? null : new URLSearchParams(hash.slice(at + 1)).get('kernels')) ?? new URLSearchParams(search).get('kernels');
  return word === null ? null : { word, kernels: word === 'on' || word === 'off' ? word : null };
}

function next(before: KernelWish): KernelWish {
  const found = kernelsIn(globalThis.location?.search ?? '', globalThis.location?.hash ?? '');
  if (!found) return before;
  if (found.kernels) return { kernels: found.kernels, refused: null };
  return { ...before, refused: `kernels takes on or off; the address says "${found.word}".` };
}

const store = createStore<KernelWish>(() => next({ kernels: 'on', refused: null }));
if (typeof window !== 'undefined') window.addEventListener('hashchange', () => store.setState(next(store.getState())));

export const kernelsWanted = (): KernelChoice => store.getState().kernels;
export const useKernelWish = <T>(select: (s: KernelWish) => T): T => useStore(store, select);
export const subscribeKernels = (changed: (kernels: KernelChoice) => void): (() => void) => store.subscribe((now, was) => now.kernels !== was.kernels && changed(now.kernels));

/** By hand: also taken out of the address, which would bring it back on reload. */
export function chooseKernels(kernels: KernelChoice): void {
  store.setState({ kernels, refused: null });
  const address = new URL(window.location.href);
  address.searchParams.delete('kernels');
  const [screen, query] = address.hash.split('?');
  const rest = new URLSearchParams(query ?? '');
  rest.delete('kernels');
  if (kernels === 'off') rest.set('kernels', 'off');
  address.hash = rest.size > 0 ? `${screen || '#/data'}?${rest}` : (screen ?? '');
  window.history.replaceState(null, '', address);
}
