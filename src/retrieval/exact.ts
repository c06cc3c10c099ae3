/** Brute force: every row is scored. What the others are measured against. */
import { BestRows } from './best-rows';
import { checkQuery, type Found, type Measure, type SearchIndex } from './search-index';
import { BLOCK, vectorRoom, type VectorRoom } from './vector-room';

/** Copies vectors [n, dim] into a room. */
export function fillRoom(room: VectorRoom, vectors: Float32Array, order: Int32Array | null = null): void {
  const { n, dim, width, rows } = room;
  for (let r = 0; r < n; r++) {
    const from = (order ? order[r]! : r) * dim;
    for (let d = 0; d < dim; d++) rows[r * width + d] = vectors[from + d]!;
  }
}

/** ‖row‖² of every row of a room. */
export function squaredLengths({ n, width, rows }: VectorRoom): Float32Array {
  const out = new Float32Array(n);
  for (let r = 0; r < n; r++) {
    let sum = 0;
    for (let d = r * width; d < (r + 1) * width; d++) sum += rows[d]! * rows[d]!;
    out[r] = sum;
  }
  return out;
}

/** Scores of rows from…to into place: dot, or −‖x − q‖² = 2 x·q − ‖x‖² − ‖q‖². */
export function scoreBlock(room: VectorRoom, measure: Measure, lengths: Float32Array | null, query: Float32Array, square: number, from: number, to: number): Float32Array {
  const scores = room.dots(query, from, to);
  if (measure === 'euclidean' && lengths) for (let n = 0; n < scores.length; n++) scores[n] = 2 * scores[n]! - lengths[from + n]! - square;
  return scores;
}

export const squareOf = (query: Float32Array): number => query.reduce((s, x) => s + x * x, 0);

/** @param vectors [n, dim]; copied */
export async function exactIndex(vectors: Float32Array, dim: number, measure: Measure = 'dot', allowSimd = true): Promise<SearchIndex> {
  const n = vectors.length / dim;
  const room = await vectorRoom(n, dim, 0, allowSimd);
  fillRoom(room, vectors);
  const lengths = measure === 'euclidean' ? squaredLengths(room) : null;
  return {
    n, dim, bytes: room.bytes + (lengths?.byteLength ?? 0),
    search(query, k, skip = null): Found {
      checkQuery(query, dim);
      const best = new BestRows(Math.min(k, n));
      const square = squareOf(query);
      for (let from = 0; from < n; from += BLOCK) best.offer(scoreBlock(room, measure, lengths, query, square, from, Math.min(n, from + BLOCK)), null, from, skip);
      return { ...best.result(), scanned: n };
    },
  };
}
