/** What lies over the screens: the sheet of keys, and the tour with its step. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { changeSettings } from '../../app/settings';

export interface Overlays {
  keys: boolean;
  /** Step of the tour, from 0; null when it is not shown. */
  tour: number | null;
}
const store = createStore<Overlays>(() => ({ keys: false, tour: null }));
export const useOverlays = <T>(select: (s: Overlays) => T): T => useStore(store, select);

export const showKeys = (keys: boolean): void => store.setState({ keys });

let cameFrom = '';
export function startTour(): void {
  cameFrom = window.location.hash;
  store.setState({ tour: 0, keys: false });
}
export const goToStep = (tour: number): void => store.setState({ tour });
/** Leaves the tour, done or not, where it began; it is not offered again. */
export function endTour(): void {
  if (store.getState().tour !== null) window.location.hash = cameFrom || '#/data';
  store.setState({ tour: null });
  changeSettings({ tour: 'seen' });
}
