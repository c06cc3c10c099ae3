/**
 * What a training run says about where it is, for whoever listens: nothing is listening unless a profile is being taken, and then a call costs
 * one comparison. No import of an engine, so that the experiment may speak without loading one.
 */
import type { ProfilePhase } from '../core/profile';

export interface Clock {
  /** 'aside': the run waits or reports; nobody's work. */
  enter(phase: ProfilePhase | 'aside'): void;
  stepEnded(): void;
}

let clock: Clock | null = null;
export function listen(to: Clock | null): void {
  clock = to;
}
export const enterPhase = (phase: ProfilePhase | 'aside'): void => clock?.enter(phase);
export const stepEnded = (): void => clock?.stepEnded();
