/** Members of a blend as text: 'item-knn:0.5,ease(lambda=500;…):0.5'. One form for the address, the saved run and the command line. */

export interface MemberSpec {
  /** Model id. */
  model: string;
  /** As written; what is left out has the model's default. */
  params: Record<string, string>;
  /** At least 0; only the proportions count. */
  weight: number;
}
export const FEWEST_MEMBERS = 2;
export const MOST_MEMBERS = 6;

/**
 * Commas and semicolons inside a value cannot be written, so such settings of a member stay at their default.
 * @throws Error in words that follow the parameter's name
 */
export function parseMembers(text: string): MemberSpec[] {
  const parts = text.split(/,(?![^(]*\))/).map((p) => p.trim()).filter(Boolean);
  const members = parts.map((part): MemberSpec => {
    const found = /^([a-z0-9-]+)(?:\(([^()]*)\))?:([^:()]+)$/.exec(part);
    const weight = Number(found?.[3]);
    if (!found || found[3]!.trim() === '' || !Number.isFinite(weight) || weight < 0 || weight > 1) {
      throw new Error(`must name models with a weight from 0 to 1 each, such as item-knn:0.5,ease(lambda=500):0.5; received ${JSON.stringify(part)}`);
    }
    const params = (found[2] ?? '').split(';').filter((p) => p.trim() !== '').map((p) => {
      const at = p.indexOf('=');
      if (at < 1) throw new Error(`must give a member's settings as (name=value;name=value); received ${JSON.stringify(p)}`);
      return [p.slice(0, at).trim(), p.slice(at + 1).trim()] as const;
    });
    return { model: found[1]!, params: Object.fromEntries(params), weight };
  });
  if (members.length < FEWEST_MEMBERS || members.length > MOST_MEMBERS) throw new Error(`must name from ${FEWEST_MEMBERS} to ${MOST_MEMBERS} models; received ${members.length}`);
  const same = members.find((m, k) => members.findIndex((o) => keyOf(o) === keyOf(m)) < k);
  if (same) throw new Error(`must not name a model twice with the same settings; received ${keyOf(same)} twice`);
  if (members.every((m) => m.weight === 0)) throw new Error('must give at least one model a weight above 0');
  return members;
}

const keyOf = ({ model, params }: MemberSpec): string => {
  const settings = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`).join(';');
  return settings ? `${model}(${settings})` : model;
};

/** Weights to four digits, as a slider gives them. */
export const membersText = (members: readonly MemberSpec[]): string => members.map((m) => `${keyOf(m)}:${Number(m.weight.toFixed(4))}`).join(',');
