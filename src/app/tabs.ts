/**
 * Which tab stores the workspace. Two tabs of one address share one database: the first keeps a lock and writes; a later one
 * says that its data set is not stored, until the first is closed or this one takes over.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const LOCK = 'coldwave workspace';

/** The part of the browser's LockManager that is needed. */
export interface Locks {
  request<T>(name: string, options: { ifAvailable?: boolean; steal?: boolean }, held: (lock: unknown) => Promise<T> | T): Promise<T>;
}
export interface Tabs {
  /** This tab writes the workspace. Also where the browser has no locks: then nobody can tell. */
  owner: boolean;
}

export function createTabs(locks: Locks | undefined) {
  const store = createStore<Tabs>(() => ({ owner: true }));

  /** Holds the lock until the tab is closed or another tab takes it. */
  async function hold(options: { ifAvailable?: boolean; steal?: boolean }): Promise<void> {
    if (!locks) return;
    try {
      const got = await locks.request<boolean>(LOCK, options, (lock) => {
        store.setState({ owner: lock !== null });
        return lock === null ? false : new Promise<boolean>(() => undefined);
      });
      if (!got) await hold({});
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) return; // locks are not allowed here: as without them
      store.setState({ owner: false });
      await hold({});
    }
  }

  return {
    store,
    watch: (): void => void hold({ ifAvailable: true }),
    /** The other tab is told that it no longer stores. */
    takeOver: (): void => void hold({ steal: true }),
  };
}

export const tabs = createTabs(globalThis.navigator?.locks as Locks | undefined);
export const useTabs = <T>(select: (s: Tabs) => T): T => useStore(tabs.store, select);
