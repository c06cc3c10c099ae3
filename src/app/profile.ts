/** Profiles of this visit's runs, by run id, and the wish for the next one. They are not kept with the run: a profile is about this machine now. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { messageOf, Problem } from '../core/problem';
import type { StepProfile } from '../core/profile';
import { trainerWorker } from './workers';

export const MOST_PROFILE_STEPS = 50;
export interface ProfileState {
  byRun: Record<string, StepProfile>;
  /** Steps asked for and not yet recorded. */
  asking: number | null;
  /** Why the last wish brought nothing. */
  note: string | null;
  /** Whether the page shows it: the same for every run, so that it stays where a run takes another's place. */
  open: boolean;
}
const store = createStore<ProfileState>(() => ({ byRun: {}, asking: null, note: null, open: false }));
export const showProfile = (open: boolean): void => store.setState({ open });
export const useProfiles = <T>(select: (s: ProfileState) => T): T => useStore(store, select);

let controller: AbortController | null = null;
const keep = (profile: StepProfile): void => store.setState((s) => ({ byRun: { ...s.byRun, [profile.runId]: profile }, asking: null, note: null }));

/** Records steps of the run under way, or of the next one. */
export async function askProfile(steps: number): Promise<void> {
  if (store.getState().asking !== null) return;
  const mine = (controller = new AbortController());
  store.setState({ asking: steps, note: null });
  try {
    const profile = await trainerWorker.call('profile', { steps }, { signal: mine.signal, onProgress: keep });
    if (profile) keep(profile);
    else store.setState({ asking: null, note: 'The run ended before two of its steps were done, or it has no steps on tensors.' });
  } catch (error) {
    if (mine.signal.aborted) return;
    store.setState({ asking: null, note: error instanceof Problem ? error.what : messageOf(error) });
  }
}

/** Takes a wish back that no run has met yet. */
export function forgetProfileWish(): void {
  controller?.abort(new DOMException('Not wanted any more.', 'AbortError'));
  store.setState({ asking: null, note: null });
}
