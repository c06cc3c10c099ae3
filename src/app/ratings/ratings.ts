/** Rating runs: starting and stopping one, keeping, showing, deleting with undo. Storage and worker are handed in. */
import { createStore } from 'zustand/vanilla';
import type { RatingCalls } from '../../../workers/ratings-protocol';
import type { Client } from '../../../workers/rpc';
import type { DataSet } from '../../core/dataset';
import type { ParamValue } from '../../core/params';
import { Problem, whatAndRemedy } from '../../core/problem';
import { parseRatingRun, type FoldSpec, type RatingProgress, type RatingRun } from '../../core/rating-run';
import type { ColdRule } from '../../core/split';
import { advance, begun, type LiveRating } from './live';
import type { RatingStorage } from './run-store';

export interface RatingsState {
  runs: RatingRun[];
  loaded: boolean;
  live: LiveRating | null;
  /** The run whose folds are shown; null = the newest of these data. */
  shown: string | null;
  removed: RatingRun | null;
  problem: { what: string; remedy: string | null } | null;
  notice: string | null;
}
export interface NewRating { name: string; model: string; params: Record<string, ParamValue>; folds: FoldSpec; cold: ColdRule; seed: number; tuned?: NonNullable<RatingRun['tuned']> }

/** At most this often the page is redrawn for progress. */
const REDRAW_MS = 200;

interface Needs {
  client: Pick<Client<RatingCalls>, 'call'>;
  storage: RatingStorage;
  now(): number;
  newId(): string;
  data(): DataSet | null;
  build: string;
}

export function createRatings({ client, storage, now, newId, data, build }: Needs) {
  const store = createStore<RatingsState>(() => ({ runs: [], loaded: false, live: null, shown: null, removed: null, problem: null, notice: null }));
  const put = (run: RatingRun): void => store.setState((s) => ({ runs: [run, ...s.runs.filter((r) => r.id !== run.id)] }));
  const tell = (error: unknown): void =>
    store.setState({ problem: whatAndRemedy(error, null) });

  async function keep(run: RatingRun): Promise<void> {
    put(run);
    try {
      await storage.save(run);
    } catch (error) {
      tell(error);
    }
  }

  async function refresh(): Promise<void> {
    try {
      const { runs, unreadable } = await storage.list();
      store.setState((s) => ({ loaded: true, runs: [...s.runs, ...runs.filter((r) => !s.runs.some((x) => x.id === r.id))].sort((a, b) => b.createdAt.localeCompare(a.createdAt)) }));
      if (unreadable > 0) store.setState({ problem: { what: `${unreadable} stored rating ${unreadable === 1 ? 'run' : 'runs'} could not be read.`, remedy: 'Left where they are; the others are not affected.' } });
    } catch (error) {
      store.setState({ loaded: true });
      tell(error);
    }
  }

  async function start(run: NewRating): Promise<void> {
    const held = data();
    if (store.getState().live) return;
    if (!held) {
      tell(new Problem('There are no data to learn from.', {}, 'Load data first.'));
      return;
    }
    const runId = newId();
    let latest = begun({ runId, name: run.name, model: run.model, dataHash: held.hash, startedAt: now() });
    store.setState({ live: latest, problem: null, notice: null });
    // A fast model ends dozens of epochs a second; drawing each would leave the page no time to hear Stop.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      store.setState((s) => (s.live?.runId === runId ? { live: { ...latest, status: s.live.status } } : {}));
    };
    const onProgress = (p: RatingProgress): void => {
      latest = advance(latest, p);
      timer ??= setTimeout(flush, REDRAW_MS);
    };
    try {
      const record = await client.call('rate', { runId, data: held, build, ...run }, { onProgress });
      clearTimeout(timer);
      store.setState({ live: null, shown: record.id });
      await keep(record);
    } catch (error) {
      clearTimeout(timer);
      store.setState({ live: null });
      tell(error);
    }
  }

  /** Ends the run now; its finished folds are kept. */
  async function stop(): Promise<void> {
    const { live } = store.getState();
    if (!live) return;
    store.setState({ live: { ...live, status: 'stopping' } });
    try {
      await client.call('stop', { runId: live.runId });
    } catch (error) {
      tell(error);
    }
  }

  /** Name, notes, tags, pin and archive: what people say of a run, never what it measured. An empty name is left as it was. */
  async function note(id: string, { name, ...patch }: Partial<Pick<RatingRun, 'name' | 'notes' | 'tags' | 'pinned' | 'archived'>>): Promise<void> {
    const run = store.getState().runs.find((r) => r.id === id);
    if (run) await keep({ ...run, ...patch, name: name?.trim() || run.name });
  }

  async function remove(id: string): Promise<void> {
    const run = store.getState().runs.find((r) => r.id === id);
    if (!run) return;
    store.setState((s) => ({ runs: s.runs.filter((r) => r.id !== id), removed: run, notice: null, shown: s.shown === id ? null : s.shown }));
    try {
      await storage.remove(id);
    } catch (error) {
      put(run);
      store.setState({ removed: null });
      tell(error);
    }
  }
  async function undoRemove(): Promise<void> {
    const run = store.getState().removed;
    if (!run) return;
    store.setState({ removed: null, shown: run.id });
    await keep(run);
  }

  /** Good files are kept; the first bad one is told. */
  async function importRuns(files: readonly File[]): Promise<void> {
    let [added, known] = [0, 0];
    for (const file of files) {
      try {
        let given: unknown;
        try {
          given = JSON.parse(await file.text());
        } catch {
          throw new Problem('This file is not JSON.', { file: file.name }, 'Choose a file exported from the board of rating runs.');
        }
        for (const one of Array.isArray(given) ? given : [given]) {
          const run = parseRatingRun(one, file.name);
          if (store.getState().runs.some((r) => r.id === run.id)) {
            known++;
            continue;
          }
          await keep(run);
          added++;
        }
      } catch (error) {
        tell(error);
      }
    }
    const parts = [added ? `${added} rating ${added === 1 ? 'run' : 'runs'} imported.` : '', known ? `${known} ${known === 1 ? 'was' : 'were'} here already.` : ''].filter(Boolean);
    store.setState({ notice: parts.length ? parts.join(' ') : null });
  }

  const show = (id: string): void => store.setState({ shown: id });
  const dismiss = (): void => store.setState({ problem: null, notice: null, removed: null });
  return { store, refresh, start, stop, note, remove, undoRemove, importRuns, show, dismiss };
}
