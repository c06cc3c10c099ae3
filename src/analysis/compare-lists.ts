/** Where targets stand, how alike lists are, and what quality costs. Pure. */

export interface RankBin {
  /** Ranks from … to, both included. */
  from: number;
  to: number;
  label: string;
}

/** Bins that double: 1, 2, 3–4, 5–8, … up to the highest rank, and one for targets that were no candidates where there are any. */
export function rankBins(ranks: readonly (readonly number[])[]): { bins: RankBin[]; counts: number[][]; missing: number[] } {
  const highest = ranks.reduce((m, list) => list.reduce((x, r) => Math.max(x, r), m), 0);
  const bins: RankBin[] = [];
  for (let from = 1, to = 1; from <= highest; from = to + 1, to = bins.length === 1 ? 2 : to * 2) bins.push({ from, to, label: from === to ? String(from) : `${from}–${to}` });
  const at = (r: number): number => (r === 1 ? 0 : Math.ceil(Math.log2(r)));
  const counts = ranks.map((list) => {
    const c = bins.map(() => 0);
    for (const r of list) if (r > 0) c[at(r)]! += 1;
    return c;
  });
  return { bins, counts, missing: ranks.map((list) => list.filter((r) => r === 0).length) };
}

/** Shared items ÷ items in either. Two empty lists → 1. Worked: 1 2 3 and 2 3 4 → 2/4. */
export function jaccard(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const left = new Set(Array.from(a));
  const right = new Set(Array.from(b));
  let both = 0;
  for (const x of left) if (right.has(x)) both += 1;
  const either = left.size + right.size - both;
  return either === 0 ? 1 : both / either;
}

/** Points that no other beats in both: less or equal cost and more or equal quality, one of them strictly. Worked: (1, .1), (2, .3), (3, .2) → first two. */
export function frontier(points: readonly { cost: number; quality: number }[]): boolean[] {
  return points.map((p) => !points.some((q) => q.cost <= p.cost && q.quality >= p.quality && (q.cost < p.cost || q.quality > p.quality)));
}
