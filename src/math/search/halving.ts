/**
 * Successive halving (Jamieson & Talwalkar 2016) with epochs as the resource: many settings train for a few epochs,
 * the best 1/eta of them for eta times as many, and so on to the full length.
 * Each round trains anew rather than from where the last one ended, so that every trial can be repeated by itself.
 */
import { Problem } from '../../core/problem';
import { randomPoint } from './random';
import type { Outcome, Proposal, Strategy, StrategySpec } from './strategy';

export interface Round {
  /** Settings that train in it. */
  count: number;
  epochs: number;
}

/**
 * The largest set of rounds whose trials together stay within `trials`; the last round trains for `max` epochs.
 * @throws Problem when the budget does not hold one setting in every round
 */
export function halvingRounds(trials: number, { min, max, eta }: NonNullable<StrategySpec['epochs']>): Round[] {
  if (!(Number.isInteger(min) && Number.isInteger(max) && min >= 1 && max >= min)) {
    throw new Problem(`The shortest training must be a whole number of epochs from 1 to the longest; received ${min} and ${max}.`, {}, 'Lower the shortest training, or raise the epochs of the model.');
  }
  if (!(Number.isInteger(eta) && eta >= 2 && eta <= 10)) throw new Problem(`The part that goes on must be one in 2 to 10; received ${eta}.`, {}, 'Take 3, as most do.');
  const epochs: number[] = [];
  for (let e = max; e >= min; e = Math.floor(e / eta)) epochs.unshift(e);
  const counts = (n: number): number[] => epochs.map((_, k) => Math.max(1, Math.floor(n / eta ** k)));
  const total = (n: number): number => counts(n).reduce((a, b) => a + b, 0);
  if (total(1) > trials) throw new Problem(`Halving from ${min} to ${max} epochs has ${epochs.length} rounds, so it needs at least ${epochs.length} trials; received ${trials}.`, {}, 'Raise the budget, or the shortest training.');
  let n = 1;
  while (total(n + 1) <= trials) n += 1;
  return counts(n).map((count, k) => ({ count, epochs: epochs[k]! }));
}

export function halvingSearch(spec: StrategySpec): Strategy {
  if (!spec.epochs) throw new Problem('Halving needs to know the shortest and the longest training.', {}, 'Choose a model that trains in epochs.');
  const rounds = halvingRounds(spec.trials, spec.epochs);
  const starts = rounds.map((_, k) => rounds.slice(0, k).reduce((sum, r) => sum + r.count, 0));
  const trials = rounds.reduce((sum, r) => sum + r.count, 0);
  return {
    trials,
    propose(n, outcomes): Proposal | null {
      const k = rounds.findIndex((r, at) => n >= starts[at]! && n < starts[at]! + r.count);
      const round = rounds[k];
      if (!round) return null;
      if (k === 0) return { params: randomPoint(spec.space, spec.seed, n), epochs: round.epochs };
      const before = outcomes.slice(starts[k - 1], starts[k]);
      if (before.length < rounds[k - 1]!.count || before.includes(undefined)) return null;
      const ended = before as Outcome[];
      const order = ended.map((_, i) => i).sort((a, b) => (ended[b]!.score ?? -Infinity) - (ended[a]!.score ?? -Infinity) || a - b);
      return { params: { ...ended[order[n - starts[k]!]!]!.params }, epochs: round.epochs };
    },
  };
}
