/** The encoder chosen on this screen, with its settings checked. */
import type { EncoderId, Learner, LearnerId } from '../../../workers/protocol';
import { textStore, type AnyEncoderId } from '../../app/text';
import { describePlace, Problem } from '../../core/problem';
import { LEARNERS, learnerOf } from '../../text/learner-cards';

export const isLearner = (id: AnyEncoderId): id is LearnerId => LEARNERS.some((l) => l.id === id);

/** @throws Problem naming the setting that cannot be, and what can */
export function chosenEncoder(): EncoderId | Learner {
  const { encoder, settings } = textStore.getState();
  return isLearner(encoder) ? learnerOf(encoder, settings[encoder] ?? {}) : encoder;
}

/** Why the settings cannot be used; null where they can. */
export function settingsFault(id: LearnerId, given: Record<string, unknown>): string | null {
  try {
    learnerOf(id, given);
    return null;
  } catch (error) {
    return error instanceof Problem ? [error.what, describePlace(error.place)].filter(Boolean).join(' ') : String(error);
  }
}
