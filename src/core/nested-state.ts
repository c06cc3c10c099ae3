/** Several models' states in one, so that a model made of others can be stored like any other. */
import type { ModelState } from './model';

/** Arrays of member k stand under 'k/name', its version and meta in the meta. */
export function nestStates(members: readonly ModelState[], meta: Record<string, unknown>): ModelState {
  return {
    version: 1,
    arrays: Object.fromEntries(members.flatMap((m, k) => Object.entries(m.arrays).map(([name, array]) => [`${k}/${name}`, array] as const))),
    meta: { ...meta, members: members.map(({ version, meta: own }) => ({ version, meta: own })) },
  };
}

/** @throws Error when the state holds no members */
export function unnestStates(state: ModelState): ModelState[] {
  const members = state.meta['members'];
  if (!Array.isArray(members)) throw new Error('This state holds no members.');
  return (members as Pick<ModelState, 'version' | 'meta'>[]).map(({ version, meta }, k) => ({
    version, meta,
    arrays: Object.fromEntries(Object.entries(state.arrays).filter(([name]) => name.startsWith(`${k}/`)).map(([name, array]) => [name.slice(`${k}/`.length), array])),
  }));
}
