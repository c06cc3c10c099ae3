/** A rating run while it goes on, built up from the worker's messages. Pure. */
import type { FoldResult, RatingProgress } from '../../core/rating-run';

export interface LiveRating {
  runId: string;
  name: string;
  model: string;
  dataHash: string;
  status: 'running' | 'stopping';
  /** Milliseconds, by the page's clock. */
  startedAt: number;
  folds: number | null;
  foldsName: string | null;
  epochsPlanned: number;
  fold: number;
  label: string | null;
  /** Share of the present fold that is done. */
  within: number;
  done: FoldResult[];
  /** Per fold from 0. */
  epochs: { epoch: number; train: number | null; test: number | null }[][];
}

export const begun = (run: Pick<LiveRating, 'runId' | 'name' | 'model' | 'dataHash' | 'startedAt'>): LiveRating => ({
  ...run, status: 'running', folds: null, foldsName: null, epochsPlanned: 0, fold: 0, label: null, within: 0, done: [], epochs: [],
});

export function advance(run: LiveRating, p: RatingProgress): LiveRating {
  switch (p.kind) {
    case 'ready':
      return { ...run, folds: p.folds, foldsName: p.name, epochsPlanned: p.epochs, epochs: Array.from({ length: p.folds }, () => []) };
    case 'phase':
      return { ...run, fold: p.fold, label: p.label, within: p.total > 0 ? p.done / p.total : 0 };
    case 'batch':
      return { ...run, fold: p.fold, label: `epoch ${p.epoch} of ${p.epochs}`, within: (p.epoch - 1 + p.done / Math.max(1, p.total)) / p.epochs };
    case 'epoch':
      return { ...run, fold: p.fold, within: p.epoch / p.epochs, epochs: run.epochs.map((e, k) => (k === p.fold ? [...e, { epoch: p.epoch, train: p.train, test: p.test }] : e)) };
    case 'fold':
      return { ...run, fold: p.result.fold, within: 1, label: null, done: [...run.done, p.result] };
  }
}

/** Share of all folds that is done; null before the folds are made. */
export function shareDone(run: LiveRating): number | null {
  if (run.folds === null) return null;
  const inFold = run.done.length > run.fold ? 0 : run.within;
  return Math.min(1, (run.done.length + inFold) / run.folds);
}
/** Seconds left by what has gone by; null while that says nothing. `now` in milliseconds. */
export function secondsLeft(run: LiveRating, now: number): number | null {
  const share = shareDone(run);
  const gone = (now - run.startedAt) / 1000;
  return share === null || share < 0.02 || gone < 0.3 ? null : (gone / share) * (1 - share);
}
