/** The command line of the headless runner: text in, checked options out. */
import type { CleaningRule } from '../core/dataset';
import { Problem } from '../core/problem';
import { DEFAULT_SPLIT, type SplitProtocol, type SplitSpec } from '../core/split';
import type { MappingOptions } from '../data/mapping-from-options';
import type { BackendId } from '../../workers/protocol';
import { readFlags, type Flags } from './flags';
import { pairsOf } from './pairs';
import { ratingOptions, type RatingOptions } from './ratings/options';
import { searchOptions, type SearchOptions } from './search-options';
import { TEXT_ENCODERS, type TextEncoderId } from './text-input';

export interface Options {
  source: { kind: 'demo' } | { kind: 'recipe'; files: string[] } | { kind: 'mapped'; mapping: MappingOptions };
  rules: CleaningRule[];
  split: SplitSpec;
  /** False: the protocol is only the default, and a test that comes with the data goes before it. */
  splitChosen: boolean;
  testFile: string | null;
  model: string;
  preset: string | null;
  params: Record<string, string>;
  epochs: number | null;
  seed: number;
  /** Several repeats; null for one run with `seed`. */
  seeds: number[] | null;
  patience: number;
  textColumn: string | null;
  encoder: TextEncoderId;
  backend: BackendId | 'auto';
  kernels: 'on' | 'off';
  /** Null: as many as there are cores. */
  threads: number | null;
  json: string | null;
  /** Options that were typed, by name. */
  given: readonly string[];
  /** Tune first, then run the winner. */
  search: SearchOptions | null;
  ratings: RatingOptions;
}
export type Command = { kind: 'help'; /** Whose settings to explain; null for the options themselves. */ model: string | null } | { kind: 'list-models' } | { kind: 'run'; options: Options };

const DELIMITERS = [',', ';', '|', '::', 'tab', 'space', 'comma', 'semicolon', 'bar', 'pipe', '\\t', '\t', ' '];
function delimiterOf(value: string): string {
  if (!DELIMITERS.includes(value.toLowerCase())) throw bad(`--delimiter takes , ; | :: tab or space; received "${value}".`);
  return value;
}

const HELP = 'See --help for all options.';
const bad = (what: string): Problem => new Problem(what, {}, HELP);

/** @throws Problem naming the option and what it takes */
export function parseCommand(argv: readonly string[]): Command {
  const v = readFlags(argv);
  if (v.help) return { kind: 'help', model: v.model ?? null };
  if (v['list-models']) return { kind: 'list-models' };
  if (!v.model) throw bad('Say which model to run with --model ID; --list-models prints them.');
  const validation = yesNo('--validation', v.validation) ?? DEFAULT_SPLIT.validation;
  checkTogether(v);
  return {
    kind: 'run',
    options: {
      source: sourceOf(v),
      rules: rulesOf(v),
      split: {
        protocol: v.test ? 'file' : oneOf('--split', v.split ?? 'last', ['last', 'hash', 'random', 'temporal', 'listed'] satisfies SplitProtocol[]),
        validation,
        cold: v['cold-at-most'] !== undefined
          ? { kind: 'atMost', max: whole('--cold-at-most', v['cold-at-most'], 0) }
          : { kind: 'share', share: share('--cold-share', v['cold-share']) ?? 0.8 },
        seed: v['split-seed'] === undefined ? DEFAULT_SPLIT.seed : whole('--split-seed', v['split-seed'], 0),
        testShare: share('--test-share', v['test-share']) ?? DEFAULT_SPLIT.testShare,
        validationShare: share('--validation-share', v['validation-share']) ?? DEFAULT_SPLIT.validationShare,
      },
      splitChosen: v.split !== undefined || v.test !== undefined,
      testFile: v.test ?? null,
      model: v.model,
      preset: v.preset ?? null,
      // --members and --tune are settings too, so that giving one both ways is seen.
      params: pairsOf('--set', [...(v.set ?? []), ...(v.members === undefined ? [] : [`members=${v.members}`]), ...(v.tune ? ['tune=true'] : [])]),
      epochs: v.epochs === undefined ? null : whole('--epochs', v.epochs, 1),
      seed: v.seed === undefined ? (seedList(v)?.[0] ?? 42) : whole('--seed', v.seed, 0),
      seeds: seedList(v),
      patience: v.patience === undefined ? 0 : whole('--patience', v.patience, 0),
      textColumn: v['text-column'] ?? null,
      encoder: encoderOf(v),
      backend: oneOf('--backend', v.backend ?? 'auto', ['auto', 'wasm', 'cpu', 'webgpu', 'webgl']),
      kernels: oneOf('--kernels', v.kernels ?? 'on', ['on', 'off']),
      threads: v.threads === undefined ? null : whole('--threads', v.threads, 1, 8),
      json: v.json ?? null,
      given: Object.keys(v),
      search: searchOptions(v),
      ratings: ratingOptions(v),
    },
  };
}

function sourceOf(v: Flags): Options['source'] {
  const data = v.data ?? [];
  const files = data.filter((name) => name !== 'demo');
  const demo = v.demo === true || files.length < data.length;
  const ways = Number(demo) + Number(files.length > 0) + Number(v.interactions !== undefined);
  if (ways === 0) throw bad('Say which data to use: --data FILE, --data demo, or --interactions FILE with --columns.');
  if (ways > 1) throw bad(v.interactions === undefined ? 'The demo stands alone: leave out the other --data.' : 'Use only one of --data and --interactions.');
  if (v.interactions === undefined) {
    for (const name of ['columns', 'users', 'user-columns', 'items', 'item-columns', 'matrix', 'delimiter', 'header', 'encoding'] as const) {
      if (v[name] !== undefined) throw bad(`--${name} belongs to --interactions; --data recognises a known data set by itself.`);
    }
    return demo ? { kind: 'demo' } : { kind: 'recipe', files };
  }
  if (!v.columns && !v.matrix) throw bad('--interactions needs --columns user=COL,item=COL (or --matrix for a wide table).');
  if (v.users && !v['user-columns']) throw bad('--users needs --user-columns id=COL.');
  if (v.items && !v['item-columns']) throw bad('--items needs --item-columns id=COL.');
  if (v['user-columns'] && !v.users) throw bad('--user-columns needs --users FILE.');
  if (v['item-columns'] && !v.items) throw bad('--item-columns needs --items FILE.');
  const header = yesNo('--header', v.header);
  return {
    kind: 'mapped',
    mapping: {
      interactions: v.interactions,
      columns: columnList('--columns', v.columns),
      ...(v.users !== undefined && { users: v.users, userColumns: columnList('--user-columns', v['user-columns']) }),
      ...(v.items !== undefined && { items: v.items, itemColumns: columnList('--item-columns', v['item-columns']) }),
      ...(v.delimiter !== undefined && { delimiter: delimiterOf(v.delimiter) }),
      ...(header !== null && { header: header ? 'yes' : 'no' }),
      ...(v.encoding !== undefined && { encoding: v.encoding }),
      matrix: v.matrix === true,
    },
  };
}

/** Order: duplicates, then the lowest value, then the core, as on the Data screen. */
function rulesOf(v: Flags): CleaningRule[] {
  const rules: CleaningRule[] = [{ kind: 'duplicates', keep: oneOf('--duplicates', v.duplicates ?? 'first', ['first', 'last', 'sum']) }];
  if (v['min-value'] !== undefined) {
    const min = Number(v['min-value']);
    if (v['min-value'].trim() === '' || !Number.isFinite(min)) throw bad(`--min-value takes a number; received "${v['min-value']}".`);
    rules.push({ kind: 'minValue', min });
  }
  if (v.core !== undefined) rules.push({ kind: 'core', k: whole('--core', v.core, 1) });
  return rules;
}

function seedList(v: Flags): number[] | null {
  if (v.seeds === undefined) return null;
  if (v.seed !== undefined) throw bad('Use only one of --seed and --seeds.');
  const seeds = v.seeds.split(',').map((s) => whole('--seeds', s.trim(), 0));
  if (new Set(seeds).size < seeds.length) throw bad(`--seeds takes different whole numbers; received "${v.seeds}".`);
  return seeds;
}

function encoderOf(v: Flags): TextEncoderId {
  if (v.encoder !== undefined && v['text-column'] === undefined) throw bad('--encoder needs --text-column: say which column to read.');
  return oneOf('--encoder', v.encoder ?? 'minilm', TEXT_ENCODERS);
}

function yesNo(name: string, value: string | undefined): boolean | null {
  return value === undefined ? null : oneOf(name, value, ['yes', 'no']) === 'yes';
}
function oneOf<const V extends string>(name: string, value: string, allowed: readonly V[]): V {
  const found = allowed.find((a) => a === value);
  if (!found) throw bad(`${name} takes ${allowed.join(', ')}; received "${value}".`);
  return found;
}
function whole(name: string, value: string, min: number, max = 0xffffffff): number {
  const n = Number(value);
  if (value.trim() === '' || !Number.isInteger(n) || n < min || n > max) throw bad(`${name} takes a whole number from ${min} to ${max}; received "${value}".`);
  return n;
}
function share(name: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const n = Number(value);
  if (value.trim() === '' || !(n >= 0 && n <= 1)) throw bad(`${name} takes a share from 0 to 1; received "${value}".`);
  return n;
}
/** role=COL,role=COL; a comma that is not followed by role= belongs to the column's name. */
function columnList(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : pairsOf(name, value.split(/,(?=\s*\w+=)/).map((p) => p.trim()));
}

/** What would say two things at once, or say something of a split that is not asked for. */
function checkTogether(v: Flags): void {
  const only = (a: keyof Flags, b: keyof Flags): void => {
    if (v[a] !== undefined && v[b] !== undefined) throw bad(`Use only one of --${a} and --${b}.`);
  };
  const belongs = (name: keyof Flags, protocol: SplitProtocol): void => {
    if (v[name] !== undefined && v.split !== protocol) throw bad(`--${name} belongs to --split ${protocol}.`);
  };
  only('cold-share', 'cold-at-most');
  only('split', 'test');
  belongs('split-seed', 'random');
  belongs('test-share', 'temporal');
  belongs('validation-share', 'temporal');
  if (v.patience !== undefined && v.patience !== '0' && v.validation === 'no') throw bad('--patience ends training by validation, which --validation no leaves out.');
  if (v.search !== undefined && v.validation === 'no') throw bad('--search chooses settings by validation, which --validation no leaves out.');
}
