/** Models made of other models: who the members are, and bringing such a model back. Knows the catalogue, not what a blend computes. */
import type { AnyModelCard, FitContext, FittedMember, ModelState, Recommender } from '../core/model';
import { parseMembers, type MemberSpec } from '../core/members';
import { unnestStates } from '../core/nested-state';
import { parseParams, type ParamSpecs, type ParamValue } from '../core/params';
import { messageOf, Problem } from '../core/problem';
import { catalogue } from './catalogue';

export interface Member {
  card: AnyModelCard;
  params: Record<string, ParamValue>;
  weight: number;
}

const membersParam = (card: AnyModelCard): string | null => Object.entries(card.params as ParamSpecs).find(([, spec]) => spec.kind === 'members')?.[0] ?? null;
const hasMembers = (card: AnyModelCard): boolean => membersParam(card) !== null;

/** Cards that a blend may name: those that rank, and are no blend themselves. */
export const possibleMembers = (): AnyModelCard[] => catalogue.filter((c) => c.task === 'rank' && !hasMembers(c));

/**
 * None for models that are not made of others.
 * @throws Problem for a model that is not there or cannot be a member, or a setting of its that is out of range
 */
export function membersOf(card: AnyModelCard, params: Record<string, unknown>): Member[] {
  const name = membersParam(card);
  if (name === null) return [];
  const there = possibleMembers();
  let named: MemberSpec[];
  try {
    named = parseMembers(String(params[name]));
  } catch (error) {
    throw new Problem(`${card.name}: ${name} ${messageOf(error)}.`, {}, 'Change the setting and start again.');
  }
  return named.map(({ model, params: given, weight }) => {
    const found = there.find((c) => c.id === model);
    if (!found) throw new Problem(`"${model}" cannot be a member of ${card.name}.`, {}, `Members can be: ${there.map((c) => c.id).join(', ')}.`);
    try {
      return { card: found, params: parseParams(found.params, given) as Record<string, ParamValue>, weight };
    } catch (error) {
      throw new Problem(`${card.name}, member ${found.name}: ${messageOf(error)}`, {}, 'Change the setting and start again.');
    }
  });
}

/** Whether the backend matters, for the model itself or for a member of it. */
export function usesTensors(card: AnyModelCard, params: Record<string, unknown>): boolean {
  if (card.tensors || !hasMembers(card)) return card.tensors;
  return membersOf(card, params).some((m) => m.card.tensors);
}

type RestoreContext = Pick<FitContext<never>, 'train' | 'text'> & { params: Record<string, ParamValue> };

/** What `card.load().restore` gives, for models made of others too. */
export async function restoreModel(card: AnyModelCard, state: ModelState, ctx: RestoreContext): Promise<Recommender> {
  const module = await card.load();
  const members = membersOf(card, ctx.params);
  if (members.length === 0) return module.restore(state, ctx);
  const states = unnestStates(state);
  const fitted: FittedMember[] = [];
  for (const [k, m] of members.entries()) {
    const own = states[k];
    if (!own) throw new Error(`The saved ${card.name} has ${states.length} members, and its settings name ${members.length}.`);
    fitted.push({ id: m.card.id, name: m.card.name, weight: m.weight, model: await restoreModel(m.card, own, { train: ctx.train, text: m.card.needs.text ? ctx.text : null, params: m.params }) });
  }
  return module.restore(state, { ...ctx, members: fitted });
}
