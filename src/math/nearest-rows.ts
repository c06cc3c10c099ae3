/**
 * The k nearest rows of every row of a sparse matrix. One row of similarities is held at a time, never rows × rows.
 * Work: Σ over columns of (entries)²; memory: one scratch row and the kept neighbours.
 */
import type { Step } from '../core/phases';
import { addTo, squaredNorms, transpose, type Csr } from './csr';
import { bestOf, KeptRows } from './kept-rows';

export type Similarity = 'cosine' | 'jaccard';
export interface NearestOptions {
  k: number;
  /** h: added to the denominator, so that similarities that rest on few common entries shrink. */
  shrink: number;
  similarity: Similarity;
}
/** Keeps a denominator from being 0. */
const EPSILON = 1e-6;

/** Similarities of one sparse row to all rows of a matrix. */
export interface RowSimilarity {
  /**
   * Fills `out` [rows] and returns the places that may be other than 0, in any order.
   * cosine: r_a·r_b / (‖r_a‖‖r_b‖ + h + 1e-6);  jaccard: r_a·r_b / (‖r_a‖² + ‖r_b‖² − r_a·r_b + h + 1e-6), which on 0/1 rows is |a∩b| / |a∪b|.
   * `out` must hold zeros before; clear it by the places returned.
   */
  to(index: ArrayLike<number>, value: ArrayLike<number>, out: Float64Array, from?: number, to?: number): Int32Array;
}

/** @param m its rows are what is compared with; a row given to `to` has the same columns */
export function rowSimilarity(m: Csr, { shrink, similarity }: Pick<NearestOptions, 'shrink' | 'similarity'>): RowSimilarity {
  const columns = transpose(m);
  const squared = squaredNorms(m);
  const norm = squared.map(Math.sqrt);
  const places = new Int32Array(m.rows);
  const seen = new Uint8Array(m.rows);
  return {
    to(index, value, out, from = 0, to = index.length) {
      let count = 0;
      let own = 0;
      let work = 0;
      for (let e = from; e < to; e++) {
        own += value[e]! * value[e]!;
        work += columns.start[index[e]! + 1]! - columns.start[index[e]!]!;
      }
      // Where most rows are met anyway, noting each one costs more than looking at all.
      const everywhere = work > m.rows / 2;
      for (let e = from; e < to; e++) {
        const c = index[e]!;
        const [first, last] = [columns.start[c]!, columns.start[c + 1]!];
        if (!everywhere) {
          for (let p = first; p < last; p++) {
            const r = columns.index[p]!;
            if (seen[r] === 0) {
              seen[r] = 1;
              places[count++] = r;
            }
          }
        }
        addTo(out, columns.index, columns.value, first, last, value[e]!);
      }
      if (everywhere) for (let r = 0; r < m.rows; r++) if (out[r] !== 0) places[count++] = r;
      const length = Math.sqrt(own);
      const extra = shrink + EPSILON;
      if (similarity === 'cosine') {
        for (let n = 0; n < count; n++) {
          const r = places[n]!;
          out[r] = out[r]! / (length * norm[r]! + extra);
        }
      } else {
        for (let n = 0; n < count; n++) {
          const r = places[n]!;
          out[r] = out[r]! / (own + squared[r]! - out[r]! + extra);
        }
      }
      if (!everywhere) for (let n = 0; n < count; n++) seen[places[n]!] = 0;
      return places.subarray(0, count);
    },
  };
}

/**
 * Row r of the result holds the k rows most similar to r, itself left out, columns ascending.
 * Order: similarity rounded to 12 digits after the point, then the lower index; one that rounds to 0 is not kept.
 */
export async function nearestRows(m: Csr, options: NearestOptions, step: Step = () => undefined): Promise<Csr> {
  const similarity = rowSimilarity(m, options);
  const row = new Float64Array(m.rows);
  const kept = new KeptRows(m.rows, m.rows);
  for (let r = 0; r < m.rows; r++) {
    const places = similarity.to(m.index, m.value, row, m.start[r]!, m.start[r + 1]!);
    row[r] = 0;
    kept.push(bestOf(row, places, options.k), row);
    for (const p of places) row[p] = 0;
    const wait = step(r + 1);
    if (wait) await wait;
  }
  return kept.finish();
}
