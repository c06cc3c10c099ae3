/**
 * Runs the runs of a plan, a few at a time, and keeps what is known of them. Everything outside (workers, storage, clock)
 * is handed in, so it is tested without a page; index.ts joins it to the real ones.
 */
import { createStore } from 'zustand/vanilla';
import type { DataSet, TextVectors } from '../../core/dataset';
import { describePlace, messageOf, Problem } from '../../core/problem';
import type { RunRecord } from '../../core/run';
import type { SplitSpec } from '../../core/split';
import type { TrainerCalls, TrainInput, TrainProgress } from '../../../workers/protocol';
import { kernelsWanted } from '../kernels';
import { threadsEach } from '../threads';
import { restoredStates, secondsLeft, unfinished, WAITING, type Plan, type PlanEntry, type PlannedRun, type RunProblem, type RunState } from './plan';
import type { PlanStorage } from './plan-store';
import type { Pool } from './pool';

export interface QueueState {
  /** Newest first. */
  plans: PlanEntry[];
  /** Stored plans have been read. */
  ready: boolean;
  /** A plan that could not be stored: it goes on, but a reload would lose it. */
  notice: string | null;
}

export interface QueueParts {
  pool: Pool<TrainerCalls>;
  storage: PlanStorage;
  now(): number;
  newId(): string;
  held(): { data: DataSet | null; vectors: ReadonlyMap<string, TextVectors>; testFile: File | null };
  split(): SplitSpec;
  backend(): TrainInput['backend'];
  /** True when this model must not train beside another that needs the same device. */
  alone(model: string, params: PlannedRun['params']): boolean;
  build: string;
  patience: number;
  finished(record: RunRecord): Promise<void>;
}

export interface StartOptions {
  /** Runs at a time. */
  workers?: number;
  /** Planned runs that need no training: their id → the id of the finished run that stands for them. */
  finished?: Record<string, string>;
}

/** Milliseconds between two drawings of progress. */
const REST = 150;

export function createQueue(parts: QueueParts) {
  const store = createStore<QueueState>(() => ({ plans: [], ready: false, notice: null }));
  const active = new Map<string, { controller: AbortController; workers: number }>();
  const entry = (id: string): PlanEntry | undefined => store.getState().plans.find((p) => p.plan.id === id);
  const change = (id: string, patch: (e: PlanEntry) => Partial<PlanEntry>): void =>
    store.setState((s) => ({ plans: s.plans.map((e) => (e.plan.id === id ? { ...e, ...patch(e) } : e)) }));
  const setRun = (id: string, run: string, patch: Partial<RunState>): void =>
    change(id, (e) => {
      const states = { ...e.states, [run]: { ...(e.states[run] ?? WAITING), ...patch } };
      const going = active.get(id);
      return { states, secondsLeft: going ? secondsLeft(e.plan, states, going.workers) : null };
    });

  let saving: Promise<void> = Promise.resolve();
  /** One after the other, each with the newest state. */
  const save = (id: string): Promise<void> => {
    saving = saving.then(async () => {
      const e = entry(id);
      if (!e) return;
      try {
        await parts.storage.save({ id, plan: e.plan, states: e.states });
      } catch (error) {
        store.setState({ notice: `"${e.plan.title}" could not be stored (${messageOf(error)}): it goes on, but a reload would lose what is left of it.` });
      }
    });
    return saving;
  };

  function requireData(dataHash: string): DataSet {
    const { data } = parts.held();
    if (!data) throw new Problem('No data are loaded, so there is nothing to train on.', {}, 'Open the Data screen and drop in files, or try the demo.');
    if (data.hash !== dataHash) throw new Problem('These runs belong to other data than those loaded now (another file or other cleaning).', {}, 'Load those data again to go on.');
    return data;
  }

  /** Starts all runs of a new plan. @throws Problem when its data are not the ones loaded. */
  function startPlan(plan: Plan, options: StartOptions = {}): void {
    requireData(plan.dataHash);
    if (entry(plan.id)) throw new Problem(`There is already a plan "${plan.title}".`, {}, 'Resume it, or remove it first.');
    const split = parts.split();
    const fixed: Plan = { ...plan, runs: plan.runs.map((r) => ({ ...r, split: r.split ?? split })) };
    store.setState((s) => ({ plans: [{ plan: fixed, states: Object.fromEntries(fixed.runs.map((r) => [r.id, stateAtStart(options.finished?.[r.id])])), running: false, secondsLeft: null }, ...s.plans] }));
    void go(plan.id, options);
  }

  /** Goes on with every run that is not done; failed ones are tried again. @throws Problem when the data are not loaded. */
  function resumePlan(id: string, options: StartOptions = {}): void {
    const e = entry(id);
    if (!e || e.running) return;
    requireData(e.plan.dataHash);
    change(id, ({ plan, states }) => ({ states: Object.fromEntries(plan.runs.map((r) => [r.id, states[r.id]?.status === 'done' ? states[r.id]! : WAITING])) }));
    void go(id, options);
  }

  async function go(id: string, { workers = parts.pool.size }: StartOptions): Promise<void> {
    const e = entry(id)!;
    const controller = new AbortController();
    const most = Math.max(1, Math.min(workers, parts.pool.size));
    active.set(id, { controller, workers: most });
    change(id, ({ plan, states }) => ({ running: true, secondsLeft: secondsLeft(plan, states, most) }));
    void save(id);
    const waiting = unfinished(e.plan, entry(id)!.states);
    const lane = async (): Promise<void> => {
      for (;;) {
        const run = waiting.shift();
        if (!run || controller.signal.aborted) return;
        await one(e.plan, run, controller.signal);
      }
    };
    await Promise.all(Array.from({ length: Math.min(most, waiting.length) }, lane));
    if (active.get(id)?.controller === controller) active.delete(id);
    if (!active.has(id)) change(id, () => ({ running: false, secondsLeft: null }));
    await save(id);
  }

  async function one(plan: Plan, run: PlannedRun, signal: AbortSignal): Promise<void> {
    let startedAt = parts.now();
    try {
      const input = inputOf(plan, run);
      let drawnAt = -Infinity;
      let at: Pick<RunState, 'fraction' | 'label'> & { epochs: number } = { fraction: null, label: 'Starting', epochs: 0 };
      const record = await parts.pool.run('train', input, {
        signal,
        alone: parts.alone(run.model, run.params),
        onStart: () => {
          startedAt = parts.now();
          setRun(plan.id, run.id, { status: 'running', fraction: null, label: 'Starting' });
        },
        onProgress: (p) => {
          if (signal.aborted) return;
          at = reading(at, p);
          if (parts.now() - drawnAt < REST && p.kind !== 'epoch') return;
          drawnAt = parts.now();
          setRun(plan.id, run.id, { fraction: at.fraction, label: at.label });
        },
      });
      await parts.finished({ ...record, plan: { id: plan.id, kind: plan.kind, title: plan.title } });
      setRun(plan.id, run.id, { status: 'done', fraction: 1, label: 'Done', recordId: record.id, seconds: (parts.now() - startedAt) / 1000 });
    } catch (error) {
      // Stopped runs were marked when Stop was pressed.
      if (signal.aborted) return;
      setRun(plan.id, run.id, { status: 'failed', fraction: null, label: 'Failed', problem: problemOf(error) });
    }
    await save(plan.id);
  }

  function inputOf(plan: Plan, run: PlannedRun): TrainInput {
    const data = requireData(plan.dataHash);
    const { vectors, testFile: heldFile } = parts.held();
    const testFile = plan.testFile ?? heldFile;
    const text = run.textKey === null ? null : (vectors.get(run.textKey) ?? null);
    if (run.textKey !== null && !text) throw new Problem(`The text vectors "${run.textKey}" are not in the workspace.`, {}, 'Embed that column again on the Text screen, then resume.');
    const split = run.split ?? parts.split();
    return {
      runId: parts.newId(), name: run.name, data, split,
      ...(testFile && split.protocol === 'file' ? { testFile } : {}),
      model: run.model, params: run.params, text, seed: run.seed,
      patience: run.patience ?? parts.patience, selection: run.selection ?? 'validation', maskValidation: run.maskValidation ?? true,
      backend: parts.backend(), kernels: kernelsWanted(), threads: threadsEach(), build: parts.build,
      // A run of a plan that is cut off starts again: its state by epoch is not worth sending.
      checkpoints: false,
    };
  }

  /** Ends what is running at once; finished runs stay, the rest can be resumed. */
  function stopPlan(id: string): void {
    const going = active.get(id);
    if (!going) return;
    active.delete(id);
    going.controller.abort(new DOMException('Stopped by hand.', 'AbortError'));
    change(id, ({ plan, states }) => ({
      running: false,
      secondsLeft: null,
      states: Object.fromEntries(plan.runs.map((r) => {
        const s = states[r.id] ?? WAITING;
        return [r.id, s.status === 'running' || s.status === 'waiting' ? { ...WAITING, status: 'stopped' as const, label: 'Stopped' } : s];
      })),
    }));
    void save(id);
  }

  /** Keeps what is done and drops the runs that are not. */
  function trimPlan(id: string): void {
    stopPlan(id);
    change(id, ({ plan, states }) => ({ plan: { ...plan, runs: plan.runs.filter((r) => states[r.id]?.status === 'done') }, states: Object.fromEntries(Object.entries(states).filter(([, s]) => s.status === 'done')) }));
    void save(id);
  }

  /** Forgets the plan; its finished runs stay in the run list. */
  async function removePlan(id: string): Promise<void> {
    stopPlan(id);
    const title = entry(id)?.plan.title;
    store.setState((s) => ({ plans: s.plans.filter((e) => e.plan.id !== id) }));
    await saving;
    try {
      await parts.storage.remove(id);
    } catch (error) {
      if (title) store.setState({ notice: `"${title}" could not be deleted from this device (${messageOf(error)}): after a reload it is here again.` });
    }
  }

  /** Reads the stored plans; nothing starts by itself. */
  async function restorePlans(): Promise<void> {
    try {
      const stored = await parts.storage.list();
      const fresh = stored
        .filter((s) => !entry(s.id))
        .map(({ plan, states }): PlanEntry => ({ plan, states: restoredStates(plan, states), running: false, secondsLeft: null }));
      store.setState((s) => ({ plans: [...s.plans, ...fresh].sort((a, b) => (a.plan.createdAt < b.plan.createdAt ? 1 : -1)) }));
    } catch {
      // Storage is blocked: plans last until the tab is closed, as runs do, and the shell says so.
    } finally {
      store.setState({ ready: true });
    }
  }

  return { store, startPlan, stopPlan, resumePlan, trimPlan, removePlan, restorePlans };
}

const stateAtStart = (recordId: string | undefined): RunState => (recordId === undefined ? WAITING : { status: 'done', fraction: 1, label: 'Taken from an earlier run', recordId, reused: true });

function reading(at: { fraction: number | null; label: string; epochs: number }, p: TrainProgress): { fraction: number | null; label: string; epochs: number } {
  switch (p.kind) {
    case 'ready':
      return { ...at, epochs: p.epochs, label: 'Training' };
    case 'phase':
      // Models with epochs have their share from those; for the others their own phases are all there is.
      return { ...at, label: p.label, fraction: at.epochs > 0 || p.aside ? at.fraction : p.total > 1 ? Math.min(1, p.done / p.total) : null };
    case 'batch':
      return { epochs: p.epochs, label: `Epoch ${p.epoch} of ${p.epochs}`, fraction: p.epochs > 0 && p.total > 0 ? Math.min(1, (p.epoch - 1 + p.done / p.total) / p.epochs) : null };
    case 'epoch':
      return { ...at, label: `Epoch ${p.record.epoch} of ${at.epochs}`, fraction: at.epochs > 0 ? Math.min(1, p.record.epoch / at.epochs) : null };
    case 'paused':
      return at;
  }
}

function problemOf(error: unknown): RunProblem {
  if (error instanceof Problem) return { what: error.what, ...(describePlace(error.place) ? { place: describePlace(error.place) } : {}), remedy: error.remedy };
  return { what: messageOf(error) };
}
