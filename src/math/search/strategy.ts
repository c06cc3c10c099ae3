/**
 * What every strategy of search answers: which settings trial n takes.
 * It is a pure function of the declaration, n and the results trial n may look at, so a search that was cut off
 * goes on with the very trials it would have made, whatever order trials ended in.
 */
import type { Point, Space } from './space';

/** How one trial ended. Null: it failed, or it has no score. Higher is better. */
export interface Outcome {
  params: Point;
  score: number | null;
}

export interface Proposal {
  params: Point;
  /** Where the strategy itself decides how long to train. */
  epochs?: number;
}

export interface Strategy {
  /** Trials in all, at most. */
  readonly trials: number;
  /** Settings of trial n, from 0; null while results it rests on are missing. `outcomes[k]` is undefined until trial k has ended. */
  propose(n: number, outcomes: readonly (Outcome | undefined)[]): Proposal | null;
}

export type StrategyId = 'random' | 'grid' | 'tpe' | 'halving';

export interface StrategySpec {
  id: StrategyId;
  space: Space;
  seed: number;
  /** Budget in trials. */
  trials: number;
  /** Trials that run side by side: a trial of TPE looks at none of the last so many. From 1. */
  workers: number;
  /** Only for halving: the longest and the shortest training, in epochs, and how many times fewer go on to the next round. */
  epochs?: { min: number; max: number; eta: number };
}

/** The lowest trial that has neither ended nor begun and whose settings are known; null when there is none now. */
export function nextTrial(strategy: Strategy, outcomes: readonly (Outcome | undefined)[], running: ReadonlySet<number>): { n: number; proposal: Proposal } | null {
  for (let n = 0; n < strategy.trials; n++) {
    if (outcomes[n] !== undefined || running.has(n)) continue;
    const proposal = strategy.propose(n, outcomes);
    // Later trials rest on at least as much, so there is nothing to be had behind the first that has to wait.
    return proposal && { n, proposal };
  }
  return null;
}
