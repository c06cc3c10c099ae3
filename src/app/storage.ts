/**
 * Keeps the workspace, the runs and unfinished training in this browser.
 * The raw data set and its rules are stored; the cleaned one is derived again after a reload, so the two cannot disagree.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { messageOf } from '../core/problem';
import { parseRunRecord, type RunRecord } from '../core/run';
import type { TrainCheckpoint } from '../../workers/protocol';
import { DATABASE, db, opened, type StoredCheckpoint, type StoredInput, type WorkspaceFacts, type WorkspacePart } from './database';
import { nothing, planSave, storageProblem, type Heavy } from './storage-plan';
import { tabs } from './tabs';
import { dataWorker } from './workers';
import { adoptData, closeData, held, setSplit, workspace } from './workspace';

export interface StorageState {
  /** 'restoring' until what was stored has been looked at. */
  phase: 'restoring' | 'ready';
  saving: boolean;
  /** The last thing that could not be stored or restored; null when all is well. */
  problem: { what: string; remedy: string } | null;
  /** Goes up with every change of what is stored, for those who show its size. */
  revision: number;
}
export const storage = createStore<StorageState>(() => ({ phase: 'restoring', saving: false, problem: null, revision: 0 }));
export const useStorage = <T>(select: (s: StorageState) => T): T => useStore(storage, select);

const changed = (): void => storage.setState((s) => ({ revision: s.revision + 1 }));
function complain(subject: string, error: unknown): void {
  const { what, remedy } = storageProblem(subject, error);
  storage.setState({ problem: { what, remedy } });
}

// ------------------------------------------------------------------ workspace

const asVectors = (p: WorkspacePart) => ('vectors' in p ? [p.vectors] : []);

/** Brings back what was loaded before the reload. True if there was something. Starts saving by itself afterwards. */
export async function restoreWorkspace(): Promise<boolean> {
  let restored = false;
  try {
    const parts = await (await opened()).workspace.toArray();
    const raw = parts.find((p) => p.key === 'raw');
    const facts = parts.find((p) => p.key === 'facts');
    if (raw && facts && !held.raw) {
      const { data } = await dataWorker.call('clean', { raw: raw.raw, rules: facts.facts.rules });
      // Something may have been loaded by hand meanwhile: that wins.
      if (!held.raw) {
        const { rules, rejected, notes, split, dataHash } = facts.facts;
        adoptData(raw.raw, data, { rules, rejected, notes }, data.hash === dataHash ? parts.flatMap(asVectors) : []);
        held.testFile = parts.find((p) => p.key === 'testFile')?.file ?? null;
        setSplit(split, null);
        saved = { raw: held.raw, vectors: new Map(held.vectors), testFile: held.testFile };
        restored = true;
      }
    }
  } catch (error) {
    const { what } = storageProblem('What you had loaded', error);
    storage.setState({
      problem: /could not be stored: this browser/.test(what)
        ? { what: 'This browser does not let the page store anything (a private window, or storage is blocked for this site).', remedy: 'Everything works, but is gone when the tab is closed. Save the workspace to a file to keep it.' }
        : { what: `What you had loaded could not be brought back: ${messageOf(error)}`, remedy: 'Load the files again. The runs are stored apart and are still there.' },
    });
  } finally {
    storage.setState({ phase: 'ready' });
    startSaving();
  }
  return restored;
}

let saved: Heavy = nothing;
let timer: ReturnType<typeof setTimeout> | undefined;
let working: Promise<void> = Promise.resolve();
let watching = false;
let askedToKeep = false;
/** Something changed here while another tab was the one that stores. */
let heldBack = false;
/** Another tab may have written since: what is stored is not what this tab saved last. */
let foreign = false;

function startSaving(): void {
  if (watching) return;
  watching = true;
  tabs.store.subscribe(({ owner }, before) => {
    if (owner === before.owner) return;
    if (!owner) foreign = true;
    else if (heldBack) void saveWorkspace();
  });
  if (!tabs.store.getState().owner) foreign = true;
  workspace.subscribe((now, before) => {
    if (now.data === before.data && now.vectors === before.vectors && now.split === before.split) return;
    clearTimeout(timer);
    timer = setTimeout(() => void saveWorkspace(), 700);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) void saveWorkspace();
  });
}

/** Writes what changed since the last save; one save at a time. Resolves also when it failed (see `storage.problem`). */
export function saveWorkspace(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  working = working.then(saveNow);
  return working;
}

async function saveNow(): Promise<void> {
  heldBack = !tabs.store.getState().owner;
  if (heldBack) return;
  const { data, split } = workspace.getState();
  const now: Heavy = { raw: data ? held.raw : null, vectors: new Map(held.vectors), testFile: held.testFile };
  const plan = planSave(foreign ? nothing : saved, now);
  const facts: WorkspaceFacts | null = data && { rules: data.rules, rejected: data.rejected, notes: data.notes, split, dataHash: data.hash };
  storage.setState({ saving: true });
  try {
    const { workspace: table } = await opened();
    if (facts && !askedToKeep) {
      askedToKeep = true;
      // Where granted, the browser no longer clears this by itself when the disk is full.
      void navigator.storage?.persist?.().catch(() => false);
    }
    await db.transaction('rw', table, async () => {
      if (plan.clear || !facts) {
        await table.clear();
        return;
      }
      if (foreign) await table.clear();
      if (plan.raw) await table.put({ key: 'raw', raw: now.raw! });
      for (const key of plan.deleteVectors) await table.delete(`vectors ${key}`);
      for (const key of plan.putVectors) await table.put({ key: `vectors ${key}`, vectors: now.vectors.get(key)! });
      if (plan.testFile === 'put') await table.put({ key: 'testFile', file: now.testFile! });
      if (plan.testFile === 'delete') await table.delete('testFile');
      await table.put({ key: 'facts', facts });
    });
    saved = now;
    foreign = false;
    storage.setState({ problem: null });
  } catch (error) {
    complain('This data set', error);
  } finally {
    storage.setState({ saving: false });
    changed();
  }
}

// ----------------------------------------------------------------------- runs

/** All stored runs, newest first. Ones that cannot be read are left out and named in `storage.problem`. */
export async function listRuns(): Promise<RunRecord[]> {
  const stored = await (await opened()).runs.toArray();
  const runs: RunRecord[] = [];
  for (const r of stored) {
    try {
      runs.push(parseRunRecord(r));
    } catch (error) {
      storage.setState({ problem: { what: `A stored run could not be read: ${messageOf(error)}`, remedy: 'It is left where it is; the other runs are not affected.' } });
    }
  }
  return runs.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** Stores a run, replacing the one of the same id. @throws Problem when the browser refuses. */
export async function saveRun(run: RunRecord): Promise<void> {
  await attempt(`The run "${run.name}"`, async () => (await opened()).runs.put(run));
}
export async function deleteRun(id: string): Promise<void> {
  await attempt('The change', async () => (await opened()).runs.delete(id));
}

// ---------------------------------------------------------------- checkpoints

/** Keeps the newest state of a run that is still training, so that a reload or a killed tab loses one epoch at most. */
export async function saveCheckpoint(input: StoredInput, checkpoint: TrainCheckpoint): Promise<void> {
  await attempt(`The state of the run "${input.name}"`, async () => (await opened()).checkpoints.put({ runId: input.runId, input, checkpoint }));
}
export async function loadCheckpoints(): Promise<Pick<StoredCheckpoint, 'input' | 'checkpoint'>[]> {
  return (await (await opened()).checkpoints.toArray()).map(({ input, checkpoint }) => ({ input, checkpoint }));
}
export async function deleteCheckpoint(runId: string): Promise<void> {
  await attempt('The change', async () => (await opened()).checkpoints.delete(runId));
}

async function attempt(subject: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
    changed();
  } catch (error) {
    throw storageProblem(subject, error);
  }
}

// ----------------------------------------------------------------------- room

/** Bytes this page holds in the browser, as the browser estimates them; null where it does not say. */
export async function storedBytes(): Promise<number | null> {
  try {
    return (await navigator.storage.estimate()).usage ?? null;
  } catch {
    return null;
  }
}

/** Deletes every trace: data, vectors, runs, checkpoints, settings, downloaded encoder files. The page must be reloaded afterwards. */
export async function deleteEverything(): Promise<void> {
  clearTimeout(timer);
  closeData();
  clearTimeout(timer);
  await working;
  await db.delete();
  const others = await (indexedDB.databases?.() ?? Promise.resolve([]));
  for (const { name } of others) if (name?.startsWith(DATABASE)) indexedDB.deleteDatabase(name);
  const caches = await globalThis.caches?.keys().catch(() => []);
  for (const name of caches ?? []) if (/^(coldwave|transformers)/.test(name)) await globalThis.caches.delete(name);
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(DATABASE)) localStorage.removeItem(key);
  } catch {
    // Storage is blocked, so nothing was kept there.
  }
}

