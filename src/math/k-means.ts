/** Lloyd's k-means in float64: squared Euclidean distance, ties to the lower centroid. n rows, k centroids. */

export interface KMeansRound {
  assignment: Int32Array; // [n]
  /** Σ squared distances to the assigned centroids, before they move. */
  inertia: number;
}

/** Nearest centroid of every row. rows: [n, dim], centroids: [k, dim] */
function assignRows(rows: ArrayLike<number>, centroids: ArrayLike<number>, dim: number): KMeansRound {
  const n = rows.length / dim;
  const k = centroids.length / dim;
  const assignment = new Int32Array(n);
  let inertia = 0;
  for (let r = 0; r < n; r++) {
    let best = Infinity;
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let d = 0; d < dim; d++) {
        const x = rows[r * dim + d]! - centroids[c * dim + d]!;
        sum += x * x;
      }
      if (sum < best) {
        best = sum;
        assignment[r] = c;
      }
    }
    inertia += best;
  }
  return { assignment, inertia };
}

/** Means of the rows assigned to each centroid; a centroid without rows stays where it is. @returns the largest coordinate change */
export function moveCentroids(rows: ArrayLike<number>, assignment: Int32Array, centroids: Float64Array | Float32Array, dim: number): number {
  const k = centroids.length / dim;
  const sums = new Float64Array(k * dim);
  const counts = new Int32Array(k);
  for (let r = 0; r < assignment.length; r++) {
    const c = assignment[r]!;
    counts[c]!++;
    for (let d = 0; d < dim; d++) sums[c * dim + d]! += rows[r * dim + d]!;
  }
  let moved = 0;
  for (let c = 0; c < k; c++) {
    if (counts[c] === 0) continue;
    for (let d = 0; d < dim; d++) {
      const x = sums[c * dim + d]! / counts[c]!;
      moved = Math.max(moved, Math.abs(x - centroids[c * dim + d]!));
      centroids[c * dim + d] = x;
    }
  }
  return moved;
}

/** Assigns and moves until no centroid moves, or `rounds` are over. `centroids` [k, dim] are moved in place. */
export function kMeans(rows: ArrayLike<number>, centroids: Float64Array, dim: number, rounds = 300): KMeansRound[] {
  const out: KMeansRound[] = [];
  for (let n = 0; n < rounds; n++) {
    const round = assignRows(rows, centroids, dim);
    out.push(round);
    if (moveCentroids(rows, round.assignment, centroids, dim) === 0) break;
  }
  return out;
}
