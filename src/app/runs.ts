/** All runs kept on this device, joined to its storage. */
import { useStore } from 'zustand';
import { newId } from '../core/new-id';
import { createRuns, type RunsState } from './runs-list';
import { deleteRun, listRuns, saveRun } from './storage';

export const runs = createRuns({ listRuns, saveRun, deleteRun }, newId);
export const { refreshRuns, keepRun, renameRun, noteRun, removeRun, undoRemove, toggleRun, showOnly, importRuns } = runs;
export const useRuns = <T>(select: (s: RunsState) => T): T => useStore(runs.store, select);
