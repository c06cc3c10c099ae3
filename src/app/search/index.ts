/** Searches of this page: joined to the queue's workers, the workspace and the storage. */
import { useStore } from 'zustand';
import { sharesDevice, trainerPool } from '../queue';
import { mostWorkers } from '../queue/pool';
import { settings } from '../settings';
import { held } from '../workspace';
import { createSearches, type SearchesState } from './searches';
import type { StudyEntry, StudySpec } from './study';
import { studyStorage } from './study-store';

export const searches = createSearches({
  pool: trainerPool,
  storage: studyStorage,
  now: () => Date.now(),
  held: () => held,
  backend: () => settings.getState().backend,
  alone: sharesDevice,
});

export const { stopStudy, removeStudy, undoRemove: undoRemoveStudy, dismissRemoved } = searches;
const widen = (workers: number): void => {
  if (workers > trainerPool.size) trainerPool.resize(Math.min(mostWorkers(), workers));
};
export const startStudy = (spec: StudySpec): void => {
  widen(spec.strategy.workers);
  searches.startStudy(spec);
};
export const resumeStudy = (id: string): void => {
  widen(searches.store.getState().studies.find((s) => s.id === id)?.spec.strategy.workers ?? 1);
  searches.resumeStudy(id);
};

export const useSearches = <T>(select: (s: SearchesState) => T): T => useStore(searches.store, select);
export const useStudies = (): readonly StudyEntry[] => useSearches((s) => s.studies);

void searches.restoreStudies();
