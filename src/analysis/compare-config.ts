/** What differs between runs, as rows of a table: one row per setting, only those that are not the same everywhere. Pure. */
import type { RunRecord } from '../core/run';

export interface ConfigRow {
  part: 'data' | 'split' | 'model' | 'text' | 'run';
  name: string;
  /** One per run; null where the run has no such setting. */
  values: (string | null)[];
}

const words = (v: unknown): string | null => (v === null || v === undefined ? null : typeof v === 'object' ? JSON.stringify(v) : String(v));

function settings(run: RunRecord): [ConfigRow['part'], string, string | null][] {
  const { split, model, text } = run;
  return [
    ['data', 'data set', run.data.name], ['data', 'data hash', run.data.hash.slice(0, 12)], ['data', 'cleaning', run.data.steps.map((s) => words(s.step)).join(' ') || 'none'],
    ['split', 'split hash', split.hash.slice(0, 12)],
    ...Object.entries(split.spec).map(([k, v]): [ConfigRow['part'], string, string | null] => ['split', k, words(v)]),
    ['model', 'model', model.id],
    ...Object.entries(model.params).map(([k, v]): [ConfigRow['part'], string, string | null] => ['model', k, words(v)]),
    ['text', 'text column', text?.column ?? 'none'], ['text', 'encoder', text?.encoder ?? null],
    ['run', 'seed', String(run.seed)], ['run', 'backend', run.backend], ['run', 'build', run.build], ['run', 'chosen by', run.selection],
    ['run', 'patience', words(run.measured?.patience)], ['run', 'validation items left out', words(run.measured?.maskValidation)], ['run', 'sampled negatives', words(run.sampled?.negatives)],
  ];
}

/** Worked: two runs that differ only in their seed → one row, seed. One run → no rows. */
export function configDiff(runs: readonly RunRecord[]): ConfigRow[] {
  const rows = new Map<string, ConfigRow>();
  runs.forEach((run, r) => {
    for (const [part, name, value] of settings(run)) {
      const key = `${part} ${name}`;
      const row = rows.get(key) ?? { part, name, values: runs.map(() => null) };
      row.values[r] = value;
      rows.set(key, row);
    }
  });
  return [...rows.values()].filter((row) => row.values.some((v) => v !== row.values[0]));
}
