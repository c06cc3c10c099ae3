/** The list of runs, which of them are drawn, and what one can do with them; storage is handed in. */
import { createStore } from 'zustand/vanilla';
import { messageOf, Problem } from '../core/problem';
import type { RunRecord } from '../core/run';
import { overlayObstacle } from './runs-order';
import { readRuns } from './runs-transfer';

export interface RunsState {
  runs: RunRecord[];
  loaded: boolean;
  /** Ids drawn in the charts, in the order they were selected. */
  selected: string[];
  /** The run deleted last, for undo. */
  removed: RunRecord | null;
  problem: { what: string; place?: { file?: string } | null; remedy: string | null } | null;
  /** What an import did, in words. */
  notice: string | null;
}

export interface RunStorage {
  listRuns(): Promise<RunRecord[]>;
  saveRun(run: RunRecord): Promise<void>;
  deleteRun(id: string): Promise<void>;
}

export function createRuns(storage: RunStorage, newId: () => string) {
  const store = createStore<RunsState>(() => ({ runs: [], loaded: false, selected: [], removed: null, problem: null, notice: null }));
  const put = (run: RunRecord): void => store.setState((s) => ({ runs: [...s.runs.filter((r) => r.id !== run.id), run] }));
  const tell = (error: unknown): void => {
    if (error instanceof Problem) store.setState({ problem: { what: error.what, place: error.place, remedy: error.remedy } });
    else store.setState({ problem: { what: messageOf(error), remedy: null } });
  };
  const keep = async (run: RunRecord): Promise<void> => {
    try {
      await storage.saveRun(run);
    } catch (error) {
      store.setState({
        problem: {
          what: `"${run.name}" is shown here but could not be stored on this device (${messageOf(error)}).`,
          remedy: 'Export it as JSON to keep it, or free some storage and train again.',
        },
      });
    }
  };

  /** Reads the stored runs; those finished meanwhile stay. */
  async function refreshRuns(): Promise<void> {
    try {
      const stored = await storage.listRuns();
      store.setState((s) => ({ runs: [...stored, ...s.runs.filter((r) => !stored.some((x) => x.id === r.id))], loaded: true }));
    } catch (error) {
      store.setState({ loaded: true });
      tell(error);
    }
  }

  /** Adds a finished run and, unless `show` is false, shows it, beside the others selected when they are comparable. */
  async function keepRun(run: RunRecord, show = true): Promise<void> {
    put(run);
    if (show) store.setState((s) => {
      const others = s.runs.filter((r) => s.selected.includes(r.id) && r.id !== run.id);
      return { selected: others.length > 1 && overlayObstacle(run, others) === null ? [...s.selected, run.id] : [run.id] };
    });
    await keep(run);
  }

  async function renameRun(id: string, name: string): Promise<void> {
    const run = store.getState().runs.find((r) => r.id === id);
    const wanted = name.trim();
    if (!run || wanted === '' || wanted === run.name) return;
    const renamed = { ...run, name: wanted };
    put(renamed);
    await keep(renamed);
  }

  /** Notes, tags, pin and archive: what people say of a run, never what it measured. */
  async function noteRun(id: string, patch: Partial<Pick<RunRecord, 'notes' | 'tags' | 'pinned' | 'archived'>>): Promise<void> {
    const run = store.getState().runs.find((r) => r.id === id);
    if (!run) return;
    const noted = { ...run, ...patch };
    put(noted);
    await keep(noted);
  }

  async function removeRun(id: string): Promise<void> {
    const run = store.getState().runs.find((r) => r.id === id);
    if (!run) return;
    store.setState((s) => ({ runs: s.runs.filter((r) => r.id !== id), selected: s.selected.filter((x) => x !== id), removed: run }));
    try {
      await storage.deleteRun(id);
    } catch (error) {
      put(run);
      store.setState({ removed: null });
      tell(error);
    }
  }

  async function undoRemove(): Promise<void> {
    const run = store.getState().removed;
    if (!run) return;
    put(run);
    store.setState({ removed: null });
    await keep(run);
  }

  /** Draws or hides a run. Runs of another split replace the selection: they are never drawn over one another. */
  function toggleRun(id: string): void {
    store.setState((s) => {
      if (s.selected.includes(id)) return { selected: s.selected.filter((x) => x !== id) };
      const run = s.runs.find((r) => r.id === id);
      if (!run) return {};
      const others = s.runs.filter((r) => s.selected.includes(r.id));
      return { selected: overlayObstacle(run, others) === null ? [...s.selected, id] : [id] };
    });
  }
  const showOnly = (ids: string[]): void => store.setState({ selected: ids });

  /** Imports every run of every file, or, when one file is bad, says which and why; good files are kept. */
  async function importRuns(files: readonly File[]): Promise<void> {
    const found = new Map(store.getState().runs.map((r) => [r.id, r]));
    const added: RunRecord[] = [];
    let known = 0;
    let problem: unknown = null;
    for (const file of files) {
      try {
        for (const run of readRuns(await file.text(), file.name)) {
          const same = found.get(run.id);
          if (same && JSON.stringify({ ...same, name: '' }) === JSON.stringify({ ...run, name: '' })) {
            known += 1;
            continue;
          }
          const own = same ? { ...run, id: newId() } : run;
          found.set(own.id, own);
          added.push(own);
        }
      } catch (error) {
        problem ??= error;
      }
    }
    // All at once: a table drawn anew for each of fifty runs takes seconds. With nothing drawn in the charts yet, the first is what somebody wants to see.
    store.setState((s) => ({ runs: [...s.runs, ...added], selected: s.selected.length === 0 ? added.slice(0, 1).map((r) => r.id) : s.selected }));
    for (const run of added) await keep(run);
    const parts = [
      added.length ? `${added.length} run${added.length === 1 ? '' : 's'} imported.` : '',
      known ? `${known} ${known === 1 ? 'was' : 'were'} here already.` : '',
    ].filter(Boolean);
    store.setState({ notice: parts.length ? parts.join(' ') : null });
    if (problem !== null) tell(problem);
  }

  const dismiss = (): void => store.setState({ problem: null, notice: null, removed: null });

  return { store, refreshRuns, keepRun, renameRun, noteRun, removeRun, undoRemove, toggleRun, showOnly, importRuns, dismiss };
}
