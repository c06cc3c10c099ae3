/** Weights of a blend: given ones as shares, and the grid that tuning tries. */

/** Shares that sum to 1. */
export function sharesOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((s, w) => s + w, 0);
  return weights.map((w) => w / sum);
}

/** Parts a whole is cut into, by number of members: from 21 to 84 mixtures. */
const PARTS: Record<number, number> = { 2: 20, 3: 10, 4: 6, 5: 4, 6: 3 };

/** Every way to give n members whole parts of 1, one member alone included. The first of equals is taken, so even mixtures come first. */
export function mixtures(n: number): number[][] {
  const parts = PARTS[n] ?? 3;
  const all: number[][] = [];
  const fill = (given: number[], left: number): void => {
    if (given.length === n - 1) {
      all.push([...given, left]);
      return;
    }
    for (let k = 0; k <= left; k++) fill([...given, k], left - k);
  };
  fill([], parts);
  const unevenness = (m: readonly number[]): number => m.reduce((s, k) => s + k * k, 0);
  return all.sort((a, b) => unevenness(a) - unevenness(b)).map((m) => m.map((k) => k / parts));
}
