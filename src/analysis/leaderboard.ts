/** One table of models measured on the same ground: means over seeds, intervals over users, ranks, and who can be told apart. Pure. */
import { SLICES, type Estimate, type SliceId } from '../core/metric';
import { createRandom } from '../core/random';
import type { RunRecord } from '../core/run';
import { meanInterval } from '../math/interval';
import { METRICS } from '../metrics/metrics';
import { groupLetters, pairTests, RESAMPLES, type PairTest } from './leaderboard-pairs';
import { isPlainPopularity } from './plain-popularity';

/** Runs of one model with one setting; they differ by seed only. */
export interface BoardEntry {
  key: string;
  label: string;
  model: string;
  runs: RunRecord[];
}

export interface BoardView {
  slice: SliceId;
  /** Metric id: 'HR'. */
  metric: string;
  k: number;
}

export interface BoardRow {
  key: string;
  label: string;
  /** 'chance' has no runs: it is the expectation over all orders. */
  kind: 'model' | 'popularity' | 'chance';
  runs: RunRecord[];
  seeds: number[];
  /** Users of the slice. */
  n: number;
  /** Mean over seeds and users; null where the slice is empty. */
  value: number | null;
  /** Over seeds, n − 1 in the denominator; null with one seed. */
  sd: number | null;
  /** 95 % interval over users. */
  low: number | null;
  high: number | null;
  /** From 1; equal values share one. Null where there is no value. */
  rank: number | null;
  /** Training seconds, mean over seeds. */
  seconds: number | null;
  /** The chosen metric on every slice, for the columns beside it. */
  slices: Record<SliceId, { value: number | null; n: number }>;
  /** Compact letters: two rows sharing one cannot be told apart; '' where the row was not tested. */
  letters: string;
  /** Against the best row; null for the best itself and where it was not tested. */
  againstBest: PairTest | null;
  /** The best, or one that cannot be told from it; null where that is not known. */
  tiedWithBest: boolean | null;
}

export interface Board {
  view: BoardView;
  /** Best first. */
  rows: BoardRow[];
  /** Over every pair of tested rows; a and b index `rows`. */
  pairs: PairTest[];
  /** Null where nothing could be tested; `untested` then says why. */
  tested: { users: number; resamples: number; comparisons: number } | null;
  untested: string | null;
  /** Why the slice is empty, where it is. */
  empty: string | null;
}

/** Two runs with one key differ by seed at most. */
function settingKey(run: Pick<RunRecord, 'model' | 'text' | 'selection' | 'measured'>): string {
  const params = Object.entries(run.model.params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([run.model.id, params, run.text && [run.text.column, run.text.encoder], run.selection === 'none' ? null : [run.selection, run.measured?.patience ?? null]]);
}

/** Runs by setting, in the order of their first appearance; of two runs with one seed the newer counts. */
export function entriesOf(runs: readonly RunRecord[], labelOf: (run: RunRecord) => string): BoardEntry[] {
  const by = new Map<string, BoardEntry>();
  for (const run of runs) {
    const key = settingKey(run);
    const entry = by.get(key);
    if (!entry) by.set(key, { key, label: labelOf(run), model: run.model.id, runs: [run] });
    else {
      const twin = entry.runs.findIndex((r) => r.seed === run.seed);
      if (twin < 0) entry.runs.push(run);
      else if (entry.runs[twin]!.createdAt < run.createdAt) entry.runs[twin] = run;
    }
  }
  const entries = [...by.values()];
  for (const e of entries) e.runs.sort((a, b) => a.seed - b.seed);
  return entries;
}

const inSlice: Record<SliceId, (letter: string) => boolean> = { all: () => true, warm: (c) => c === 'w', cold: (c) => c !== 'w', new: (c) => c === 'n' };

/**
 * The metric of each measured user of the slice, mean over the entry's seeds.
 * @returns [users of the slice], or null where a run keeps no ranks, or none by slice
 */
export function userValues(runs: readonly RunRecord[], { slice, metric, k }: BoardView): Float64Array | null {
  const definition = METRICS.find((m) => m.id === metric);
  const first = runs[0]?.perUser;
  if (!definition || !first) return null;
  const sums = new Float64Array(first.ranks.length);
  for (const run of runs) {
    const own = run.perUser;
    if (!own || own.ranks.length !== first.ranks.length) return null;
    own.ranks.forEach((rank, u) => {
      sums[u] = sums[u]! + definition.at({ ranks: rank > 0 ? [rank] : [], relevant: 1 }, k) / runs.length;
    });
  }
  if (slice === 'all') return sums;
  const letters = first.slices;
  if (letters?.length !== sums.length) return null;
  const chosen = sums.filter((_, u) => inSlice[slice](letters[u]!));
  return chosen.length === runs[0]!.test[slice].n ? chosen : null;
}

/** @param entries runs that all stand on one ground (see leaderboard-ground) */
export function leaderboard(entries: readonly BoardEntry[], view: BoardView): Board {
  const any = entries[0]?.runs[0];
  const rows: (BoardRow & { values: Float64Array | null })[] = entries.filter((e) => e.runs.length > 0).map((e) => rowOf(e, view));
  if (any) {
    if (!rows.some((r) => r.kind === 'popularity')) rows.push(baselineRow(any, 'popularity', 'Popularity', view));
    rows.push(baselineRow(any, 'random', 'Random (expected)', view));
  }
  rows.sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  rows.forEach((row, k) => {
    const before = rows[k - 1];
    if (row.value !== null) row.rank = before?.value != null && Math.abs(before.value - row.value) < 1e-12 ? before.rank : k + 1;
  });
  const { pairs, users, untested } = test(rows);
  return {
    view,
    rows: rows.map(({ values: _values, ...row }) => row),
    pairs,
    tested: pairs.length > 0 ? { users, resamples: RESAMPLES, comparisons: pairs.length } : null,
    untested,
    empty: any?.test[view.slice].empty ?? null,
  };
}

function rowOf(entry: BoardEntry, view: BoardView): BoardRow & { values: Float64Array | null } {
  const { runs } = entry;
  const key = `${view.metric}@${view.k}`;
  const estimates = runs.flatMap((r): Estimate[] => {
    const e = r.test[view.slice].metrics[key];
    return e ? [e] : [];
  });
  const values = userValues(runs, view);
  const value = estimates.length ? mean(estimates.map((e) => e.value)) : null;
  // One seed: the run's own interval (Wilson's for a hit rate). Several: of the users' means over seeds, where ranks are kept.
  const interval = estimates.length > 1 && values && values.length > 0 ? meanInterval(values) : estimates.length ? { low: mean(estimates.map((e) => e.low)), high: mean(estimates.map((e) => e.high)) } : null;
  return {
    key: entry.key, label: entry.label, kind: isPlainPopularity({ ...runs[0]!, model: runs[0]!.model.id }) ? 'popularity' : 'model', runs, seeds: runs.map((r) => r.seed),
    n: runs[0]!.test[view.slice].n,
    value, sd: estimates.length > 1 ? deviation(estimates.map((e) => e.value)) : null,
    low: interval?.low ?? null, high: interval?.high ?? null,
    rank: null, seconds: mean(runs.map((r) => r.seconds.fit)),
    slices: Object.fromEntries(SLICES.map((s) => {
      const found = runs.flatMap((r) => r.test[s].metrics[key]?.value ?? []);
      return [s, { value: found.length ? mean(found) : null, n: runs[0]!.test[s].n }];
    })) as BoardRow['slices'],
    letters: '', againstBest: null, tiedWithBest: null, values,
  };
}

function baselineRow(run: RunRecord, id: 'popularity' | 'random', label: string, view: BoardView): BoardRow & { values: Float64Array | null } {
  const key = `${view.metric}@${view.k}`;
  const test = run.baselines.find((b) => b.id === id)?.test;
  const estimate = test?.[view.slice].metrics[key];
  return {
    key: `baseline ${id}`, label, kind: id === 'random' ? 'chance' : 'popularity', runs: [], seeds: [], n: test?.[view.slice].n ?? 0,
    value: estimate?.value ?? null, sd: null,
    // Chance is an expectation, not a measurement: it has no interval.
    low: id === 'random' ? null : (estimate?.low ?? null), high: id === 'random' ? null : (estimate?.high ?? null),
    rank: null, seconds: null,
    slices: Object.fromEntries(SLICES.map((s) => [s, { value: test?.[s].metrics[key]?.value ?? null, n: test?.[s].n ?? 0 }])) as BoardRow['slices'],
    letters: '', againstBest: null, tiedWithBest: null, values: null,
  };
}

/** Tests the rows that keep their users' ranks and writes letters and comparisons into them. */
function test(rows: (BoardRow & { values: Float64Array | null })[]): { pairs: PairTest[]; users: number; untested: string | null } {
  const tested = rows.flatMap((row, at) => (row.values && row.values.length > 0 && row.value !== null ? [{ row, at }] : []));
  const users = tested[0]?.row.values?.length ?? 0;
  if (tested.length < 2 || tested.some((t) => t.row.values!.length !== users)) {
    const models = rows.filter((r) => r.runs.length > 0);
    return {
      pairs: [], users: 0,
      untested: models.length < 2 ? 'With one model there is nothing to compare.'
        : models.every((r) => r.runs.every((x) => x.perUser)) ? 'These runs do not say which users belong to this slice, so their differences cannot be tested here; run them again to test slices.'
          : 'Users have several held-out items here (or there are very many users), so ranks user by user are not kept and differences cannot be tested; compare the intervals.',
    };
  }
  const pairs = pairTests(tested.map((t) => t.row.values!), createRandom(0, 'leaderboard'));
  const apart = new Set(pairs.filter((p) => p.apart).map((p) => `${p.a} ${p.b}`));
  const letters = groupLetters(tested.length, (a, b) => apart.has(`${a} ${b}`));
  tested.forEach(({ row }, t) => {
    row.letters = letters[t]!;
    row.againstBest = t === 0 ? null : (pairs.find((p) => p.a === 0 && p.b === t) ?? null);
    row.tiedWithBest = t === 0 || !apart.has(`0 ${t}`);
  });
  return { pairs: pairs.map((p) => ({ ...p, a: tested[p.a]!.at, b: tested[p.b]!.at })), users, untested: null };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
function deviation(values: readonly number[]): number {
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1));
}
