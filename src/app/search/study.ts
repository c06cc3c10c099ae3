/** A study: one search with its budget and its trials. Plain data: it is stored as it stands. */
import type { ParamValue } from '../../core/params';
import type { FoldSpec } from '../../core/rating-run';
import type { SplitSpec } from '../../core/split';
import { worthOf } from '../../core/trial-score';
import { bestTrial } from '../../math/search/best';
import { halvingRounds } from '../../math/search/halving';
import type { Point } from '../../math/search/space';
import { createStrategy } from '../../math/search/strategies';
import type { Outcome, StrategySpec } from '../../math/search/strategy';
import type { TrialRecord } from '../../../workers/protocol';

export interface StudySpec {
  id: string;
  title: string;
  /** ISO date. */
  createdAt: string;
  model: string;
  /** Everything the trials follow from: with the data and the split, the same trials again. Its seed is also the models'. */
  strategy: StrategySpec;
  /** Settings that are not searched. */
  fixed: Record<string, ParamValue>;
  /** Budget in minutes of searching; null for none. */
  minutes: number | null;
  patience: number;
  textKey: string | null;
  dataHash: string;
  dataName: string;
  split: SplitSpec;
  testFile?: File;
  /** Only where ratings are predicted: the folds whose test ratings no trial reads. */
  folds?: FoldSpec;
}

export interface TrialDone {
  /** Only what was searched. */
  params: Point;
  /** Given by the strategy; 0 where it gives none. */
  epochs: number;
  /** Null: it failed. */
  record: TrialRecord | null;
  problem: { what: string; remedy: string | null } | null;
}

export interface StoredStudy {
  id: string;
  spec: StudySpec;
  /** By trial number; null: not run yet. */
  trials: (TrialDone | null)[];
  /** Seconds searched so far, all visits together. */
  spent: number;
}

/** A trial under way. */
export interface LiveTrial {
  params: Point;
  label: string;
  fraction: number | null;
}
export interface StudyEntry extends StoredStudy {
  running: boolean;
  live: Record<number, LiveTrial>;
  secondsLeft: number | null;
  /** What ended it by itself, beyond having no trials left. */
  halted: string | null;
}

export type StudyTask = 'rank' | 'predict';
export const taskOf = ({ folds }: Pick<StudySpec, 'folds'>): StudyTask => (folds ? 'predict' : 'rank');

/** What a strategy sees of the trials. */
export const outcomesOf = (study: Pick<StoredStudy, 'trials'>): (Outcome | undefined)[] => study.trials.map((t) => (t ? { params: t.params, score: t.record ? worthOf(t.record.score) : null } : undefined));

/** Trials in all; a grid may have fewer points than its budget. */
export const trialsOf = (study: Pick<StoredStudy, 'spec'>): number => createStrategy(study.spec.strategy).trials;
export const doneCount = (study: Pick<StoredStudy, 'trials'>): number => study.trials.filter(Boolean).length;
export const outOfTime = (study: Pick<StoredStudy, 'spec' | 'spent'>): boolean => study.spec.minutes !== null && study.spent >= study.spec.minutes * 60;

export type StudyStatus = 'running' | 'done' | 'time' | 'stopped';
export function statusOf(e: StudyEntry): StudyStatus {
  if (e.running) return 'running';
  if (doneCount(e) >= trialsOf(e)) return 'done';
  return outOfTime(e) ? 'time' : 'stopped';
}

/** Number of the best trial, null while none has a score. */
export const winnerOf = (study: Pick<StoredStudy, 'trials'>): number | null => bestTrial(study.trials.map((t) => (t ? { score: t.record ? worthOf(t.record.score) : null, epochs: t.epochs } : undefined)));

/** What each trial costs in proportion: halving trains its rounds for different times. */
function costs(spec: StrategySpec): number[] {
  if (spec.id !== 'halving' || !spec.epochs) return Array.from({ length: createStrategy(spec).trials }, () => 1);
  return halvingRounds(spec.trials, spec.epochs).flatMap((r) => Array.from({ length: r.count }, () => r.epochs));
}

/** Seconds until the budget is used up; null while no trial has ended. */
export function secondsLeft(study: StoredStudy, live: StudyEntry['live'], spentNow: number): number | null {
  const cost = costs(study.spec.strategy);
  let done = 0;
  let seconds = 0;
  let left = 0;
  cost.forEach((c, n) => {
    const t = study.trials[n];
    if (t?.record) {
      done += c;
      seconds += t.record.seconds;
    } else if (!t) left += c * (1 - (live[n]?.fraction ?? 0));
  });
  const byTime = study.spec.minutes === null ? Infinity : Math.max(0, study.spec.minutes * 60 - spentNow);
  if (done === 0) return Number.isFinite(byTime) ? byTime : null;
  return Math.min(byTime, (left * seconds) / done / Math.max(1, study.spec.strategy.workers));
}
