/** Indexes behind the lists: which open models can be searched through one, and which one each has in the serve worker. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { wordsOf } from '../core/problem';
import type { IndexPlan } from '../retrieval/plan';
import type { SearchFacts } from '../../workers/protocol';
import type { Served } from './serve';
import { workspace } from './workspace';

export interface ServedIndex {
  /** Null until the model has been asked. */
  facts: SearchFacts | null;
  /** Share done; null where nothing is being built. */
  building: number | null;
  built: { plan: IndexPlan; bytes: number; seconds: number } | null;
  problem: string | null;
}
const NONE: ServedIndex = { facts: null, building: null, built: null, problem: null };
const store = createStore<{ of: Record<string, ServedIndex> }>(() => ({ of: {} }));
export const useServedIndexes = (): Record<string, ServedIndex> => useStore(store, (s) => s.of);
export const servedIndex = (of: Record<string, ServedIndex>, runId: string): ServedIndex => of[runId] ?? NONE;

const change = (runId: string, patch: Partial<ServedIndex>): void => store.setState(({ of }) => ({ of: { ...of, [runId]: { ...(of[runId] ?? NONE), ...patch } } }));
const building = new Map<string, AbortController>();
const asked = new Set<string>();
let dataHash = workspace.getState().data?.hash ?? null;

/** Other data: the models that held the indexes are gone. */
workspace.subscribe(({ data }) => {
  if ((data?.hash ?? null) === dataHash) return;
  dataHash = data?.hash ?? null;
  for (const work of building.values()) work.abort(new DOMException('The data changed.', 'AbortError'));
  asked.clear();
  store.setState({ of: {} });
});

/** Asks once whether this model's scores are inner products. Never rejects. */
export async function learnSearchFacts(model: Served): Promise<void> {
  const { id } = model.run;
  if (asked.has(id)) return;
  asked.add(id);
  try {
    change(id, { facts: await model.searchFacts() });
  } catch (error) {
    asked.delete(id);
    change(id, { problem: wordsOf(error) });
  }
}

/** Builds an index of the model's item vectors; lists go on exactly meanwhile. Never rejects. */
export async function buildServedIndex(model: Served, plan: IndexPlan): Promise<void> {
  const { id } = model.run;
  if (building.has(id)) return;
  const work = new AbortController();
  building.set(id, work);
  change(id, { building: 0, problem: null });
  try {
    const made = await model.buildIndex(plan, { signal: work.signal, onProgress: ({ share }) => change(id, { building: share }) });
    change(id, { building: null, built: { plan, ...made } });
  } catch (error) {
    change(id, { building: null, problem: work.signal.aborted ? null : wordsOf(error) });
  } finally {
    building.delete(id);
  }
}
export const stopBuilding = (runId: string): void => building.get(runId)?.abort(new DOMException('Stopped.', 'AbortError'));

/** The worker holds this model's index no more: it was opened anew. */
export function indexLost(runId: string): void {
  if (store.getState().of[runId]?.built) change(runId, { built: null });
}
