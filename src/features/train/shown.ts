/** Live or finished, a run as figures, charts and tables show it. */
import { isPlainPopularity } from '../../analysis/plain-popularity';
import type { Evaluation } from '../../core/metric';
import type { BaselineLine, EpochRecord, RunRecord } from '../../core/run';
import type { LiveRun, LossPoint } from '../../app/train-live';

export interface ShownRun {
  id: string;
  name: string;
  model: string;
  live: boolean;
  epochs: EpochRecord[];
  epochsPlanned: number | null;
  bestEpoch: number | null;
  selection: RunRecord['selection'];
  baselines: BaselineLine[];
  /** Null until the run has ended: the test set is read once. */
  test: Evaluation | null;
  /** Null while it runs, and in runs saved before it was measured. */
  beyond: NonNullable<RunRecord['beyond']> | null;
  /** Test rank of each user's one held-out item, and whether validation items were left out; null where not kept. */
  ranks: { perUser: readonly number[]; maskValidation: boolean } | null;
  /** Only where candidates were listed rather than all items. */
  sampled?: RunRecord['sampled'];
  losses: LossPoint[];
  warnings: string[];
  /** How it ended, where there is something to say. */
  notes: string;
  splitHash: string | null;
  dataHash: string;
  status: RunRecord['status'] | 'live';
}

export const fromLive = (run: LiveRun): ShownRun => ({
  id: run.runId,
  name: run.name,
  model: run.model,
  live: true,
  epochs: run.epochs,
  epochsPlanned: run.epochsPlanned,
  bestEpoch: run.bestEpoch,
  selection: run.selection,
  baselines: run.baselines,
  test: null,
  beyond: null,
  ranks: null,
  ...(run.split?.sampled ? { sampled: run.split.sampled } : {}),
  losses: run.losses,
  warnings: distinct([...run.epochs.flatMap((e) => (e.warning ? [e.warning] : [])), ...run.notices]),
  notes: '',
  splitHash: run.split?.hash ?? null,
  dataHash: run.dataHash,
  status: 'live',
});

export const fromRecord = (run: RunRecord, trace?: readonly LossPoint[]): ShownRun => ({
  id: run.id,
  name: run.name,
  model: run.model.id,
  live: false,
  epochs: run.epochs,
  epochsPlanned: null,
  bestEpoch: run.bestEpoch,
  selection: run.selection,
  baselines: run.baselines,
  test: run.test,
  beyond: run.beyond ?? null,
  ranks: run.perUser && run.measured ? { perUser: run.perUser.ranks, maskValidation: run.measured.maskValidation } : null,
  ...(run.sampled ? { sampled: run.sampled } : {}),
  losses: trace?.length ? [...trace] : run.epochs.flatMap((e) => (e.loss === null ? [] : [{ x: e.epoch, y: e.loss }])),
  warnings: distinct([...run.warnings, ...run.epochs.flatMap((e) => (e.warning ? [e.warning] : []))]),
  notes: run.notes,
  splitHash: run.split.hash,
  dataHash: run.data.hash,
  status: run.status,
});

const distinct = (list: string[]): string[] => [...new Set(list)];

/** The evaluation the key figures show: test once it was read, else the newest epoch's validation. */
export function headline(run: ShownRun): { stage: 'test' | 'validation'; epoch: number | null; evaluation: Evaluation | null } {
  if (run.test) return { stage: 'test', epoch: run.bestEpoch, evaluation: run.test };
  const last = run.epochs.findLast((e) => e.validation !== null);
  return { stage: 'validation', epoch: last?.epoch ?? null, evaluation: last?.validation ?? null };
}

export const baselineAt = (run: ShownRun, id: BaselineLine['id'], stage: 'test' | 'validation'): Evaluation | null => run.baselines.find((b) => b.id === id)?.[stage] ?? null;

/** The run is the baseline itself, so setting it beside itself says nothing. */
export const sameAsBaseline = (run: ShownRun, id: BaselineLine['id']): boolean => (id === 'popularity' ? isPlainPopularity(run) : id === run.model);

/** Validation of the epoch a stored run was chosen at. */
export function headlineOfRecord(run: RunRecord): Evaluation | null {
  const chosen = run.epochs.find((e) => e.epoch === run.bestEpoch) ?? run.epochs.at(-1);
  return chosen?.validation ?? null;
}

/** Nothing that curves and epoch tables show has changed: true between the batches of an epoch. */
export const sameEpochs = (a: readonly ShownRun[], b: readonly ShownRun[]): boolean =>
  a.length === b.length &&
  a.every((x, k) => {
    const y = b[k]!;
    return x.id === y.id && x.name === y.name && x.live === y.live && x.epochs === y.epochs && x.baselines === y.baselines && x.epochsPlanned === y.epochsPlanned && x.test === y.test;
  });
