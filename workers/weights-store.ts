/**
 * Weights of finished runs in this browser's IndexedDB, in a database of their own, under a byte budget.
 * A run never waits long for them and never fails because of them: without them it can be fitted again.
 */
import Dexie, { type Table } from 'dexie';
import type { ModelState } from '../src/core/model';
import type { StoredWeights } from './protocol';
import { messageOf } from '../src/core/problem';

const LIMIT_BYTES = 300e6;
/** Of what the browser lets this page store in all. */
const SHARE_OF_QUOTA = 0.25;
/** A disk that takes longer than this is not waited for. */
const PATIENCE_MS = 15_000;

class WeightsDatabase extends Dexie {
  declare facts: Table<StoredWeights, string>;
  declare states: Table<{ runId: string; state: ModelState }, string>;
  constructor() {
    super('coldwave-weights');
    this.version(1).stores({ facts: 'runId', states: 'runId' });
  }
}
let open: WeightsDatabase | null = null;
const database = (): WeightsDatabase => (open ??= new WeightsDatabase());

const hasStorage = (): boolean => typeof indexedDB !== 'undefined';

export const bytesOf = (state: ModelState): number => Object.values(state.arrays).reduce((sum, a) => sum + a.data.byteLength, 0) + JSON.stringify(state.meta).length;

/**
 * Which runs' weights go so that `need` bytes fit: those of runs no longer listed, then the ones used longest ago, pinned runs last.
 * Null where they cannot fit at all.
 */
export function weightsToDrop(stored: readonly StoredWeights[], need: number, limit: number, pinned: ReadonlySet<string>, listed: ReadonlySet<string> | null): string[] | null {
  if (need > limit) return null;
  const rank = (w: StoredWeights): number => (listed && !listed.has(w.runId) ? 0 : pinned.has(w.runId) ? 2 : 1);
  const order = [...stored].sort((a, b) => rank(a) - rank(b) || a.usedAt - b.usedAt);
  const drop: string[] = [];
  let total = stored.reduce((sum, w) => sum + w.bytes, 0);
  for (const w of order) {
    if (total + need <= limit) break;
    drop.push(w.runId);
    total -= w.bytes;
  }
  return drop;
}

async function weightsLimit(): Promise<number> {
  const quota = (await globalThis.navigator?.storage?.estimate?.().catch(() => undefined))?.quota;
  return quota === undefined ? LIMIT_BYTES : Math.min(LIMIT_BYTES, Math.floor(quota * SHARE_OF_QUOTA));
}

/** Runs in the page's own database, read without knowing its version. Null where it cannot be read. */
async function listedRuns(): Promise<{ listed: Set<string>; pinned: Set<string> } | null> {
  const db = new Dexie('coldwave');
  try {
    await db.open();
    const listed = new Set<string>();
    const pinned = new Set<string>();
    await db.table<{ id: string; pinned?: boolean }, string>('runs').each((run) => {
      listed.add(run.id);
      if (run.pinned) pinned.add(run.id);
    });
    return { listed, pinned };
  } catch {
    return null;
  } finally {
    db.close();
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

/**
 * @param read the weights; a graphics card lost by now, or memory that has no room for a copy, makes it fail
 * @returns null when they are kept, else a sentence that says why not. Never throws.
 */
export async function keepWeights(runId: string, read: () => ModelState | Promise<ModelState>): Promise<string | null> {
  if (!hasStorage()) return null;
  let size = '';
  const again = 'Recommend can fit this run again when its lists are wanted.';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), PATIENCE_MS);
  });
  try {
    const state = await read();
    const bytes = bytesOf(state);
    size = ` (${megabytes(bytes)})`;
    const answer = await Promise.race([write(runId, state, bytes), late]);
    if (answer === 'late') return `The browser took too long to store the model's weights${size}. ${again}`;
    if (answer !== null) return `The model's weights${size} do not fit into the ${megabytes(answer)} kept for weights. ${again}`;
    return null;
  } catch (error) {
    return `The model's weights${size} could not be stored: ${messageOf(error)} ${again}`;
  } finally {
    clearTimeout(timer);
  }
}

/** @returns null when written, else the limit they do not fit into */
async function write(runId: string, state: ModelState, bytes: number): Promise<number | null> {
  const db = database();
  const limit = await weightsLimit();
  const others = (await db.facts.toArray()).filter((w) => w.runId !== runId);
  const runs = await listedRuns();
  const drop = weightsToDrop(others, bytes, limit, runs?.pinned ?? new Set(), runs?.listed ?? null);
  if (drop === null) return limit;
  await db.transaction('rw', db.facts, db.states, async () => {
    await db.facts.bulkDelete(drop);
    await db.states.bulkDelete(drop);
    await db.states.put({ runId, state });
    await db.facts.put({ runId, bytes, usedAt: Date.now() });
  });
  return null;
}

/** The weights of a run, marked as used; undefined where there are none. */
export async function readWeights(runId: string): Promise<ModelState | undefined> {
  if (!hasStorage()) return undefined;
  const db = database();
  const found = await db.states.get(runId);
  if (found) await db.facts.update(runId, { usedAt: Date.now() });
  return found?.state;
}
