/** The command line's words → one value per option. What is mistyped, given twice or left empty is refused rather than guessed at. */
import { parseArgs } from 'node:util';
import { nearWord } from '../core/near-word';
import type { AnyModelCard } from '../core/model';
import type { ParamSpecs } from '../core/params';
import { Problem } from '../core/problem';
import { catalogue } from '../models/catalogue';

/** Take no value. */
const SWITCHES = ['help', 'list-models', 'demo', 'matrix', 'tune'] as const;
/** May be given several times. */
const LISTS = ['data', 'set', 'range'] as const;
const VALUES = [
  'task', 'folds', 'folds-seed', 'holdout-share', 'search', 'trials', 'minutes',
  'interactions', 'columns', 'users', 'user-columns', 'items', 'item-columns', 'delimiter', 'header', 'encoding', 'core', 'min-value', 'duplicates',
  'split', 'validation', 'cold-share', 'cold-at-most', 'split-seed', 'test-share', 'validation-share', 'test',
  'model', 'preset', 'members', 'seed', 'seeds', 'epochs', 'patience', 'text-column', 'encoder', 'backend', 'kernels', 'threads', 'json',
] as const;
const NAMES: readonly string[] = [...SWITCHES, ...LISTS, ...VALUES];

export type Flags = Partial<Record<(typeof SWITCHES)[number], boolean> & Record<(typeof LISTS)[number], string[]> & Record<(typeof VALUES)[number], string>>;

const HELP = 'See --help for all options.';
const is = <T extends string>(list: readonly T[], name: string): name is T => (list as readonly string[]).includes(name);

/** @throws Problem for the first word that cannot be meant, with the option that is near it */
export function readFlags(argv: readonly string[]): Flags {
  const options = Object.fromEntries(NAMES.map((name) => [name, is(SWITCHES, name) ? { type: 'boolean' as const, ...(name === 'help' ? { short: 'h' } : {}) } : { type: 'string' as const }]));
  const { tokens } = parseArgs({ args: [...argv], strict: false, allowPositionals: true, tokens: true, options });
  const model = tokens.find((t) => t.kind === 'option' && t.name === 'model');
  const flags: Flags = {};
  for (const [k, t] of tokens.entries()) {
    if (t.kind === 'option-terminator') continue;
    if (t.kind === 'positional') throw new Problem(`"${t.value}" follows no option that takes it.`, {}, `Data are named with --data FILE, settings with --set name=value. ${HELP}`);
    const { name, rawName, value } = t;
    if (is(SWITCHES, name)) {
      if (value !== undefined) throw new Problem(`${rawName} takes no value; received "${value}".`, {}, HELP);
      flags[name] = true;
    } else if (is(LISTS, name)) (flags[name] ??= []).push(valueOf(rawName, value, t.inlineValue));
    else if (is(VALUES, name)) {
      const given = valueOf(rawName, value, t.inlineValue);
      if (flags[name] !== undefined) throw new Problem(`${rawName} is given twice: "${flags[name]}" and "${given}".`, {}, 'Give it once.');
      flags[name] = given;
    } else {
      // What follows an unknown option stands by itself.
      const next = tokens[k + 1];
      throw unknown(rawName, name, value ?? (next?.kind === 'positional' ? next.value : undefined), model?.kind === 'option' ? model.value : undefined);
    }
  }
  return flags;
}

function valueOf(option: string, value: string | undefined, inline: boolean | undefined): string {
  if (value === undefined) throw new Problem(`${option} needs a value, and nothing follows it.`, {}, HELP);
  if (!inline && value.startsWith('--')) throw new Problem(`${option} needs a value; the option ${value} follows it.`, {}, `${HELP} A value that begins with two dashes is written ${option}=VALUE.`);
  if (value === '') throw new Problem(`${option} needs a value; received an empty one.`, {}, HELP);
  return value;
}

/** Asked for by other names elsewhere. */
const ELSEWHERE: Record<string, string> = {
  sampled: 'Ranking is over all items, never over a sample; negatives that come with the data are used by --split listed.',
  dataset: 'Data are named with --data FILE.',
  version: 'The version is in every run record, as "build".',
};

function unknown(raw: string, name: string, value: string | undefined, model: string | undefined): Problem {
  const settingsOf = (cards: readonly AnyModelCard[]): string[] => cards.flatMap((c) => Object.entries(c.params as ParamSpecs).flatMap(([param, spec]) => [param, ...(spec.alias === undefined ? [] : [spec.alias])]));
  const near = nearWord(name, NAMES);
  // A setting of the model, or by its very name of any model: those are given with --set.
  const setting = settingsOf(catalogue).includes(name) ? name : near === null ? nearWord(name, settingsOf(catalogue.filter((c) => c.id === model))) : null;
  const remedy = ELSEWHERE[name] ?? (setting !== null ? `${setting} is a setting of the model: --set ${setting}=${value ?? 'VALUE'}.` : near !== null ? `Did you mean --${near}?` : '');
  return new Problem(`There is no option ${raw}.`, {}, `${remedy} ${HELP}`.trim());
}
