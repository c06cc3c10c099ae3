/** What an index of vectors is: exact search and its approximations answer the same question. */

/** 'dot': the largest inner product (cosine, where rows have length 1); 'euclidean': the least distance. */
export type Measure = 'dot' | 'euclidean';

export interface Found {
  /** Row numbers, best first; equal scores by ascending row. Fewer than k where fewer were looked at. */
  rows: Int32Array;
  /** Inner products, or squared distances with the sign turned: larger is better. */
  scores: Float32Array;
  /** Rows whose score was computed. */
  scanned: number;
}

export interface SearchIndex {
  readonly n: number;
  readonly dim: number;
  /** Memory it holds. */
  readonly bytes: number;
  /**
   * @param skip rows with a 1 take no place among the k, [n]
   * @throws RangeError when the query has another length than the vectors
   */
  search(query: Float32Array, k: number, skip?: Uint8Array | null): Found;
}

/** Awaited now and then in long work, with the share that is done. */
export type BuildStep = (share: number) => Promise<void> | undefined;

export function checkQuery(query: Float32Array, dim: number): void {
  if (query.length !== dim) throw new RangeError(`The query has ${query.length} numbers and the vectors ${dim}.`);
}

/** Share of the true k best that was found. */
export function recallOf(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  const truth = new Set(Array.from(exact));
  let hits = 0;
  for (let n = 0; n < found.length; n++) if (truth.has(found[n]!)) hits++;
  return truth.size === 0 ? 1 : hits / truth.size;
}
