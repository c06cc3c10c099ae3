/** From a setup to a plan of runs: which are there already, which are to be trained, and what that takes. Pure. */
import { DEFAULT_PATIENCE, paramErrors, presetOf } from '../../../app/train-config';
import type { Plan, PlannedRun } from '../../../app/queue';
import type { AnyModelCard } from '../../../core/model';
import { parseParams, type ParamSpecs, type ParamValue } from '../../../core/params';
import type { RunRecord } from '../../../core/run';
import type { SplitSpec } from '../../../core/split';
import { describe, parseSeeds, textOf, type Contender, type Setup } from './setup';

export interface World {
  catalogue: readonly AnyModelCard[];
  data: { hash: string; hasTime: boolean } | null;
  vectors: readonly { key: string; column: string; encoder: string }[];
  split: SplitSpec;
  runs: readonly RunRecord[];
  build: string;
}

export interface Prepared {
  runs: PlannedRun[];
  /** PlannedRun.id → record that stands for it. */
  finished: Record<string, string>;
  /** Seconds of work left to do as far as it is known, over how many of the runs to train. */
  known: { seconds: number; runs: number };
  toTrain: number;
  /** Why it cannot start; null when it can. */
  obstacle: string | null;
}

/** Why this contender cannot train; null when it can. */
function contenderObstacle(card: AnyModelCard, c: Contender, world: Pick<World, 'data' | 'vectors'>): string | null {
  const wrong = Object.values(paramErrors(card, c.params))[0];
  if (wrong) return `${card.name}: a setting is out of its range. ${wrong}`;
  const text = textOf(card, c, world.vectors);
  if (card.needs.text === 'required' && text === null) return `${card.name} needs text vectors: embed a column on the Text screen.`;
  if (c.text && text === null && card.needs.text) return `${card.name}: there are no vectors for "${c.text}".`;
  if (card.needs.time && world.data && !world.data.hasTime) return `${card.name} needs timestamps, and the interactions have none.`;
  return null;
}

export function prepare(setup: Setup, world: World): Prepared {
  const none: Prepared = { runs: [], finished: {}, known: { seconds: 0, runs: 0 }, toTrain: 0, obstacle: null };
  const { seeds, problem } = parseSeeds(setup.seeds);
  if (!world.data) return { ...none, obstacle: 'Load data first.' };
  if (problem !== null) return { ...none, obstacle: problem };
  if (setup.contenders.length === 0) return { ...none, obstacle: 'Add a model first.' };
  const runs: PlannedRun[] = [];
  const finished: Record<string, string> = {};
  let known = { seconds: 0, runs: 0 };
  const seen = new Set<string>();
  const popularity = world.catalogue.find((c) => c.id === 'popularity');
  // The bar every model has to clear is always on the board.
  const bar: Contender[] = popularity && !setup.contenders.some((c) => c.model === 'popularity') ? [{ id: 'bar', model: 'popularity', preset: null, params: {}, text: null }] : [];
  for (const c of [...setup.contenders, ...bar]) {
    const card = world.catalogue.find((x) => x.id === c.model);
    if (!card) continue;
    const obstacle = contenderObstacle(card, c, world);
    if (obstacle) return { ...none, obstacle };
    const params = parseParams(card.params as ParamSpecs, c.params) as Record<string, ParamValue>;
    const textKey = textOf(card, c, world.vectors);
    const same = JSON.stringify([c.model, params, textKey, c.preset !== null && presetOf(card, c.preset)?.evaluation]);
    if (seen.has(same)) return { ...none, obstacle: `${describe(card, params, null)} is there twice with the same settings. Change or remove one.` };
    seen.add(same);
    const vectors = world.vectors.find((v) => v.key === textKey) ?? null;
    const evaluation = c.preset === null ? undefined : presetOf(card, c.preset)?.evaluation;
    for (const seed of card.deterministic ? seeds.slice(0, 1) : seeds) {
      const run: PlannedRun = {
        id: `${c.id}-${seed}`, name: `${describe(card, params, vectors?.column ?? null)}, seed ${seed}`, model: card.id, params, textKey, seed, split: world.split,
        selection: evaluation?.selection ?? 'validation', maskValidation: evaluation?.maskValidation ?? true, patience: DEFAULT_PATIENCE,
      };
      const before = expectedSeconds(run, world);
      const record = setup.reuse ? twinOf(run, vectors, card, world) : undefined;
      if (record) finished[run.id] = record.id;
      else if (before !== null) known = { seconds: known.seconds + before, runs: known.runs + 1 };
      runs.push(before === null ? run : { ...run, expectedSeconds: before });
    }
  }
  return { runs, finished, known, toTrain: runs.length - Object.keys(finished).length, obstacle: null };
}

const canonical = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v));

/** The newest finished run of this build that training would only repeat. A test file of one's own may have changed, so its runs are never taken. */
function twinOf(run: PlannedRun, vectors: { column: string; encoder: string } | null, card: AnyModelCard, world: World): RunRecord | undefined {
  if (world.split.protocol === 'file') return undefined;
  const text = vectors && card.needs.text ? canonical([vectors.column, vectors.encoder]) : null;
  return world.runs
    .filter((r) =>
      r.status === 'done' && r.build === world.build && r.data.hash === world.data!.hash && r.model.id === run.model && r.seed === run.seed &&
      canonical(r.split.spec) === canonical(world.split) && canonical(r.model.params) === canonical(run.params) &&
      (r.text ? canonical([r.text.column, r.text.encoder]) : null) === text &&
      (r.measured?.maskValidation ?? true) === run.maskValidation && (r.selection === 'test') === (run.selection === 'test' && card.iterative) &&
      (!card.iterative || r.measured?.patience === run.patience) &&
      // Without ranks user by user nothing could be tested.
      (r.perUser === undefined || r.perUser.slices !== undefined))
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
}

/** What runs of these settings took on these data, else runs of this model; null where there are none. */
function expectedSeconds(run: PlannedRun, world: World): number | null {
  const total = (r: RunRecord): number => r.seconds.prepare + r.seconds.fit + r.seconds.evaluate;
  const own = world.runs.filter((r) => r.status === 'done' && r.data.hash === world.data!.hash && r.model.id === run.model);
  const same = own.filter((r) => canonical(r.model.params) === canonical(run.params));
  const list = (same.length ? same : own).map(total);
  return list.length ? list.reduce((a, b) => a + b, 0) / list.length : null;
}

export const planOf = (prepared: Prepared, title: string, dataHash: string, id: string, now: Date): Plan => ({ id, kind: 'leaderboard', title, dataHash, createdAt: now.toISOString(), runs: prepared.runs });
