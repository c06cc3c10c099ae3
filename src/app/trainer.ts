/**
 * Starts, steers and watches the one training run. Actions are plain functions over what they are given
 * (worker client, storage, clock), so they are tested without a page; src/app/train.ts joins them to the real ones.
 */
import { createStore } from 'zustand/vanilla';
import type { DataSet, TextVectors } from '../core/dataset';
import { messageOf, Problem, type Place } from '../core/problem';
import type { RunRecord } from '../core/run';
import type { SplitSpec } from '../core/split';
import type { TrainCheckpoint, TrainInput, TrainProgress, TrainerCalls } from '../../workers/protocol';
import type { Client } from '../../workers/rpc';
import { lossNotice, lostBackend } from './backend-loss';
import { advance, type LiveRun, type LossPoint } from './train-live';

/** What a checkpoint is stored with: the input without its arrays. */
export type StoredInput = Omit<TrainInput, 'data' | 'text' | 'resume'> & { dataHash: string; textKey: string | null };
export interface StoredCheckpoint {
  input: StoredInput;
  checkpoint: TrainCheckpoint;
}

/** A run that was cut off, as the banner shows it. */
export interface CutOff {
  runId: string;
  name: string;
  epoch: number;
  epochsPlanned: number | null;
  /** Why it cannot go on now; null when it can. */
  obstacle: string | null;
}

export interface Failure {
  what: string;
  place: Place | null;
  remedy: string | null;
  /** It was asked to stop and had nothing to keep: an answer, not a fault. */
  stopped?: true;
}

export interface TrainState {
  live: LiveRun | null;
  failure: Failure | null;
  cutOff: CutOff[];
  /** Loss by batch of runs of this visit, by run id: a run record keeps one value an epoch. */
  traces: Record<string, LossPoint[]>;
}

export interface StartOptions {
  name: string;
  model: string;
  params: TrainInput['params'];
  textKey: string | null;
  seed: number;
  patience: number;
  selection: TrainInput['selection'];
  maskValidation: boolean;
  /** Where the settings come from, if from a search. */
  tuned?: NonNullable<TrainInput['tuned']>;
  /** Pause after the first epoch. */
  step?: boolean;
}

export interface TrainerParts {
  client: Pick<Client<TrainerCalls>, 'call'>;
  now(): number;
  newId(): string;
  held(): { data: DataSet | null; vectors: ReadonlyMap<string, TextVectors>; testFile: File | null };
  split(): SplitSpec;
  backend(): TrainInput['backend'];
  /** Whether our own kernels are used; they are where this is left out. */
  kernels?(): 'on' | 'off';
  /** Threads at most; what the machine has where this is left out. */
  threads?(): number | undefined;
  build: string;
  storage: {
    saveCheckpoint(input: StoredInput, checkpoint: TrainCheckpoint): Promise<void>;
    loadCheckpoints(): Promise<StoredCheckpoint[]>;
    deleteCheckpoint(runId: string): Promise<void>;
  };
  /** Keeps a finished run. */
  finished(record: RunRecord): Promise<void>;
}

/** Batches may arrive faster than a page can draw: so many milliseconds of rest after each drawing, or twice what it took. */
const REST = 120;
/** A line chart costs more to draw than a bar and four words: the loss curve grows this often at most. */
const CURVE_REST = 500;

export function createTrainer(parts: TrainerParts) {
  const store = createStore<TrainState>(() => ({ live: null, failure: null, cutOff: [], traces: {} }));
  let controller: AbortController | null = null;
  /** The newest state of the live run, which may be ahead of the store between two drawings. */
  let latest: LiveRun | null = null;
  let drawnAt = 0;
  let drawing = false;
  let rest = REST;
  let curve: { at: number; losses: LossPoint[] } = { at: 0, losses: [] };
  let stepAfterReady = false;
  /** Left out where nobody asked, so that what is stored stays as it was. */
  const threads = (): { threads?: number } => {
    const wanted = parts.threads?.();
    return wanted === undefined ? {} : { threads: wanted };
  };
  let saving: Promise<void> = Promise.resolve();
  /** The newest checkpoint of the live run: where it goes on when its graphics card is lost. */
  let newest: TrainCheckpoint | undefined;

  const draw = (run: LiveRun | null): void => {
    latest = run;
    drawnAt = parts.now();
    drawing = true;
    const started = drawnAt;
    if (!run?.batch || started - curve.at >= CURVE_REST) curve = { at: started, losses: run?.losses ?? [] };
    store.setState({ live: run && { ...run, losses: curve.losses } });
    // The page draws before it comes back to its queue; the rest is counted from then, or a slow page would only draw.
    setTimeout(() => {
      drawing = false;
      drawnAt = parts.now();
      rest = Math.min(1000, Math.max(REST, 2 * (drawnAt - started)));
    }, 0);
  };
  const patch = (change: Partial<LiveRun>): void => {
    if (latest) draw({ ...latest, ...change });
  };
  const fail = (error: unknown, stopped = false): void => {
    if (error instanceof Problem) store.setState({ failure: { what: error.what, place: error.place, remedy: error.remedy, ...(stopped ? { stopped: true } : {}) } });
    else store.setState({ failure: { what: messageOf(error), place: null, remedy: 'Resume it where that is offered, or press Train again. If it stops again, a smaller batch or narrower layers need less memory.' } });
  };

  function onProgress(stored: StoredInput, p: TrainProgress): void {
    if (!latest || latest.runId !== stored.runId) return;
    const next = advance(latest, p, parts.now());
    if (p.kind === 'batch' && (drawing || parts.now() - drawnAt < rest)) {
      latest = next;
      return;
    }
    draw(next);
    if (p.kind === 'ready' && stepAfterReady) {
      stepAfterReady = false;
      void control('step');
    }
    if (p.kind === 'epoch' && p.checkpoint) {
      const checkpoint = p.checkpoint;
      newest = checkpoint;
      // One after the other, so that an older checkpoint never overwrites a newer one.
      saving = saving.then(() => parts.storage.saveCheckpoint(stored, checkpoint)).catch((error: unknown) => {
        const notice = `The checkpoint of epoch ${checkpoint.epoch} could not be stored (${messageOf(error)}); a reload would lose the epochs since the last one.`;
        if (latest && latest.runId === stored.runId) patch({ notices: [...latest.notices.filter((n) => !n.startsWith('The checkpoint')), notice] });
      });
    }
  }

  /** The finished run; where the graphics card is lost on the way, it goes on once on the processor and the record says so. */
  async function trained(stored: StoredInput, input: TrainInput, signal: AbortSignal): Promise<RunRecord> {
    const attempt = (given: TrainInput): Promise<RunRecord> => parts.client.call('train', given, { signal, onProgress: (p) => onProgress(stored, p) });
    try {
      return await attempt(input);
    } catch (error) {
      const lost = lostBackend(error, latest?.backend ?? null);
      if (!lost || signal.aborted || latest?.status === 'stopping') throw error;
      const notice = lossNotice(lost.name, newest?.epoch ?? 0);
      patch({
        status: 'preparing', asked: null, phase: null, batch: null, batchesSince: null, epochs: newest?.epochs ?? [], bestEpoch: newest?.best?.epoch ?? null,
        losses: (latest?.losses ?? []).filter((l) => l.x <= (newest?.epoch ?? 0)), notices: [...(latest?.notices ?? []), notice],
      });
      const record = await attempt({ ...input, backend: lost.next, ...(newest ? { resume: newest } : {}) });
      return { ...record, warnings: [...record.warnings, notice] };
    }
  }

  async function run(stored: StoredInput, data: DataSet, text: TextVectors | null, resume: TrainCheckpoint | undefined): Promise<RunRecord | null> {
    const { dataHash, textKey: _key, ...rest } = stored;
    controller = new AbortController();
    newest = resume;
    store.setState({ failure: null, cutOff: store.getState().cutOff.filter((c) => c.runId !== stored.runId) });
    draw({
      runId: stored.runId,
      name: stored.name,
      model: stored.model,
      params: stored.params,
      text: text ? { column: text.column, encoder: text.encoder } : null,
      seed: stored.seed,
      selection: stored.selection,
      dataHash,
      status: 'preparing',
      asked: null,
      phase: null,
      batch: null,
      epochsPlanned: null,
      epochs: resume?.epochs ?? [],
      bestEpoch: resume?.best?.epoch ?? null,
      losses: (resume?.epochs ?? []).flatMap((e) => (e.loss === null ? [] : [{ x: e.epoch, y: e.loss }])),
      baselines: [],
      split: null,
      backend: null,
      startedAt: parts.now(),
      batchesSince: null,
      lastBatchAt: 0,
      notices: [],
    });
    const input: TrainInput = { ...rest, data, text, ...(resume ? { resume } : {}) };
    try {
      const record = await trained(stored, input, controller.signal);
      await saving;
      await parts.finished(record);
      await parts.storage.deleteCheckpoint(stored.runId).catch(() => undefined);
      store.setState((s) => ({ traces: { ...s.traces, [record.id]: latest?.losses ?? [] } }));
      return record;
    } catch (error) {
      await saving;
      if (!controller.signal.aborted) fail(error, latest?.status === 'stopping');
      return null;
    } finally {
      controller = null;
      stepAfterReady = false;
      draw(null);
      await refreshCutOff();
    }
  }

  /** Starts a run. @throws Problem when one is under way, no data are loaded, or the text vectors are gone. */
  async function startRun(options: StartOptions): Promise<RunRecord | null> {
    requireIdle();
    const { data, vectors, testFile } = parts.held();
    if (!data) throw new Problem('No data are loaded, so there is nothing to train on.', {}, 'Open the Data screen and drop in files, or try the demo.');
    const text = options.textKey === null ? null : (vectors.get(options.textKey) ?? null);
    if (options.textKey !== null && !text) throw new Problem(`The text vectors "${options.textKey}" are not in the workspace.`, {}, 'Choose other text, or embed the column again on the Text screen.');
    stepAfterReady = options.step ?? false;
    const { step: _step, textKey, ...rest } = options;
    const split = parts.split();
    const stored: StoredInput = {
      ...rest,
      runId: parts.newId(),
      split,
      // A file chosen earlier may still be at hand under another protocol; reading it there could only fail the run.
      ...(testFile && split.protocol === 'file' ? { testFile } : {}),
      backend: parts.backend(),
      kernels: parts.kernels?.() ?? 'on',
      ...threads(),
      build: parts.build,
      dataHash: data.hash,
      textKey,
    };
    return run(stored, data, text, undefined);
  }

  /** Goes on with a run that was cut off. @throws Problem when the data or vectors it needs are not loaded. */
  async function resumeCheckpoint(runId: string): Promise<RunRecord | null> {
    requireIdle();
    const found = (await parts.storage.loadCheckpoints()).find((c) => c.input.runId === runId);
    if (!found) throw new Problem('The checkpoint of this run is no longer stored.', {}, 'Start the run again.');
    const reason = obstacleOf(found.input);
    if (reason) throw new Problem('This run cannot go on yet.', {}, reason);
    requireIdle();
    const { data, vectors } = parts.held();
    const text = found.input.textKey === null ? null : (vectors.get(found.input.textKey) ?? null);
    return run({ ...found.input, backend: parts.backend(), kernels: parts.kernels?.() ?? 'on', ...threads() }, data!, text, found.checkpoint);
  }

  async function discardCheckpoint(runId: string): Promise<void> {
    await parts.storage.deleteCheckpoint(runId);
    await refreshCutOff();
  }

  function obstacleOf(input: StoredInput): string | null {
    const { data, vectors } = parts.held();
    if (!data) return 'Its data are not loaded: open them on the Data screen first.';
    if (data.hash !== input.dataHash) return 'It was trained on other data (another file or other cleaning): load those again to go on.';
    if (input.textKey !== null && !vectors.has(input.textKey)) return `It needs the text vectors "${input.textKey}": embed that column again on the Text screen.`;
    return null;
  }

  /** Reads which runs were cut off, newest data first. Called on load, when the data change, and after each run. */
  async function refreshCutOff(): Promise<void> {
    const all = await parts.storage.loadCheckpoints().catch(() => []);
    const liveId = latest?.runId;
    store.setState({
      cutOff: all
        .filter((c) => c.input.runId !== liveId)
        .map(({ input, checkpoint }) => ({
          runId: input.runId,
          name: input.name,
          epoch: checkpoint.epoch,
          epochsPlanned: typeof input.params['epochs'] === 'number' ? input.params['epochs'] : null,
          obstacle: obstacleOf(input),
        })),
    });
  }

  function requireIdle(): void {
    if (latest) throw new Problem(`"${latest.name}" is still training, and one run goes at a time.`, {}, 'Stop it or wait for it to end; what it has learned by then is kept.');
  }

  async function control(action: 'pause' | 'resume' | 'step' | 'stop'): Promise<boolean> {
    if (!latest) return false;
    const runId = latest.runId;
    try {
      const { accepted } = await parts.client.call('control', { runId, action });
      return accepted && latest?.runId === runId;
    } catch {
      return false; // the worker died: the run's own promise rejects and says so
    }
  }

  async function pause(): Promise<void> {
    if (latest?.status !== 'running') return;
    patch({ asked: 'pause' });
    if (!(await control('pause'))) patch({ asked: null });
  }
  async function resume(): Promise<void> {
    if (latest?.status === 'running' && latest.asked) patch({ asked: null });
    else if (latest?.status !== 'paused') return;
    if (await control('resume')) patch({ status: 'running', asked: null, batchesSince: null });
  }
  /** One epoch, then pause: from a pause, or out of a running run at the end of its next epoch. */
  async function step(): Promise<void> {
    if (latest?.status !== 'paused' && latest?.status !== 'running') return;
    const before = latest.status;
    patch({ asked: 'step', status: 'running', batchesSince: null });
    if (!(await control('step'))) patch({ asked: null, status: before });
  }
  /** Ends after the present batch and keeps what is there. A second call, or a worker that does not listen, ends it at once. */
  async function stop(): Promise<void> {
    if (!latest) return;
    if (latest.status === 'stopping') {
      controller?.abort(new DOMException('Ended by hand.', 'AbortError'));
      return;
    }
    patch({ status: 'stopping', asked: null });
    if (!(await control('stop'))) controller?.abort(new DOMException('Ended by hand.', 'AbortError'));
  }

  const dismissFailure = (): void => store.setState({ failure: null });
  const reportFailure = (error: unknown): void => fail(error);

  return { store, startRun, resumeCheckpoint, discardCheckpoint, refreshCutOff, pause, resume, step, stop, dismissFailure, reportFailure };
}
