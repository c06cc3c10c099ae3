/** Random search (Bergstra & Bengio 2012): every trial is drawn anew, each parameter evenly on its own scale. */
import { createRandom, type Random } from '../../core/random';
import { isRange, valueAt, type Point, type Space } from './space';
import type { Strategy, StrategySpec } from './strategy';

function drawPoint(space: Space, random: Random): Point {
  return Object.fromEntries(space.map((d) => [d.name, isRange(d) ? valueAt(d, random.next()) : d.values[random.int(d.values.length)]!]));
}

/** Settings of trial n: of its own stream, so that no other trial changes them. */
export const randomPoint = (space: Space, seed: number, n: number): Point => drawPoint(space, createRandom(seed, `search trial ${n}`));

export const randomSearch = ({ space, seed, trials }: StrategySpec): Strategy => ({
  trials,
  propose: (n) => (n < trials ? { params: randomPoint(space, seed, n) } : null),
});
