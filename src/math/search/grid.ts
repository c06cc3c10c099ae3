/** Grid search: every combination of the values along each dimension, once. */
import { Problem } from '../../core/problem';
import { createRandom } from '../../core/random';
import { gridValues, type Point, type Space } from './space';
import type { Strategy, StrategySpec } from './strategy';

const LARGEST_GRID = 10_000;

export const gridSize = (space: Space): number => space.reduce((n, d) => n * gridValues(d).length, 1);

/** Combination k in mixed radix, the last dimension fastest. */
function combination(values: readonly (readonly Point[string][])[], space: Space, k: number): Point {
  const point: Point = {};
  for (let d = space.length - 1; d >= 0; d--) {
    const list = values[d]!;
    point[space[d]!.name] = list[k % list.length]!;
    k = Math.floor(k / list.length);
  }
  return point;
}

/**
 * In a seeded random order, so that a grid that is stopped, or larger than the budget, is still an even sample of itself.
 * @throws Problem when the grid has more than 10,000 points
 */
export function gridSearch({ space, seed, trials }: StrategySpec): Strategy {
  const values = space.map(gridValues);
  const size = gridSize(space);
  if (size > LARGEST_GRID) throw new Problem(`This grid has ${size.toLocaleString('en-US')} points; up to ${LARGEST_GRID.toLocaleString('en-US')} can be walked.`, {}, 'Take fewer values per parameter, or search at random.');
  const order = createRandom(seed, 'search grid').shuffle(Int32Array.from({ length: size }, (_, k) => k));
  const most = Math.min(size, trials);
  return { trials: most, propose: (n) => (n < most ? { params: combination(values, space, order[n]!) } : null) };
}
