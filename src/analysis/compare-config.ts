/** What differs between runs, as rows of a table: one row per setting, only those that are not the same everywhere. Pure. */
import type { RatingRun } from '../core/rating-run';
import type { RunRecord } from '../core/run';

export interface ConfigRow {
  part: 'data' | 'split' | 'model' | 'text' | 'run';
  name: string;
  /** One per run; null where the run has no such setting. */
  values: (string | null)[];
}

type Setting = [ConfigRow['part'], string, string | null];
const words = (v: unknown): string | null => (v === null || v === undefined ? null : typeof v === 'object' ? JSON.stringify(v) : String(v));

const dataSettings = ({ name, hash, steps }: RunRecord['data'] | RatingRun['data']): Setting[] => [['data', 'data set', name], ['data', 'data hash', hash.slice(0, 12)], ['data', 'cleaning', steps.map((s) => words(s.step)).join(' ') || 'none']];
const modelSettings = ({ id, params }: RunRecord['model']): Setting[] => [['model', 'model', id], ...Object.entries(params).map(([k, v]): Setting => ['model', k, words(v)])];

function settings(run: RunRecord): Setting[] {
  const { split, model, text } = run;
  return [
    ...dataSettings(run.data),
    ['split', 'split hash', split.hash.slice(0, 12)],
    ...Object.entries(split.spec).map(([k, v]): Setting => ['split', k, words(v)]),
    ...modelSettings(model),
    ['text', 'text column', text?.column ?? 'none'], ['text', 'encoder', text?.encoder ?? null],
    ['run', 'seed', String(run.seed)], ['run', 'backend', run.backend], ['run', 'build', run.build], ['run', 'chosen by', run.selection],
    ['run', 'patience', words(run.measured?.patience)], ['run', 'validation items left out', words(run.measured?.maskValidation)], ['run', 'sampled negatives', words(run.sampled?.negatives)],
  ];
}

function ratingSettings({ data, split, model, seed, build }: RatingRun): Setting[] {
  return [...dataSettings(data), ['split', 'folds', split.name], ['split', 'folds hash', split.hash.slice(0, 12)], ['split', 'cold', words(split.cold)], ...modelSettings(model), ['run', 'seed', String(seed)], ['run', 'build', build]];
}

function diff(each: readonly (readonly Setting[])[]): ConfigRow[] {
  const rows = new Map<string, ConfigRow>();
  each.forEach((list, r) => {
    for (const [part, name, value] of list) {
      const key = `${part} ${name}`;
      const row = rows.get(key) ?? { part, name, values: each.map(() => null) };
      row.values[r] = value;
      rows.set(key, row);
    }
  });
  return [...rows.values()].filter((row) => row.values.some((v) => v !== row.values[0]));
}

/** Worked: two runs that differ only in their seed → one row, seed. One run → no rows. */
export const configDiff = (runs: readonly RunRecord[]): ConfigRow[] => diff(runs.map(settings));
export const ratingConfigDiff = (runs: readonly RatingRun[]): ConfigRow[] => diff(runs.map(ratingSettings));
