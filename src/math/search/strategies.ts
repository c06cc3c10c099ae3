/** The strategies there are, and how each is told to a person. */
import { Problem } from '../../core/problem';
import { gridSearch } from './grid';
import { halvingSearch } from './halving';
import { randomSearch } from './random';
import type { Strategy, StrategyId, StrategySpec } from './strategy';
import { tpeSearch } from './tpe';

export const STRATEGIES: readonly { id: StrategyId; name: string; help: string; create(spec: StrategySpec): Strategy }[] = [
  { id: 'random', name: 'Random', help: 'Draws every setting anew within the ranges. Hard to beat where only one or two parameters matter, and easy to defend.', create: randomSearch },
  { id: 'grid', name: 'Grid', help: 'Every combination of a few values each. For one or two parameters; the number of combinations multiplies.', create: gridSearch },
  { id: 'tpe', name: 'Bayesian (TPE)', help: 'Starts at random, then draws near settings that did well and away from those that did not. Worth it from about 20 trials on.', create: tpeSearch },
  { id: 'halving', name: 'Halving', help: 'Many settings train for a few epochs, the best third goes on for three times as long, to the full length. Only for models that train in epochs.', create: halvingSearch },
];
export const strategyName = (id: StrategyId): string => STRATEGIES.find((s) => s.id === id)?.name ?? id;

export const MOST_TRIALS = 1000;

/** @throws Problem for a budget or a space the strategy cannot work with */
export function createStrategy(spec: StrategySpec): Strategy {
  const found = STRATEGIES.find((s) => s.id === spec.id);
  if (!found) throw new Problem(`There is no strategy "${String(spec.id)}".`, {}, `There are: ${STRATEGIES.map((s) => s.id).join(', ')}.`);
  if (!Number.isInteger(spec.trials) || spec.trials < 1 || spec.trials > MOST_TRIALS) {
    throw new Problem(`The number of trials must be a whole number from 1 to ${MOST_TRIALS.toLocaleString('en-US')}; received ${String(spec.trials)}.`, {}, 'Change the budget.');
  }
  return found.create(spec);
}
