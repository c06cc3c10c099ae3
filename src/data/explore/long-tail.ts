/** How unevenly interactions are spread: who carries most of them. */

export interface LongTail {
  /** Entities with an interaction, and their interactions. */
  entities: number;
  interactions: number;
  /** Fewest entities that carry `share` of the interactions. */
  carriers: { share: number; entities: number }[];
  /** Gini coefficient over entities with an interaction: 0 all alike, towards 1 one has all. */
  gini: number;
  /** Share of the interactions (y) that the most frequent x of the entities carry; from (0, 0) to (1, 1). */
  curve: { x: number; y: number }[];
  /** The most frequent ones, first to last. */
  top: { entity: number; count: number }[];
}

const POINTS = 60;

/** @param counts interactions per entity; those with none are no part of it. */
export function longTail(counts: Int32Array, shares: readonly number[] = [0.5, 0.8], topN = 20): LongTail {
  const order = byCount(counts);
  const n = order.length;
  let total = 0;
  for (const e of order) total += counts[e]!;
  const carriers = shares.map((share) => ({ share, entities: 0 }));
  const curve = [{ x: 0, y: 0 }];
  let sum = 0;
  let weighted = 0; // Σ rank · count with the least frequent at rank 1
  for (let k = 0; k < n; k++) {
    const c = counts[order[k]!]!;
    for (const carrier of carriers) if (sum < carrier.share * total - 1e-9) carrier.entities = k + 1;
    sum += c;
    weighted += (n - k) * c;
    if (k + 1 === n || Math.floor(((k + 1) * POINTS) / n) > Math.floor((k * POINTS) / n)) curve.push({ x: (k + 1) / n, y: sum / total });
  }
  return {
    entities: n,
    interactions: total,
    carriers,
    // Σ (2·rank − n − 1)·count / (n·total)
    gini: n > 0 && total > 0 ? (2 * weighted) / (n * total) - (n + 1) / n : 0,
    curve,
    top: Array.from(order.subarray(0, topN), (entity) => ({ entity, count: counts[entity]! })),
  };
}

/** Entities with an interaction, most first; ties by ascending index (a counting sort, so a brush can afford it). */
export function byCount(counts: Int32Array): Int32Array {
  let most = 0;
  let present = 0;
  for (const c of counts) {
    if (c > most) most = c;
    if (c > 0) present++;
  }
  const at = new Int32Array(most + 2);
  for (const c of counts) if (c > 0) at[most - c + 1]!++;
  for (let k = 1; k < at.length; k++) at[k]! += at[k - 1]!;
  const order = new Int32Array(present);
  for (let e = 0; e < counts.length; e++) if (counts[e]! > 0) order[at[most - counts[e]!]!++] = e;
  return order;
}
