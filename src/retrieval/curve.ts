/** What an index gives up and what it gains: recall of the true k best against time a query, as its one dial is turned. */
import { Problem } from '../core/problem';
import { exactIndex } from './exact';
import { buildIndex, checkPlan, type IndexPlan } from './plan';
import { recallOf, type BuildStep, type Found, type Measure } from './search-index';

export { checkPlan, DIAL, MOST_BITS, MOST_TABLES, planBytes, type IndexPlan } from './plan';

/** 1, 2, 4, … up to `most`, which is always the last. */
export function doublings(from: number, most: number): number[] {
  const out: number[] = [];
  for (let x = from; x < most; x *= 2) out.push(x);
  return [...out, most];
}

export interface CurvePoint {
  /** nprobe, length of the shortlist, or tables. */
  setting: number;
  /** Share of the true k best found, mean over queries. */
  recall: number;
  /** Milliseconds a query, median over queries. */
  ms: number;
  /** Share of the vectors whose score was computed, mean over queries. */
  scanned: number;
  /** It reads every vector: nothing can be missed. */
  exact: boolean;
}
export interface IndexCurve {
  plan: IndexPlan;
  n: number;
  dim: number;
  k: number;
  queries: number;
  exactMs: number;
  buildSeconds: number;
  /** Held by the index. */
  bytes: number;
  points: CurvePoint[];
}
export interface CurveInput {
  items: Float32Array; // [n, dim]
  dim: number;
  queries: Float32Array; // [q, dim]
  /** Where the queries are among the items themselves: which row each is, so that it is not counted as its own neighbour. */
  self: Int32Array | null;
  k: number;
  measure: Measure;
  plan: IndexPlan;
  seed?: number;
}
export interface CurveStep {
  /** Awaited often while the index is built, with the share done. */
  build: BuildStep;
  /** Awaited after each setting was measured. */
  point(point: CurvePoint, done: number, total: number): Promise<void> | undefined;
}

/** A query is asked again and again for at least so long, so that the clock's grain does not decide. */
const LEAST_MS = 0.4;
/** All queries are asked for so long before any is timed: code that has just begun to run is slower than it will be. */
const WARM_MS = 12;

/** @throws Problem on settings out of range, or where there is nothing to ask */
export async function measureIndex(input: CurveInput, step: CurveStep, now: () => number = () => performance.now()): Promise<IndexCurve> {
  const { items, dim, queries, self, measure, plan } = input;
  const n = items.length / dim;
  const count = queries.length / dim;
  if (count < 1 || n < 2) throw new Problem(`There are ${n} vectors and ${count} to search by.`, {}, 'At least two and one are needed.');
  checkPlan(plan, n);
  const k = Math.min(input.k, n);
  const wanted = Math.min(n, self ? k + 1 : k);
  const rowsOf = (found: Found, q: number): number[] => Array.from(found.rows).filter((r) => r !== self?.[q]).slice(0, k);
  const query = Array.from({ length: count }, (_, q) => queries.subarray(q * dim, (q + 1) * dim));

  const began = now();
  const { ask: dial, bytes } = await buildIndex(items, dim, measure, plan, input.seed, step.build);
  const buildSeconds = (now() - began) / 1000;

  const exact = await exactIndex(items, dim, measure);
  const truth = query.map((v, q) => rowsOf(exact.search(v, wanted), q));
  const exactMs = timed(query, (v) => exact.search(v, wanted), now);
  const points: CurvePoint[] = [];
  const settings = settingsOf(plan, n, wanted);
  for (const setting of settings) {
    let recall = 0;
    let scanned = 0;
    query.forEach((v, q) => {
      const found = dial(v, wanted, setting);
      recall += recallOf(rowsOf(found, q), truth[q]!) / count;
      scanned += found.scanned / n / count;
    });
    const point = { setting, recall, ms: timed(query, (v) => dial(v, wanted, setting), now), scanned, exact: plan.kind !== 'bucket' && setting === settings.at(-1) };
    points.push(point);
    await step.point(point, points.length, settings.length);
  }
  return { plan, n, dim, k, queries: count, exactMs, buildSeconds, bytes, points };
}

function settingsOf(plan: IndexPlan, n: number, wanted: number): number[] {
  if (plan.kind === 'ivf') return doublings(1, plan.nlist);
  return plan.kind === 'sign' ? doublings(wanted, n) : doublings(1, plan.tables);
}

/** Median milliseconds of one query, each asked again and again. */
export function timed(queries: readonly Float32Array[], search: (query: Float32Array) => Found, now: () => number = () => performance.now()): number {
  const start = now();
  let asked = 0;
  do {
    for (const q of queries) search(q);
    asked += queries.length;
  } while (now() - start < WARM_MS && asked < 20_000);
  const repeats = Math.min(2000, Math.max(1, Math.ceil(LEAST_MS / Math.max(1e-4, (now() - start) / asked))));
  const each = queries.map((q) => {
    const from = now();
    for (let r = 0; r < repeats; r++) search(q);
    return (now() - from) / repeats;
  });
  return each.sort((a, b) => a - b)[each.length >> 1]!;
}

/** The fastest setting that finds at least `recall` of what is there; null where none does. */
export function fastestAt(points: readonly CurvePoint[], recall: number): CurvePoint | null {
  return points.filter((p) => p.recall >= recall).reduce<CurvePoint | null>((best, p) => (best === null || p.ms < best.ms ? p : best), null);
}
