/** Runs against a reference run, user by user. n users, one held-out item each. Pure. */
import { CUTOFFS, type SliceId } from '../core/metric';
import { createRandom } from '../core/random';
import type { RunRecord } from '../core/run';
import { holm } from '../math/significance/holm';
import { pairedBootstrap } from '../math/significance/paired-bootstrap';
import { pairedT } from '../math/significance/paired-t';
import { METRICS } from '../metrics/metrics';

export const LEVEL = 0.05;
const RESAMPLES = 1000;

/** 'NDCG@10' → the metric and K. @throws Error naming what there is. */
export function parseMetric(key: string): { id: string; k: number } {
  const [id, k] = key.split('@');
  if (!METRICS.some((m) => m.id === id) || !(CUTOFFS as readonly number[]).includes(Number(k))) {
    throw new Error(`"${key}" is no metric here. One of ${METRICS.map((m) => m.id).join(', ')} at one of ${CUTOFFS.join(', ')}, as NDCG@10.`);
  }
  return { id: id!, k: Number(k) };
}

/** The metric of every measured user, [n]; null where ranks were not kept. Rank 0 (no candidate) is a miss. */
export function userValues(run: RunRecord, key: string): Float64Array | null {
  if (!run.perUser) return null;
  const { id, k } = parseMetric(key);
  const metric = METRICS.find((m) => m.id === id)!;
  return Float64Array.from(run.perUser.ranks, (r) => metric.at({ ranks: r > 0 ? [r] : [], relevant: 1 }, k));
}

/** Places of the users whose held-out item is in a slice; null where the run does not say. Strictly new items are cold too. */
export function usersOfSlice(run: RunRecord, slice: SliceId): Int32Array | null {
  const n = run.perUser?.ranks.length ?? 0;
  if (!run.perUser) return null;
  if (slice === 'all') return Int32Array.from({ length: n }, (_, u) => u);
  const letters = run.perUser.slices;
  if (letters === undefined) return null;
  const wanted = slice === 'warm' ? 'w' : slice === 'cold' ? 'cn' : 'n';
  return Int32Array.from(Array.from({ length: n }, (_, u) => u).filter((u) => wanted.includes(letters[u]!)));
}

export interface Difference {
  n: number;
  /** Mean of run minus mean of reference. */
  mean: number;
  /** 95 % interval of that mean by Student's t over users; equal to the mean where n < 2. */
  low: number;
  high: number;
}

/**
 * Mean difference of `a` and `b` over these users. Swapping a and b changes its sign and nothing else.
 * Awkward case: no users → null.
 * Worked: a 1, 0, 1 and b 0, 0, 0 over users 0, 2 → mean 1.
 */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>, users: ArrayLike<number>): Difference | null {
  const n = users.length;
  if (n === 0) return null;
  const each = Float64Array.from(users, (u) => a[u]! - b[u]!);
  const t = pairedT(each);
  return t ? { n, mean: t.mean, low: t.low, high: t.high } : { n, mean: each[0]!, low: each[0]!, high: each[0]! };
}

export interface Tested extends Difference {
  run: string;
  slice: SliceId;
  /** Two-sided paired t, corrected by Holm over all tests of the table. (A bootstrap p cannot fall below 1 ÷ resamples, too much for a large table.) */
  p: number;
  apart: boolean;
}

/**
 * Every other run against the reference in every slice. Interval: paired bootstrap, 1,000 resamples (not corrected); p: paired t, Holm over the whole table; 1 for a single user.
 * Runs without ranks of the same users are left out.
 */
export function testAgainst(reference: RunRecord, others: readonly RunRecord[], key: string, slices: readonly SliceId[]): Tested[] {
  const base = userValues(reference, key);
  if (!base) return [];
  const raw: Omit<Tested, 'apart'>[] = [];
  for (const run of others) {
    const values = userValues(run, key);
    if (!values || values.length !== base.length || run.split.hash !== reference.split.hash) continue;
    for (const slice of slices) {
      const users = usersOfSlice(reference, slice);
      if (!users?.length) continue;
      const each = Float64Array.from(users, (u) => values[u]! - base[u]!);
      const boot = pairedBootstrap(each, { count: RESAMPLES, random: createRandom(0, `compare ${slice}`) })!;
      raw.push({ run: run.id, slice, n: users.length, mean: boot.mean, low: boot.low, high: boot.high, p: pairedT(each)?.p ?? 1 });
    }
  }
  const corrected = holm(raw.map((t) => t.p));
  return raw.map((t, k) => ({ ...t, p: corrected[k]!, apart: corrected[k]! < LEVEL }));
}

export interface Outcomes {
  won: number;
  lost: number;
  tied: number;
  /** By user: 0 won, 1 lost, 2 tied. */
  of: Uint8Array;
}

/** Rank of the target in run a against run b; 0 (no candidate) loses to every rank. Worked: 1 vs 3, 4 vs 4, 0 vs 9 → one won, one tied, one lost. */
export function outcomes(a: readonly number[], b: readonly number[]): Outcomes {
  const place = (r: number | undefined): number => (r ? r : Infinity);
  const of = Uint8Array.from(a, (r, u) => (place(r) < place(b[u]) ? 0 : place(r) > place(b[u]) ? 1 : 2));
  const many = (x: number): number => of.reduce((n, o) => n + Number(o === x), 0);
  return { won: many(0), lost: many(1), tied: many(2), of };
}
