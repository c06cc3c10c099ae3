/** A list served through an index: the k best of whoever may be recommended, and what that cost beside exact search. */
import { timed } from './curve';
import { checkSetting, mostOf, type BuiltIndex, type IndexPlan } from './plan';
import { recallOf, type Found, type SearchIndex } from './search-index';

/** What is searched by: an index of this plan, its dial at `setting`. */
export interface SearchChoice {
  plan: IndexPlan;
  setting: number;
}
export interface SearchReport extends SearchChoice {
  /** The dial where the search ended: turned further than asked where too few candidates were found. */
  used: number;
  /** Buckets could not be read further and still held too few: the rest comes from exact search. */
  completed: boolean;
  /** Share of the exact list that was found. */
  recall: number;
  /** Milliseconds of this query through the index and by reading all vectors, both repeated and timed just now. */
  ms: number;
  exactMs: number;
  /** Vectors whose score was computed, of n. */
  scanned: number;
  n: number;
}

/**
 * The k best rows that are not skipped. Where the index finds fewer at its setting (somebody who has most of what lies near them), the dial is
 * doubled until there are k or everything was read; what buckets never hold is filled up by exact search.
 * @param skip rows that are no candidates, [n]
 * @throws Problem on a setting out of range
 */
export function searchFull(index: BuiltIndex, exact: SearchIndex, query: Float32Array, k: number, setting: number, skip: Uint8Array | null): { found: Found; used: number; completed: boolean } {
  checkSetting(index.plan, index.n, setting);
  const candidates = skip ? skip.reduce((open, s) => open - s, index.n) : index.n;
  const wanted = Math.min(k, candidates);
  const most = mostOf(index.plan, index.n);
  let used = setting;
  let found = index.ask(query, k, used, skip);
  while (found.rows.length < wanted && used < most) {
    used = Math.min(most, 2 * used);
    found = index.ask(query, k, used, skip);
  }
  if (found.rows.length >= wanted) return { found, used, completed: false };
  const own = new Set(found.rows);
  const all = exact.search(query, wanted, skip);
  const pairs = [...pairsOf(found), ...pairsOf(all).filter(({ row }) => !own.has(row)).slice(0, wanted - own.size)].sort((a, b) => b.score - a.score || a.row - b.row);
  return { found: { rows: Int32Array.from(pairs, (p) => p.row), scores: Float32Array.from(pairs, (p) => p.score), scanned: index.n }, used, completed: true };
}
const pairsOf = ({ rows, scores }: Found): { row: number; score: number }[] => Array.from(rows, (row, n) => ({ row, score: scores[n]! }));

/** The same with its report. */
export function searchMeasured(index: BuiltIndex, exact: SearchIndex, query: Float32Array, k: number, setting: number, skip: Uint8Array | null): { rows: Int32Array; report: SearchReport } {
  const { found, used, completed } = searchFull(index, exact, query, k, setting, skip);
  const truth = exact.search(query, k, skip);
  return {
    rows: found.rows,
    report: {
      plan: index.plan, setting, used, completed,
      recall: recallOf(found.rows, truth.rows),
      ms: timed([query], (q) => searchFull(index, exact, q, k, setting, skip).found),
      exactMs: timed([query], (q) => exact.search(q, k, skip)),
      scanned: found.scanned, n: index.n,
    },
  };
}
