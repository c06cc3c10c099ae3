/** Plans of many training runs: the queue joined to its own workers, the workspace and the run list. */
import { useStore } from 'zustand';
import { newId } from '../../core/new-id';
import type { TrainerCalls } from '../../../workers/protocol';
import { connect, type WorkerLike } from '../../../workers/rpc';
import type { ParamValue } from '../../core/params';
import { cardOf } from '../../models/catalogue';
import { usesTensors } from '../../models/members';
import { keepRun } from '../runs';
import { settings } from '../settings';
import { DEFAULT_PATIENCE } from '../train-config';
import { held, workspace } from '../workspace';
import type { PlanEntry } from './plan';
import { planStorage } from './plan-store';
import { createPool, mostWorkers, usualWorkers } from './pool';
import { createQueue, type QueueState } from './queue';

/** A cancel that is not heard within this ends the worker, so that Stop is done within a second. */
const CANCEL_MS = 700;

/** Trainer workers of the queue, apart from the one of the Train screen. Other calls of the trainer may go through them too. */
export const trainerPool = createPool<TrainerCalls>(
  (lane) => connect<TrainerCalls>(() => new Worker(new URL('../../../workers/trainer.worker.ts', import.meta.url), { type: 'module', name: `queue-${lane + 1}` }) as unknown as WorkerLike, CANCEL_MS),
  usualWorkers(),
);

/** Whether tensors may end up on a GPU, which cannot be shared. Where there is none, every worker has a processor of its own. */
export function sharesDevice(model: string, params: Record<string, ParamValue> = {}): boolean {
  const { backend } = settings.getState();
  if (backend === 'wasm' || backend === 'cpu') return false;
  try {
    return usesTensors(cardOf(model), params) && (backend === 'webgl' || 'gpu' in navigator);
  } catch {
    return false;
  }
}

export const queue = createQueue({
  pool: trainerPool,
  storage: planStorage,
  now: () => Date.now(),
  newId,
  held: () => held,
  split: () => workspace.getState().split,
  backend: () => settings.getState().backend,
  alone: sharesDevice,
  build: import.meta.env.VITE_BUILD ?? 'development',
  patience: DEFAULT_PATIENCE,
  finished: (record) => keepRun(record, false),
});

export const { stopPlan, resumePlan, trimPlan, removePlan } = queue;
/** Runs at a time may be raised up to what the device has to spare. */
export const startPlan: typeof queue.startPlan = (plan, options = {}) => {
  if (options.workers !== undefined) trainerPool.resize(Math.max(1, Math.min(mostWorkers(), options.workers)));
  queue.startPlan(plan, options);
};

const useQueue = <T>(select: (s: QueueState) => T): T => useStore(queue.store, select);
/** All plans, newest first. */
export const usePlans = (): readonly PlanEntry[] => useQueue((s) => s.plans);
export const usePlan = (id: string | null): PlanEntry | null => useQueue((s) => s.plans.find((p) => p.plan.id === id) ?? null);

void queue.restorePlans();

export { mostWorkers, usualWorkers } from './pool';
export type { Plan, PlanEntry, PlanKind, PlannedRun, RunProblem, RunState } from './plan';
