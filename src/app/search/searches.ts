/**
 * Runs searches over a pool of trainer workers and keeps them. Everything outside (workers, storage, clock) is handed in,
 * so it is tested without a page; index.ts joins it to the real ones.
 */
import { createStore } from 'zustand/vanilla';
import type { DataSet, TextVectors } from '../../core/dataset';
import { messageOf, Problem, whatAndRemedy } from '../../core/problem';
import { createStrategy } from '../../math/search/strategies';
import { nextTrial, type Proposal, type Strategy } from '../../math/search/strategy';
import type { TrainerCalls, TrainInput, TrialInput } from '../../../workers/protocol';
import { kernelsWanted } from '../kernels';
import { threadsEach } from '../threads';
import type { Pool } from '../queue/pool';
import { outcomesOf, outOfTime, secondsLeft, type StoredStudy, type StudyEntry, type StudySpec, type TrialDone } from './study';
import type { StudyStorage } from './study-store';

export interface SearchesState {
  /** Newest first. */
  studies: StudyEntry[];
  /** Stored studies have been read. */
  ready: boolean;
  /** The study deleted last, for undo. */
  removed: StoredStudy | null;
  /** A study that could not be stored: it goes on, but a reload would lose it. */
  notice: string | null;
}

export interface SearchesParts {
  pool: Pool<TrainerCalls>;
  storage: StudyStorage;
  now(): number;
  held(): { data: DataSet | null; vectors: ReadonlyMap<string, TextVectors> };
  backend(): TrainInput['backend'];
  /** True when this model must not train beside another that needs the same device. */
  alone(model: string): boolean;
}

/** Milliseconds between two drawings of progress. */
const REST = 200;
/** After so many failures and nothing else, the rest would fail too. */
const HOPELESS = 3;

interface Active {
  controller: AbortController;
  strategy: Strategy;
  running: Map<number, Proposal>;
  startedAt: number;
  spentBefore: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const entryOf = (s: StoredStudy): StudyEntry => ({ ...s, running: false, live: {}, secondsLeft: null, halted: null });

export function createSearches(parts: SearchesParts) {
  const store = createStore<SearchesState>(() => ({ studies: [], ready: false, removed: null, notice: null }));
  const active = new Map<string, Active>();
  const entry = (id: string): StudyEntry | undefined => store.getState().studies.find((s) => s.id === id);
  const change = (id: string, patch: (e: StudyEntry) => Partial<StudyEntry>): void => store.setState((s) => ({ studies: s.studies.map((e) => (e.id === id ? { ...e, ...patch(e) } : e)) }));
  const spentBy = (a: Active): number => a.spentBefore + (parts.now() - a.startedAt) / 1000;
  const tell = (error: unknown, title: string): void => store.setState({ notice: `"${title}" could not be stored (${messageOf(error)}): it is here until the page is closed.` });

  let saving: Promise<void> = Promise.resolve();
  /** One after the other, each with the newest state. */
  function save(id: string): Promise<void> {
    saving = saving.then(async () => {
      const e = entry(id);
      if (!e) return;
      try {
        await parts.storage.save({ id, spec: e.spec, trials: e.trials, spent: e.spent });
      } catch (error) {
        tell(error, e.spec.title);
      }
    });
    return saving;
  }

  /** Why a study cannot go on now; null when it can. */
  function obstacleOf({ dataHash, textKey }: StudySpec): string | null {
    const { data, vectors } = parts.held();
    if (!data) return 'Its data are not loaded: open them on the Data screen first.';
    if (data.hash !== dataHash) return 'It belongs to other data (another file or other cleaning): load those again to go on.';
    if (textKey !== null && !vectors.has(textKey)) return `It needs the text vectors "${textKey}": embed that column again on the Text screen.`;
    return null;
  }

  /** @throws Problem for a strategy that cannot work, or data or vectors that are not loaded */
  function startStudy(spec: StudySpec): void {
    const strategy = createStrategy(spec.strategy);
    const obstacle = obstacleOf(spec);
    if (obstacle) throw new Problem('This search cannot start yet.', {}, obstacle);
    store.setState((s) => ({ studies: [entryOf({ id: spec.id, spec, trials: Array.from({ length: strategy.trials }, () => null), spent: 0 }), ...s.studies] }));
    go(spec.id, strategy);
  }

  /** Goes on with the trials that were not made, the very ones that would have been. @throws Problem when it cannot */
  function resumeStudy(id: string): void {
    const e = entry(id);
    if (!e || e.running) return;
    const obstacle = obstacleOf(e.spec);
    if (obstacle) throw new Problem('This search cannot go on yet.', {}, obstacle);
    if (outOfTime(e)) throw new Problem(`Its ${e.spec.minutes} minutes are used up.`, {}, 'Start another search with a larger budget.');
    go(id, createStrategy(e.spec.strategy));
  }

  function go(id: string, strategy: Strategy): void {
    const e = entry(id)!;
    const a: Active = { controller: new AbortController(), strategy, running: new Map(), startedAt: parts.now(), spentBefore: e.spent, timer: undefined };
    if (e.spec.minutes !== null) a.timer = setTimeout(() => end(id, a, null), Math.max(0, e.spec.minutes * 60 - e.spent) * 1000);
    active.set(id, a);
    change(id, () => ({ running: true, halted: null, live: {}, secondsLeft: secondsLeft(e, {}, e.spent) }));
    void save(id);
    pump(id, a);
  }

  function pump(id: string, a: Active): void {
    if (active.get(id) !== a) return;
    const e = entry(id)!;
    const failed = e.trials.filter((t) => t !== null);
    if (failed.length >= HOPELESS && failed.every((t) => t.record === null)) {
      end(id, a, `The first ${failed.length} trials failed: ${failed[0]!.problem?.what ?? 'no reason is known.'}`);
      return;
    }
    while (a.running.size < e.spec.strategy.workers) {
      const next = nextTrial(a.strategy, outcomesOf(entry(id)!), new Set(a.running.keys()));
      if (!next) break;
      a.running.set(next.n, next.proposal);
      void one(id, a, next.n, next.proposal);
    }
    if (a.running.size === 0) end(id, a, null);
  }

  /** Ends what runs and keeps what is there. */
  function end(id: string, a: Active, halted: string | null): void {
    if (active.get(id) !== a) return;
    active.delete(id);
    clearTimeout(a.timer);
    a.controller.abort(new DOMException('Ended.', 'AbortError'));
    change(id, () => ({ running: false, live: {}, secondsLeft: null, halted, spent: spentBy(a) }));
    void save(id);
  }

  function stopStudy(id: string): void {
    const a = active.get(id);
    if (a) end(id, a, null);
  }

  async function one(id: string, a: Active, n: number, proposal: Proposal): Promise<void> {
    const { spec } = entry(id)!;
    const { data, vectors } = parts.held();
    const epochs = proposal.epochs ?? 0;
    change(id, (e) => ({ live: { ...e.live, [n]: { params: proposal.params, label: 'Waiting', fraction: null } } }));
    let done: TrialDone;
    try {
      if (!data || data.hash !== spec.dataHash) throw new Problem('The data were changed while it was searching.', {}, 'Load those data again and resume.');
      const input: TrialInput = {
        data, split: spec.split, model: spec.model, seed: spec.strategy.seed, patience: spec.patience, backend: parts.backend(), kernels: kernelsWanted(), threads: threadsEach(),
        params: { ...spec.fixed, ...proposal.params, ...(proposal.epochs === undefined ? {} : { epochs: proposal.epochs }) },
        text: spec.textKey === null ? null : (vectors.get(spec.textKey) ?? null),
        ...(spec.testFile ? { testFile: spec.testFile } : {}),
        ...(spec.folds ? { folds: spec.folds } : {}),
      };
      let drawnAt = -Infinity;
      const record = await parts.pool.run('trial', input, {
        signal: a.controller.signal,
        alone: parts.alone(spec.model),
        onStart: () => draw(id, a, n, proposal, 'Fitting', null),
        onProgress: (p) => {
          if (parts.now() - drawnAt < REST) return;
          drawnAt = parts.now();
          draw(id, a, n, proposal, p.label, p.fraction);
        },
      });
      done = { params: proposal.params, epochs, record, problem: null };
    } catch (error) {
      // What was cut off was not made: it is the next to be made on Resume.
      if (a.controller.signal.aborted) return;
      if (!parts.held().data || parts.held().data!.hash !== spec.dataHash) {
        end(id, a, 'The data were changed while it was searching. Load those data again and resume.');
        return;
      }
      done = { params: proposal.params, epochs, record: null, problem: whatAndRemedy(error, null) };
    }
    if (active.get(id) !== a) return;
    a.running.delete(n);
    change(id, (e) => {
      const { [n]: _ended, ...live } = e.live;
      const trials = e.trials.map((t, k) => (k === n ? done : t));
      const spent = spentBy(a);
      return { trials, live, spent, secondsLeft: secondsLeft({ ...e, trials }, live, spent) };
    });
    void save(id);
    pump(id, a);
  }

  function draw(id: string, a: Active, n: number, { params }: Proposal, label: string, fraction: number | null): void {
    if (active.get(id) !== a) return;
    change(id, (e) => {
      const live = { ...e.live, [n]: { params, label, fraction } };
      return { live, secondsLeft: secondsLeft(e, live, spentBy(a)) };
    });
  }

  async function removeStudy(id: string): Promise<void> {
    stopStudy(id);
    const e = entry(id);
    if (!e) return;
    store.setState((s) => ({ studies: s.studies.filter((x) => x.id !== id), removed: { id, spec: e.spec, trials: e.trials, spent: e.spent } }));
    await saving;
    await parts.storage.remove(id).catch((error: unknown) => tell(error, e.spec.title));
  }
  async function undoRemove(): Promise<void> {
    const { removed } = store.getState();
    if (!removed) return;
    store.setState((s) => ({ removed: null, studies: [entryOf(removed), ...s.studies].sort((a, b) => b.spec.createdAt.localeCompare(a.spec.createdAt)) }));
    await save(removed.id);
  }
  const dismissRemoved = (): void => store.setState({ removed: null });

  /** Reads the stored studies; those begun meanwhile stay. */
  async function restoreStudies(): Promise<void> {
    const stored = await parts.storage.list().catch(() => []);
    store.setState((s) => ({
      ready: true,
      studies: [...s.studies, ...stored.filter((x) => !s.studies.some((e) => e.id === x.id)).map(entryOf)].sort((a, b) => b.spec.createdAt.localeCompare(a.spec.createdAt)),
    }));
  }

  return { store, startStudy, stopStudy, resumeStudy, removeStudy, undoRemove, dismissRemoved, restoreStudies, obstacleOf };
}
