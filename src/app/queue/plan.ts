/** What a plan of many runs is, and what is known of each run in it. Plain data: it is stored as it stands. */
import type { ParamValue } from '../../core/params';
import type { SplitSpec } from '../../core/split';
import type { RunRecord } from '../../core/run';

export type PlanKind = NonNullable<RunRecord['plan']>['kind'];

export interface PlannedRun {
  /** Unique within its plan. */
  id: string;
  name: string;
  model: string;
  params: Record<string, ParamValue>;
  textKey: string | null;
  seed: number;
  /** Default: the workspace's split when the plan is started. */
  split?: SplitSpec;
  /** Default 'validation'. */
  selection?: 'validation' | 'test';
  /** Default true. */
  maskValidation?: boolean;
  /** Default as on the Train screen. */
  patience?: number;
  /** What an earlier run of these settings took, where known: the time left is told from the start. */
  expectedSeconds?: number;
}

export interface Plan {
  id: string;
  kind: PlanKind;
  title: string;
  dataHash: string;
  /** ISO date. */
  createdAt: string;
  /** What is test where the split is 'file', instead of the workspace's test file: the plan then goes on after a reload whatever is loaded. */
  testFile?: File;
  runs: PlannedRun[];
}

export interface RunProblem {
  what: string;
  place?: string;
  remedy?: string;
}

export interface RunState {
  status: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  /** Share done, from 0 to 1; null while that is not known. */
  fraction: number | null;
  /** What it is doing, in words. */
  label: string;
  /** The finished run's record in the run list. */
  recordId?: string;
  /** The record is of an earlier run with the same settings; nothing was trained. */
  reused?: boolean;
  /** Wall-clock seconds it took, once done. */
  seconds?: number;
  problem?: RunProblem;
}

export interface PlanEntry {
  plan: Plan;
  /** By PlannedRun.id. */
  states: Record<string, RunState>;
  running: boolean;
  /** Wall-clock seconds until the plan is through; null while nothing is known of its runs. */
  secondsLeft: number | null;
}

export const WAITING: RunState = { status: 'waiting', fraction: null, label: 'Waiting' };

/** States as they are after a reload: what had ended stays so, everything else waits to be resumed. */
export function restoredStates(plan: Plan, stored: Record<string, RunState>): Record<string, RunState> {
  return Object.fromEntries(
    plan.runs.map((r): [string, RunState] => {
      const s = stored[r.id];
      return [r.id, s?.status === 'done' || s?.status === 'failed' ? s : { status: 'stopped', fraction: null, label: 'Not run' }];
    }),
  );
}

export const unfinished = (plan: Plan, states: Record<string, RunState>): PlannedRun[] => plan.runs.filter((r) => states[r.id]?.status !== 'done');

/**
 * Seconds left with `workers` runs at a time: what a run takes is the mean of the finished ones of its model,
 * else what was expected of it, else the mean of all finished ones. Null where a run has none of the three.
 */
export function secondsLeft(plan: Plan, states: Record<string, RunState>, workers: number): number | null {
  const taken = plan.runs.flatMap((r) => {
    const s = states[r.id];
    return s?.status === 'done' && s.seconds !== undefined ? [{ model: r.model, seconds: s.seconds }] : [];
  });
  const mean = (list: readonly { seconds: number }[]): number | null => (list.length ? list.reduce((sum, t) => sum + t.seconds, 0) / list.length : null);
  let work = 0;
  let longest = 0;
  for (const r of plan.runs) {
    const s = states[r.id];
    if (s?.status !== 'waiting' && s?.status !== 'running') continue;
    const whole = mean(taken.filter((t) => t.model === r.model)) ?? r.expectedSeconds ?? mean(taken);
    if (whole === null) return null;
    const left = whole * (1 - (s.status === 'running' ? (s.fraction ?? 0) : 0));
    work += left;
    longest = Math.max(longest, left);
  }
  // No schedule is shorter than its longest run.
  return Math.max(work / Math.max(1, workers), longest);
}
