/** The run in progress as plain facts, and how each message of the trainer changes them. Pure. */
import type { BaselineLine, EpochRecord } from '../core/run';
import type { ParamValue } from '../core/params';
import type { SplitSummary } from '../core/split';
import type { TrainProgress } from '../../workers/protocol';

export type LiveStatus = 'preparing' | 'running' | 'paused' | 'stopping';

/** x counts epochs: 2.5 is the middle of the third. A batch stands where it began, since its loss was taken before its step. */
export interface LossPoint {
  x: number;
  y: number;
}

export interface LiveRun {
  runId: string;
  name: string;
  model: string;
  params: Record<string, ParamValue>;
  text: { column: string; encoder: string } | null;
  seed: number;
  selection: 'validation' | 'test';
  dataHash: string;
  status: LiveStatus;
  /** Asked for and not yet acknowledged. */
  asked: 'pause' | 'step' | null;
  phase: { label: string; done: number; total: number } | null;
  /** Where the present phase stood when it was first told of, and when it was told of last, so that its pace is known. */
  phaseSince?: { label: string; done: number; at: number; last: number };
  batch: { epoch: number; done: number; total: number; loss: number } | null;
  epochsPlanned: number | null;
  epochs: EpochRecord[];
  bestEpoch: number | null;
  losses: LossPoint[];
  baselines: BaselineLine[];
  split: (SplitSummary & { hash: string }) | null;
  backend: string | null;
  /** Milliseconds, by the page's clock. */
  startedAt: number;
  batchesSince: { epoch: number; done: number; at: number } | null;
  lastBatchAt: number;
  /** Things that did not stop the run but should be known (a checkpoint that could not be stored). */
  notices: string[];
}

export const MAX_LOSS_POINTS = 480;

/** Adds points and, past the limit, merges neighbours by their mean, so that a long run stays light and keeps its shape. */
export function addLosses(points: readonly LossPoint[], more: readonly LossPoint[], limit = MAX_LOSS_POINTS): LossPoint[] {
  let all = [...points, ...more];
  while (all.length > limit) {
    const merged: LossPoint[] = [];
    for (let k = 0; k < all.length; k += 2) {
      const a = all[k]!;
      const b = all[k + 1];
      merged.push(b ? { x: b.x, y: (a.y + b.y) / 2 } : a);
    }
    all = merged;
  }
  return all;
}

/** The run after one message. `now` in milliseconds. */
export function advance(run: LiveRun, p: TrainProgress, now: number): LiveRun {
  const moving = (status: LiveStatus): LiveStatus => (run.status === 'stopping' ? 'stopping' : status);
  switch (p.kind) {
    case 'phase':
      return { ...run, phase: { label: p.label, done: p.done, total: p.total }, phaseSince: run.phase && run.phaseSince?.label === p.label && run.phaseSince.done <= p.done ? { ...run.phaseSince, last: now } : { label: p.label, done: p.done, at: now, last: now } };
    case 'ready':
      return { ...run, status: moving('running'), phase: null, epochsPlanned: p.epochs, split: p.split, backend: p.backend, baselines: p.baselines };
    case 'batch': {
      const fresh = run.batchesSince?.epoch !== p.epoch;
      return {
        ...run,
        status: moving('running'),
        phase: null,
        epochsPlanned: p.epochs,
        batch: { epoch: p.epoch, done: p.done, total: p.total, loss: p.loss },
        batchesSince: fresh ? { epoch: p.epoch, done: p.done, at: now } : run.batchesSince,
        lastBatchAt: now,
        losses: Number.isFinite(p.loss) && p.total > 0 ? addLosses(run.losses, [{ x: p.epoch - 1 + Math.max(0, p.done - 1) / p.total, y: p.loss }]) : run.losses,
      };
    }
    case 'epoch':
      return {
        ...run,
        status: moving('running'),
        phase: null,
        batch: null,
        batchesSince: null,
        epochs: [...run.epochs.filter((e) => e.epoch !== p.record.epoch), p.record],
        bestEpoch: p.bestEpoch,
      };
    case 'paused':
      return { ...run, status: moving('paused'), asked: null, phase: null, batchesSince: null };
  }
}

/** Share of the planned epochs that is done, batches within the epoch included; null while that is not known. */
export function shareDone(run: LiveRun): number | null {
  // Before the first epoch, and for models without epochs, the phase is all there is to show.
  if (!run.epochsPlanned) return run.phase && run.phase.total > 0 ? Math.min(1, run.phase.done / run.phase.total) : null;
  const whole = run.epochs.at(-1)?.epoch ?? 0;
  const within = run.batch && run.batch.epoch > whole && run.batch.total > 0 ? run.batch.done / run.batch.total : 0;
  return Math.min(1, (whole + within) / run.epochsPlanned);
}

/** Seconds an epoch takes (training and measuring) and seconds left if every planned epoch runs; null while unknown. */
export function timing(run: LiveRun): { perEpoch: number | null; left: number | null } {
  if (!run.epochsPlanned) return { perEpoch: null, left: null };
  const recent = run.epochs.slice(-3);
  let perEpoch: number | null = recent.length ? recent.reduce((sum, e) => sum + e.seconds + e.evaluateSeconds, 0) / recent.length : null;
  const b = run.batch;
  if (perEpoch === null && b && run.batchesSince && b.done > run.batchesSince.done) {
    perEpoch = ((run.lastBatchAt - run.batchesSince.at) / 1000 / (b.done - run.batchesSince.done)) * b.total;
  }
  const share = shareDone(run);
  return { perEpoch, left: perEpoch === null || share === null ? null : Math.max(0, (1 - share) * run.epochsPlanned * perEpoch) };
}

/** Seconds the present phase still takes, by its pace so far; null while that says nothing. */
export function phaseLeft({ phase, phaseSince: since }: Pick<LiveRun, 'phase' | 'phaseSince'>): number | null {
  if (!phase || !since || phase.total <= 1 || phase.done <= since.done) return null;
  const gone = (since.last - since.at) / 1000;
  return gone < 0.5 ? null : Math.max(0, (gone / (phase.done - since.done)) * (phase.total - phase.done));
}
