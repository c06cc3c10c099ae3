/**
 * Makes room, part by part. What cannot be made again (runs, plans, searches) can be brought back by the function returned;
 * what can be computed or fetched again (weights, caches) is just dropped: null is returned.
 */
import { DATABASE } from './database';
import { refreshRuns, runs } from './runs';
import { ENCODER_CACHES, withDatabase, type PartId } from './stored-parts';
import { storage } from './storage';

export type Freeable = Exclude<PartId, 'data' | 'vectors'>;
export type Undo = (() => Promise<void>) | null;

const changed = (): void => storage.setState((s) => ({ revision: s.revision + 1 }));

/** Takes rows out of a table; what is returned puts them back. */
async function takeRows(database: string, table: string, gone: (row: { id?: string; runId?: string; pinned?: boolean }) => boolean): Promise<() => Promise<void>> {
  const rows = (await withDatabase(database, async (db) => {
    const found = (await db.table(table).toArray()).filter(gone) as { id?: string; runId?: string }[];
    await db.table(table).bulkDelete(found.map((r) => (r.id ?? r.runId)!));
    return found;
  })) ?? [];
  return async () => void (await withDatabase(database, (db) => db.table(table).bulkPut(rows)));
}
const clearAll = (database: string): Promise<unknown> => withDatabase(database, (db) => db.transaction('rw', db.tables, () => Promise.all(db.tables.map((t) => t.clear()))));

const ready = (store: { getState(): { ready: boolean }; subscribe(listener: () => void): () => void }): Promise<void> =>
  new Promise((resolve) => {
    if (store.getState().ready) return resolve();
    const stop = store.subscribe(() => {
      if (!store.getState().ready) return;
      stop();
      resolve();
    });
  });

// The modules of plans, searches and ratings are fetched only when asked to forget: a first load does without them.
const ways: Record<Freeable, () => Promise<Undo>> = {
  async runs() {
    const back = await takeRows(DATABASE, 'runs', (r) => !r.pinned);
    const { selected } = runs.store.getState();
    runs.store.setState((s) => ({ runs: s.runs.filter((r) => r.pinned), selected: s.selected.filter((id) => s.runs.some((r) => r.pinned && r.id === id)) }));
    return async () => {
      await back();
      await refreshRuns();
      runs.store.setState({ selected });
    };
  },
  async unfinished() {
    const { refreshCutOff, trainer } = await import('./train');
    const back = await takeRows(DATABASE, 'checkpoints', (c) => c.runId !== trainer.store.getState().live?.runId);
    await refreshCutOff();
    return async () => {
      await back();
      await refreshCutOff();
    };
  },
  async plans() {
    const { queue } = await import('./queue');
    await ready(queue.store);
    const running = new Set(queue.store.getState().plans.filter((p) => p.running).map((p) => p.plan.id));
    const back = await takeRows(`${DATABASE}-plans`, 'plans', (p) => !running.has(p.id ?? ''));
    queue.store.setState((s) => ({ plans: s.plans.filter((p) => running.has(p.plan.id)) }));
    return async () => {
      await back();
      await queue.restorePlans();
    };
  },
  async searches() {
    const { searches } = await import('./search');
    await ready(searches.store);
    const running = new Set(searches.store.getState().studies.filter((s) => s.running).map((s) => s.id));
    const back = await takeRows(`${DATABASE}-searches`, 'studies', (s) => !running.has(s.id ?? ''));
    searches.store.setState((s) => ({ studies: s.studies.filter((x) => running.has(x.id)) }));
    return async () => {
      await back();
      await searches.restoreStudies();
    };
  },
  async ratings() {
    const { ratings } = await import('./ratings');
    const back = await takeRows(`${DATABASE}-ratings`, 'runs', () => true);
    ratings.store.setState({ runs: [], shown: null });
    return async () => {
      await back();
      await ratings.refresh();
    };
  },
  weights: async () => (await clearAll(`${DATABASE}-weights`), null),
  'text-cache': async () => (await clearAll(`${DATABASE}-text`), null),
  async encoders() {
    for (const name of await caches.keys()) if (ENCODER_CACHES.test(name)) await caches.delete(name);
    return null;
  },
};

/** Drops one part. What runs at the moment, and pinned runs, stay. */
export async function free(part: Freeable): Promise<Undo> {
  const undo = await ways[part]();
  changed();
  return undo && (async () => {
    await undo();
    changed();
  });
}
