/** Parameter declarations. One declaration gives the form, its help, the URL, the saved run, the command line and its checks. */
import { messageOf } from './problem';
import { z } from './schema';
import { membersText, parseMembers } from './members';

interface Common {
  label: string;
  help: string;
  /** Shown under "more settings". */
  advanced?: boolean;
  /** Another name it may be given under, where the literature has one ("iterations" for "epochs"). */
  alias?: string;
}
export interface IntParam extends Common { kind: 'int'; min: number; max: number; default: number; scale?: 'linear' | 'log' }
export interface NumberParam extends Common { kind: 'number'; min: number; max: number; default: number; scale?: 'linear' | 'log' }
export interface ChoiceParam<V extends string = string> extends Common { kind: 'choice'; options: readonly { value: V; label: string; help?: string }[]; default: V }
export interface ToggleParam extends Common { kind: 'toggle'; default: boolean }
/** Categorical columns of users or items to feed in. '*' = every one the data set has. */
export interface ColumnsParam extends Common { kind: 'columns'; entity: 'users' | 'items'; default: '*' }
/** Other models that are fitted first, with a weight each, as the text of `parseMembers`. A card has at most one. */
export interface MembersParam extends Common { kind: 'members'; default: string }
export type ParamSpec = IntParam | NumberParam | ChoiceParam | ToggleParam | ColumnsParam | MembersParam;
export type ParamSpecs = Record<string, ParamSpec>;

export type ParamValue = number | string | boolean;
type ValueOf<S extends ParamSpec> =
  S extends ChoiceParam<infer V> ? V : S extends { kind: 'toggle' } ? boolean : S extends { kind: 'columns' | 'members' } ? string : number;
export type ParamsOf<P extends ParamSpecs> = { [K in keyof P]: ValueOf<P[K]> };

/** Typed choice: keeps the literal values of its options. */
export const choice = <const V extends string>(p: Omit<ChoiceParam<V>, 'kind'>): ChoiceParam<V> => ({ kind: 'choice', ...p });

export function defaultsOf<P extends ParamSpecs>(specs: P): ParamsOf<P> {
  return Object.fromEntries(Object.entries(specs).map(([k, s]) => [k, s.default])) as ParamsOf<P>;
}

/**
 * Checks values against their declaration and fills in defaults.
 * Text is accepted where a number or truth value is meant ("20", "true"), because URLs and command lines carry text.
 * @throws Error naming the parameter, the value received and what is allowed.
 */
export function parseParams<P extends ParamSpecs>(specs: P, given: Record<string, unknown>): ParamsOf<P> {
  const out: Record<string, ParamValue> = {};
  const aliases = new Set(Object.values(specs).flatMap((s) => (s.alias !== undefined && !(s.alias in specs) ? [s.alias] : [])));
  for (const name of Object.keys(given)) {
    if (!(name in specs) && !aliases.has(name)) throw new Error(`There is no parameter "${name}". This model has: ${Object.keys(specs).join(', ') || 'none'}.`);
  }
  for (const [name, spec] of Object.entries(specs)) {
    // Where both are given, the alias counts: presets carry the main name, so the other one was typed.
    const as = spec.alias !== undefined && aliases.has(spec.alias) && given[spec.alias] !== undefined ? spec.alias : name;
    const value = given[as];
    out[name] = value === undefined ? spec.default : parseOne(as, spec, value);
  }
  return out as ParamsOf<P>;
}

function parseOne(name: string, spec: ParamSpec, value: unknown): ParamValue {
  const received = `received ${JSON.stringify(value)}`;
  switch (spec.kind) {
    case 'int':
    case 'number': {
      const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const ok = z.number().min(spec.min).max(spec.max).safeParse(n);
      if (!ok.success || (spec.kind === 'int' && !Number.isInteger(n))) {
        throw new Error(`${name} must be ${spec.kind === 'int' ? 'a whole number' : 'a number'} from ${spec.min} to ${spec.max}; ${received}.`);
      }
      return ok.data;
    }
    case 'choice':
      if (!spec.options.some((o) => o.value === value)) {
        throw new Error(`${name} must be one of ${spec.options.map((o) => o.value).join(', ')}; ${received}.`);
      }
      return value as string;
    case 'toggle': {
      const t = value === 'true' || value === 'yes' ? true : value === 'false' || value === 'no' ? false : value;
      if (typeof t !== 'boolean') throw new Error(`${name} must be true or false; ${received}.`);
      return t;
    }
    case 'members':
      if (typeof value !== 'string') throw new Error(`${name} must be text such as item-knn:0.5,ease:0.5; ${received}.`);
      try {
        return membersText(parseMembers(value));
      } catch (error) {
        throw new Error(`${name} ${messageOf(error)}.`);
      }
    case 'columns':
      if (typeof value !== 'string') throw new Error(`${name} must be * or column names separated by commas (empty for none); ${received}.`);
      return value;
  }
}

/** Which columns of a table a `columns` parameter names; '*' = all of `available`, '' = none. */
export function chosenColumns(value: string, available: readonly string[]): string[] {
  if (value === '*') return [...available];
  const names = value.split(',').map((s) => s.trim()).filter(Boolean);
  for (const n of names) if (!available.includes(n)) throw new Error(`There is no categorical column "${n}". Available: ${available.join(', ') || 'none'}.`);
  return names;
}
