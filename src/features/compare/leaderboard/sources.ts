/** Which tables there are to show: one per plan, and one over all finished runs of one ground. Pure. */
import { groundKey, groundOf, leftOut, type Ground } from '../../../analysis/leaderboard-ground';
import type { PlanEntry } from '../../../app/queue';
import type { AnyModelCard } from '../../../core/model';
import type { RunRecord } from '../../../core/run';
import { plural } from '../../../ui/format';
import { protocolWords } from './split-words';

export interface BoardSource {
  id: string;
  label: string;
  ground: Ground;
  runs: RunRecord[];
  plan: PlanEntry | null;
  /** Runs of the plan whose records were deleted since. */
  missing: number;
  /** Why other runs are not in it. */
  apart: { reason: string; runs: RunRecord[] }[];
}

/** Rating predictors are scored on another scale and have a table of their own. */
const ranks = (run: RunRecord, catalogue: readonly AnyModelCard[]): boolean => catalogue.find((c) => c.id === run.model.id)?.task !== 'predict' && Object.keys(run.test.all.metrics).some((k) => k.includes('@'));

function byGround(runs: readonly RunRecord[]): { ground: Ground; runs: RunRecord[] }[] {
  const by = new Map<string, { ground: Ground; runs: RunRecord[] }>();
  for (const run of runs) {
    const ground = groundOf(run);
    const key = groundKey(ground);
    const group = by.get(key) ?? { ground, runs: [] };
    group.runs.push(run);
    by.set(key, group);
  }
  return [...by.values()].sort((a, b) => b.runs.length - a.runs.length);
}

/** Plans first, newest first; then all runs by ground, those of the data in use first. */
export function sourcesOf(plans: readonly PlanEntry[], all: readonly RunRecord[], catalogue: readonly AnyModelCard[], dataHash: string | null): BoardSource[] {
  const usable = all.filter((r) => r.status === 'done' && !r.archived && ranks(r, catalogue));
  const fromPlans = plans.filter((p) => p.plan.kind === 'leaderboard').flatMap((entry): BoardSource[] => {
    const ids = Object.values(entry.states).flatMap((s) => s.recordId ?? []);
    const found = ids.flatMap((id) => usable.find((r) => r.id === id) ?? []);
    // A preset "as published" may choose its epoch on the test set: its runs stand on another ground than the rest.
    const [main] = byGround(found);
    if (!main) return [];
    return [{ id: entry.plan.id, label: entry.plan.title, ground: main.ground, runs: main.runs, plan: entry, missing: ids.length - found.length, apart: leftOut(found, main.ground) }];
  });
  const groups = byGround(usable).map((g): BoardSource => {
    const first = g.runs[0]!;
    return {
      id: `all ${groundKey(g.ground)}`,
      label: `All runs: ${first.data.name}, ${protocolWords(first.split.spec)}${g.ground.sampled === null ? '' : ', sampled'}${g.ground.chosenOnTest ? ', chosen on test' : ''}, ${plural(g.runs.length, 'run')}`,
      ground: g.ground, runs: g.runs, plan: null, missing: 0, apart: leftOut(usable, g.ground),
    };
  });
  const here = (s: BoardSource): number => (s.ground.data === dataHash ? 0 : 1);
  return [...fromPlans, ...groups.sort((a, b) => here(a) - here(b))];
}

/** The one asked for, else the newest plan of the data in use, else the first there is. */
export const chosenSource = (sources: readonly BoardSource[], wanted: string | null, dataHash: string | null): BoardSource | null =>
  sources.find((s) => s.id === wanted) ?? sources.find((s) => s.ground.data === dataHash) ?? sources[0] ?? null;
