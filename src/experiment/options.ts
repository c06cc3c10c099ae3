/** The command line of the headless runner: text in, checked options out. */
import { parseArgs } from 'node:util';
import type { CleaningRule } from '../core/dataset';
import { Problem } from '../core/problem';
import { DEFAULT_SPLIT, type SplitProtocol, type SplitSpec } from '../core/split';
import type { MappingOptions } from '../data/mapping-from-options';
import type { BackendId } from '../../workers/protocol';
import { RATING_USAGE, ratingOptions, type RatingOptions } from './ratings/options';
import { SEARCH_USAGE, searchOptions, type SearchOptions } from './search-options';
import { TEXT_ENCODERS, type TextEncoderId } from './text-input';

export const USAGE = `Runs one experiment without a page and writes its run record.

  npm run -s experiment -- --data FILE [--data FILE]… --model ID [options]
  npm run -s experiment -- --data demo --model ID [options]
  npm run -s experiment -- --interactions FILE --columns user=COL,item=COL[,time=COL][,value=COL] --model ID [options]

Data
  --data FILE            a known data set (zip or file); may be given several times; "demo" is the bundled one
  --interactions FILE    any table of interactions, with --columns
  --columns LIST         user=COL,item=COL[,time=COL][,value=COL]; COL is a header name or a number from 0
  --users FILE           with --user-columns id=COL
  --items FILE           with --item-columns id=COL[,title=COL][,artist=COL][,text=COL]
  --matrix               the interactions file is a wide table, one row per user, one column per item
  --delimiter X          , ; | :: tab space
  --header yes|no        --encoding X
Cleaning (default: no filter, first)
  --core K               --min-value X            --duplicates first|last|sum
Split
  --split last|hash|random|temporal|listed (default last; listed where the data brings test items with negatives)
  --validation yes|no (default yes)
  --cold-share S         share of items that count as cold (default 0.8); or --cold-at-most N train interactions
  --split-seed N         for random               --test-share S --validation-share S   for temporal
  --test FILE            your own test file of user and item
Model
  --model ID             --preset ID              --set param=value (repeatable)
  --seed N               --epochs N               --patience N
  --seeds N,N,…          runs once for each; prints mean ± standard deviation, and --json gives an array of run records
  --members LIST         of a hybrid: item-knn:0.5,ease(lambda=500):0.5     --tune   its weights on validation
  --text-column NAME     item column to embed     --backend auto|wasm|cpu|webgpu
  --encoder ID           with --text-column: minilm (default), tfidf, word2vec or lda, learned from that column with default settings
  --kernels on|off       off: only the operations TensorFlow.js ships, to check ours against
  --threads 1 … 8        for our kernels on WASM (default: the cores here); results are the same to the last bit
${SEARCH_USAGE}${RATING_USAGE}Result
  --json FILE|-          one JSON document; - is standard output. Without it, a table.
  --list-models          --help
`;

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
  /** Tune first, then run the winner. */
  search: SearchOptions | null;
  ratings: RatingOptions;
}
export type Command = { kind: 'help' } | { kind: 'list-models' } | { kind: 'run'; options: Options };

const HELP = 'See --help for all options.';
const bad = (what: string): Problem => new Problem(what, {}, HELP);
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** @throws Problem naming the option and what it takes */
export function parseCommand(argv: readonly string[]): Command {
  const v = parsed(argv);
  if (v.help) return { kind: 'help' };
  if (v['list-models']) return { kind: 'list-models' };
  if (!v.model) throw bad('Say which model to run with --model ID; --list-models prints them.');
  const validation = yesNo('--validation', v.validation) ?? DEFAULT_SPLIT.validation;
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
      params: { ...pairs('--set', v.set ?? []), ...(v.members === undefined ? {} : { members: v.members }), ...(v.tune ? { tune: 'true' } : {}) },
      epochs: v.epochs === undefined ? null : whole('--epochs', v.epochs, 1),
      seed: v.seed === undefined ? (seedList(v)?.[0] ?? 42) : whole('--seed', v.seed, 0),
      seeds: seedList(v),
      patience: v.patience === undefined ? 0 : whole('--patience', v.patience, 0),
      textColumn: v['text-column'] ?? null,
      encoder: encoderOf(v),
      backend: oneOf('--backend', v.backend ?? 'auto', ['auto', 'wasm', 'cpu', 'webgpu', 'webgl']),
      kernels: oneOf('--kernels', v.kernels ?? 'on', ['on', 'off']),
      threads: v.threads === undefined ? null : threadsOf(v.threads),
      json: v.json ?? null,
      search: searchOptions(v),
      ratings: ratingOptions(v),
    },
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        help: { ...flag, short: 'h' }, 'list-models': flag, demo: flag, matrix: flag,
        data: { ...text, multiple: true }, set: { ...text, multiple: true },
        task: text, folds: text, 'folds-seed': text, 'holdout-share': text,
        search: text, trials: text, minutes: text, range: { ...text, multiple: true },
        interactions: text, columns: text, users: text, 'user-columns': text, items: text, 'item-columns': text,
        delimiter: text, header: text, encoding: text, core: text, 'min-value': text, duplicates: text,
        split: text, validation: text, 'cold-share': text, 'cold-at-most': text, 'split-seed': text, 'test-share': text, 'validation-share': text, test: text,
        model: text, preset: text, members: text, tune: flag, seed: text, seeds: text, epochs: text, patience: text, 'text-column': text, encoder: text, backend: text, kernels: text, threads: text, json: text,
      },
    }).values;
  } catch (error) {
    // Node's message names the option; its second sentence is about positional arguments, which there are none of here.
    throw bad(`${(error instanceof Error ? error.message : String(error)).split('. ')[0]!.replace(/\.$/, '')}.`);
  }
}
type Values = ReturnType<typeof parsed>;

function sourceOf(v: Values): Options['source'] {
  const data = v.data ?? [];
  const demo = v.demo === true || (data.length === 1 && data[0] === 'demo');
  const ways = Number(demo) + Number(!demo && data.length > 0) + Number(v.interactions !== undefined);
  if (ways === 0) throw bad('Say which data to use: --data FILE, --data demo, or --interactions FILE with --columns.');
  if (ways > 1) throw bad('Use only one of --data and --interactions.');
  if (demo) return { kind: 'demo' };
  if (v.interactions === undefined) {
    for (const name of ['columns', 'users', 'items', 'matrix'] as const) {
      if (v[name] !== undefined) throw bad(`--${name} belongs to --interactions; --data recognises a known data set by itself.`);
    }
    return { kind: 'recipe', files: data };
  }
  if (!v.columns && !v.matrix) throw bad('--interactions needs --columns user=COL,item=COL (or --matrix for a wide table).');
  if (v.users && !v['user-columns']) throw bad('--users needs --user-columns id=COL.');
  if (v.items && !v['item-columns']) throw bad('--items needs --item-columns id=COL.');
  const header = yesNo('--header', v.header);
  return {
    kind: 'mapped',
    mapping: {
      interactions: v.interactions,
      columns: columnList('--columns', v.columns),
      ...(v.users !== undefined && { users: v.users, userColumns: columnList('--user-columns', v['user-columns']) }),
      ...(v.items !== undefined && { items: v.items, itemColumns: columnList('--item-columns', v['item-columns']) }),
      ...(v.delimiter !== undefined && { delimiter: v.delimiter }),
      ...(header !== null && { header: header ? 'yes' : 'no' }),
      ...(v.encoding !== undefined && { encoding: v.encoding }),
      matrix: v.matrix === true,
    },
  };
}

/** Order: duplicates, then the lowest value, then the core, as on the Data screen. */
function rulesOf(v: Values): CleaningRule[] {
  const rules: CleaningRule[] = [{ kind: 'duplicates', keep: oneOf('--duplicates', v.duplicates ?? 'first', ['first', 'last', 'sum']) }];
  if (v['min-value'] !== undefined) {
    const min = Number(v['min-value']);
    if (v['min-value'].trim() === '' || !Number.isFinite(min)) throw bad(`--min-value takes a number; received "${v['min-value']}".`);
    rules.push({ kind: 'minValue', min });
  }
  if (v.core !== undefined) rules.push({ kind: 'core', k: whole('--core', v.core, 1) });
  return rules;
}

function seedList(v: Values): number[] | null {
  if (v.seeds === undefined) return null;
  if (v.seed !== undefined) throw bad('Use only one of --seed and --seeds.');
  const seeds = v.seeds.split(',').map((s) => whole('--seeds', s.trim(), 0));
  if (new Set(seeds).size < seeds.length) throw bad(`--seeds takes different whole numbers; received "${v.seeds}".`);
  return seeds;
}

function encoderOf(v: Values): TextEncoderId {
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
function whole(name: string, value: string, min: number): number {
  const n = Number(value);
  if (value.trim() === '' || !Number.isInteger(n) || n < min || n > 0xffffffff) throw bad(`${name} takes a whole number from ${min}; received "${value}".`);
  return n;
}
function threadsOf(value: string): number {
  const n = Number(value);
  if (value.trim() === '' || !Number.isInteger(n) || n < 1 || n > 8) throw bad(`--threads takes a whole number from 1 to 8; received "${value}".`);
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
  return value === undefined ? {} : pairs(name, value.split(/,(?=\s*\w+=)/).map((p) => p.trim()));
}
function pairs(name: string, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(given.map((p) => {
    const at = p.indexOf('=');
    if (at < 1) throw bad(`${name} takes name=value; received "${p}".`);
    return [p.slice(0, at), p.slice(at + 1)];
  }));
}
