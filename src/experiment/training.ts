/** What happens when a model reports: pause and stop, evaluation of the epoch, choice of the best, early stopping, checkpoints. */
import type { TrainCheckpoint, TrainProgress } from '../../workers/protocol';
import { enterPhase } from '../compute/profile-clock';
import type { Evaluation } from '../core/metric';
import type { Progress, Recommender } from '../core/model';
import type { EpochRecord, RunRecord } from '../core/run';
import type { RunControl } from './run-control';

/** Epochs are compared by this metric over all users. */
export const SELECT_BY = 'NDCG@10';

export interface TrainingOptions {
  runId: string;
  signal: AbortSignal;
  control: RunControl;
  tell(p: TrainProgress): void;
  breathe(): Promise<void> | undefined;
  memory(): number | null;
  evaluate(model: Recommender): Promise<Evaluation | null>;
  selection: RunRecord['selection'];
  /** Epochs without a better one before it ends; 0 = never. */
  patience: number;
  checkpoints: boolean;
  resume?: TrainCheckpoint;
}

export interface Training {
  report(p: Progress): Promise<'continue' | 'stop'>;
  readonly epochs: EpochRecord[];
  readonly best: TrainCheckpoint['best'];
  /** The model, as trained so far, is that of the best epoch. */
  readonly atBest: boolean;
  readonly stopped: boolean;
  readonly warnings: string[];
  readonly endNote: string;
  readonly evaluateSeconds: number;
  /** Seconds inside reports (evaluation, waiting), which are not fitting. */
  readonly secondsAside: number;
  /** Training seconds of the epochs before a resume. */
  readonly secondsBefore: number;
  /** Patience has run out. */
  exhausted(): boolean;
}

export function createTraining(o: TrainingOptions): Training {
  const epochs: EpochRecord[] = structuredClone(o.resume?.epochs ?? []);
  let best: TrainCheckpoint['best'] = o.resume?.best ?? null;
  let atBest = false;
  let stopped = false;
  let endNote = '';
  let evaluateSeconds = epochs.reduce((sum, e) => sum + e.evaluateSeconds, 0);
  let asideMs = 0;
  let epochStarted = performance.now();
  let waitedInEpoch = 0;
  let lastEpoch = o.resume?.epoch ?? 0;
  const secondsBefore = epochs.reduce((sum, e) => sum + e.seconds, 0);
  const warnings: string[] = [];
  for (const e of epochs) if (e.warning) warn(e.warning);

  /** One line per kind of warning: the same words with other figures in the next epoch say nothing new. */
  function warn(text: string): void {
    const words = (s: string): string => s.replace(/\d+(\.\d+)?/g, '#');
    if (!warnings.some((w) => words(w) === words(text))) warnings.push(text);
  }
  const chooses = o.selection === 'validation' || o.selection === 'test';
  const exhausted = (): boolean => chooses && o.patience > 0 && best !== null && lastEpoch - best.epoch >= o.patience;

  const exhaustedNote = (epoch: number): string => `Ended after epoch ${epoch}: no better ${SELECT_BY} for ${o.patience} epochs.`;
  if (exhausted()) endNote = exhaustedNote(lastEpoch);

  async function endEpoch(p: Extract<Progress, { kind: 'epoch' }>): Promise<void> {
    const trained = (performance.now() - epochStarted - waitedInEpoch) / 1000;
    lastEpoch = p.epoch;
    const started = performance.now();
    enterPhase('evaluation');
    const validation = await o.evaluate(p.model);
    enterPhase('aside');
    const spent = (performance.now() - started) / 1000;
    evaluateSeconds += spent;
    if (!Number.isFinite(p.loss)) warn(`The loss is no longer a number (epoch ${p.epoch}): training has diverged. Lower the learning rate.`);
    if (p.warning) warn(p.warning);
    const record: EpochRecord = {
      epoch: p.epoch,
      loss: Number.isFinite(p.loss) ? p.loss : null,
      // A model's own clock runs on while the run is paused.
      seconds: Math.max(0, Math.min(p.seconds, trained)),
      evaluateSeconds: spent,
      memory: o.memory(),
      validation,
      ...(p.warning ? { warning: p.warning } : {}),
      ...(p.notes ? { notes: p.notes } : {}),
    };
    epochs.push(record);
    const score = validation?.all.metrics[SELECT_BY]?.value;
    const better = chooses && score !== undefined && (best === null || score > best.score);
    let checkpoint: TrainCheckpoint | null = null;
    if (better || o.checkpoints) {
      const state = await p.checkpoint();
      if (better) best = { epoch: p.epoch, score, state };
      if (o.checkpoints) checkpoint = { runId: o.runId, epoch: p.epoch, state, best, epochs: structuredClone(epochs) };
    }
    atBest = best?.epoch === p.epoch;
    o.tell({ kind: 'epoch', record, bestEpoch: best?.epoch ?? null, checkpoint });
    o.control.epochEnded();
  }

  async function report(p: Progress): Promise<'continue' | 'stop'> {
    const entered = performance.now();
    enterPhase('aside');
    try {
      o.signal.throwIfAborted();
      if (p.kind === 'epoch') await endEpoch(p);
      else {
        if (p.kind === 'batch') atBest = false;
        o.tell(p);
      }
      await o.breathe();
      o.signal.throwIfAborted();
      if (p.kind === 'epoch' && exhausted()) {
        endNote = exhaustedNote(p.epoch);
        return 'stop';
      }
      // The last epoch has nothing to wait for.
      const more = p.kind !== 'epoch' || p.epoch < p.epochs;
      if (more) waitedInEpoch += await o.control.gate(o.signal, () => o.tell({ kind: 'paused', epoch: lastEpoch }));
      if (more && o.control.stopping) {
        stopped = true;
        return 'stop';
      }
      return 'continue';
    } finally {
      enterPhase('input');
      const now = performance.now();
      asideMs += now - entered;
      if (p.kind === 'epoch') {
        epochStarted = now;
        waitedInEpoch = 0;
      }
    }
  }

  return {
    report,
    epochs,
    get best() { return best; },
    get atBest() { return atBest; },
    get stopped() { return stopped; },
    warnings,
    get endNote() { return endNote; },
    get evaluateSeconds() { return evaluateSeconds; },
    get secondsAside() { return asideMs / 1000; },
    secondsBefore,
    exhausted,
  };
}
