/** What differs between runs in the words of the forms: names of models, labels of choices, on and off; never a bare id. */
import { configDiff, ratingConfigDiff, type ConfigRow } from '../../analysis/compare-config';
import { parseMembers } from '../../core/members';
import type { ParamSpec } from '../../core/params';
import type { RatingRun } from '../../core/rating-run';
import type { RunRecord } from '../../core/run';
import type { CleaningRule } from '../../core/dataset';
import { catalogue } from '../../models/catalogue';
import { percent } from '../../ui/format';
import { PROTOCOLS, ruleName } from '../data/words';
import { backendNames } from '../shell/backend';

export interface SettingRow {
  part: 'Data' | 'Split' | 'Model' | 'Text' | 'Run';
  label: string;
  /** One per run; null where the run has no such setting. */
  values: (string | null)[];
}

const PARTS: Record<ConfigRow['part'], SettingRow['part']> = { data: 'Data', split: 'Split', model: 'Model', text: 'Text', run: 'Run' };
const SPLIT_LABELS: Record<string, string> = { folds: 'folds', protocol: 'held out', validation: 'validation set', cold: 'cold items', seed: 'split seed', testShare: 'test share', validationShare: 'validation share' };
const CHOSEN_BY: Record<RunRecord['selection'], string> = { validation: 'best epoch on validation', test: 'best epoch on test', last: 'last epoch', none: 'no epochs' };

const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);
const modelName = (id: string): string => catalogue.find((c) => c.id === id)?.name ?? id;
const specOf = (run: Pick<RunRecord, 'model'>, name: string): ParamSpec | undefined => (catalogue.find((c) => c.id === run.model.id)?.params as Record<string, ParamSpec> | undefined)?.[name];

/** A parameter's value as its form shows it. What the form no longer knows stays as it was saved. */
export function paramWords(spec: ParamSpec | undefined, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (spec?.kind === 'choice') return spec.options.find((o) => o.value === value)?.label ?? String(value);
  if (spec?.kind === 'columns') return value === '*' ? 'all there are' : value === '' ? 'none' : String(value);
  if (spec?.kind === 'members') return membersWords(String(value));
  return String(value);
}

function membersWords(text: string): string {
  try {
    return parseMembers(text).map((m) => `${modelName(m.model)} × ${m.weight}`).join(', ');
  } catch {
    return text;
  }
}

const coldWords = (cold: RunRecord['split']['spec']['cold']): string => (cold.kind === 'share' ? `the ${percent(cold.share)} with fewest in training` : `at most ${cold.max} in training`);

/** What runs of either task say alike. */
function sharedWords(run: Pick<RunRecord, 'model'> & { data: { steps: readonly { step: unknown }[] } }, { part, name }: ConfigRow, saved: string): string {
  if (part === 'data' && name === 'cleaning') return run.data.steps.map((s) => ruleName(s.step as CleaningRule)).join(', ') || 'none';
  if (part === 'model') return name === 'model' ? modelName(run.model.id) : paramWords(specOf(run, name), run.model.params[name]);
  return saved === 'true' ? 'yes' : saved === 'false' ? 'no' : saved;
}

function valueWords(run: RunRecord, row: ConfigRow, saved: string): string {
  const { cold, protocol } = run.split.spec;
  switch (`${row.part} ${row.name}`) {
    case 'split protocol':
      return PROTOCOLS.find((p) => p.value === protocol)?.label ?? saved;
    case 'split cold':
      return coldWords(cold);
    case 'run backend':
      return (backendNames as Record<string, string>)[run.backend] ?? saved;
    case 'run chosen by':
      return CHOSEN_BY[run.selection];
  }
  return sharedWords(run, row, saved);
}

/** A setting is called what the form of the first model that has it calls it. */
function worded<R extends Pick<RunRecord, 'model'>>(rows: readonly ConfigRow[], runs: readonly R[], words: (run: R, row: ConfigRow, saved: string) => string): SettingRow[] {
  return rows.map((row) => ({
    part: PARTS[row.part],
    label: row.name === 'model' ? 'Name' : capital(row.part === 'model' ? (runs.flatMap((r) => (row.name in r.model.params ? (specOf(r, row.name)?.label ?? []) : []))[0] ?? row.name) : row.part === 'split' ? (SPLIT_LABELS[row.name] ?? row.name) : row.name),
    values: row.values.map((v, r) => (v === null ? null : words(runs[r]!, row, v))),
  }));
}

/** What differs between runs that rank, worded. */
export const settingRows = (runs: readonly RunRecord[]): SettingRow[] => worded(configDiff(runs), runs, valueWords);
/** What differs between rating runs, worded. */
export const ratingSettingRows = (runs: readonly RatingRun[]): SettingRow[] =>
  worded(ratingConfigDiff(runs), runs, (run, row, saved) => (row.part === 'split' && row.name === 'cold' ? coldWords(run.split.cold) : sharedWords(run, row, saved)));
