/** Joins the page's wish for a profile with the run it is for: the one under way, or the next one. */
import { Problem } from '../src/core/problem';
import type { StepProfile } from '../src/core/profile';
import type { TrainerCalls } from './protocol';
import type { HandlerContext } from './rpc';

/** More steps say nothing new and delay the answer. */
const MOST_STEPS = 50;

interface Wish {
  steps: number;
  onSteps(profile: StepProfile): void;
  answer(profile: Promise<StepProfile | null> | null): void;
}
let active: { runId: string } | null = null;
let waiting: Wish | null = null;
/** Loaded with the first wish. */
let loaded: Promise<typeof import('../src/compute/profile')> | null = null;
const recorder = () => (loaded ??= import('../src/compute/profile'));

const start = async ({ steps, onSteps }: Wish, runId: string): Promise<StepProfile | null> => (await recorder()).profileSteps({ runId, steps, onSteps });

/** @throws Problem for a number of steps that is not allowed */
export async function profile({ steps }: TrainerCalls['profile'][0], { progress, signal }: HandlerContext<StepProfile>): Promise<StepProfile | null> {
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) throw new Problem(`A profile takes 1 to ${MOST_STEPS} steps; received ${String(steps)}.`, {}, 'Choose a number in that range.');
  return new Promise((resolve, reject) => {
    const wish: Wish = { steps, onSteps: (p) => progress(p), answer: (result) => (result ?? Promise.resolve(null)).then(resolve, reject) };
    signal.addEventListener('abort', () => {
      if (waiting === wish) waiting = null;
      else void recorder().then((r) => r.endProfile());
      reject(signal.reason as Error);
    }, { once: true });
    waiting?.answer(null); // a later wish takes the place of an earlier one
    waiting = null;
    if (active) wish.answer(start(wish, active.runId));
    else waiting = wish;
  });
}

/** A run is about to train on tensors, and its backend is chosen. */
export async function runBegins(runId: string): Promise<void> {
  active = { runId };
  const wish = waiting;
  waiting = null;
  if (!wish) return;
  // Both awaited, so that the recording stands before the first step.
  await Promise.all([recorder(), (await import('../src/compute/profile-peak')).measurePeak()]);
  wish.answer(start(wish, runId));
}

/** The run is over, whatever became of it. A wish it could not meet (no tensors) is answered too. */
export async function runEnds(): Promise<void> {
  active = null;
  waiting?.answer(null);
  waiting = null;
  if (loaded) (await loaded).endProfile();
}
