/** Published or independently computed figures that the page can reproduce on files a person has, and how ours are judged against them. Pure. */
import type { CleaningRule, Counts } from '../core/dataset';
import type { SliceId } from '../core/metric';
import type { ParamValue } from '../core/params';
import type { RunRecord } from '../core/run';
import { DEFAULT_SPLIT, type SplitSpec } from '../core/split';

export interface PublishedFigure {
  slice: SliceId;
  /** 'HR@10', 'RMSE' */
  metric: string;
  value: number;
  /** Largest difference that still counts as a hit. */
  tolerance: number;
  /** Where the value is written, when it is not the table's own source. */
  source?: string;
  /** What the paper prints, where an independent run on exactly these files is the sharper target. */
  paper?: number;
}

export interface PublishedRow {
  id: string;
  name: string;
  model: string;
  params: Record<string, ParamValue>;
  /** One seed where there is no chance in it; else the mean over these is judged. */
  seeds: readonly number[];
  figures: readonly PublishedFigure[];
  /** Only where it takes long: about how many processor seconds, all seeds together. */
  slow?: number;
}

export interface PublishedTable {
  id: string;
  title: string;
  /** What the figures are and what is asked of ours, in words. */
  note: string;
  source: string;
  /** File a person brings, as it is called where it is downloaded. */
  file: string;
  recipe: string;
  /** A member of that file (or a file beside it) that says what is test, where the split is 'file'. */
  testFile?: { name: string; bytes: number };
  /** Cleaning beyond leaving out repeated rows. */
  rules: readonly CleaningRule[];
  /** After cleaning: how the right data are known. */
  counts: Counts;
  /** Null where ratings are predicted on the folds that came with the data. */
  split: SplitSpec | null;
  rows: readonly PublishedRow[];
}

/** @throws Error when the table has no such row */
export function rowOf(table: PublishedTable, id: string): PublishedRow {
  const row = table.rows.find((r) => r.id === id);
  if (!row) throw new Error(`There is no row "${id}" in ${table.title}.`);
  return row;
}

/** All of these measure without a validation set. */
export const publishedSplit = (protocol: SplitSpec['protocol']): SplitSpec => ({ ...DEFAULT_SPLIT, protocol, validation: false });

export interface DataInUse {
  name: string;
  recipe: string;
  counts: Counts;
  rawCounts: Counts;
  rules: readonly CleaningRule[];
}
/** 'test': the data are right, and only the file that says what is test is missing. */
export type Fit = { kind: 'fits' } | { kind: 'clean' | 'test' | 'other'; why: string };

const thousands = new Intl.NumberFormat('en-US');
const words = (c: Counts): string => `${thousands.format(c.interactions)} interactions of ${thousands.format(c.users)} users with ${thousands.format(c.items)} items`;

/**
 * Whether the loaded data are those of the table; 'clean' where they are once its cleaning is applied.
 * @param test the file at hand that says what is test
 */
export function dataFits(table: PublishedTable, data: DataInUse | null, test: { name: string; size: number } | null = null): Fit {
  if (!data) return { kind: 'other', why: `Nothing is loaded. Needed: ${table.file}.` };
  if (data.recipe !== table.recipe) return { kind: 'other', why: `${data.name} is loaded. Needed: ${table.file}.` };
  const same = (['interactions', 'users', 'items'] as const).every((k) => data.counts[k] === table.counts[k]);
  const { testFile } = table;
  if (same && testFile && !isTestFile(testFile, test)) return { kind: 'test', why: `${data.name} is loaded. What is test stands in ${testFile.name}, which is inside ${table.file}.` };
  if (same) return { kind: 'fits' };
  const wanted = JSON.stringify(cleaningOf(table));
  if (JSON.stringify(data.rules) !== wanted) return { kind: 'clean', why: `${data.name} is loaded, but cleaned another way: ${words(data.counts)} instead of ${words(table.counts)}.` };
  return { kind: 'other', why: `${data.name} is recognised, but has ${words(data.counts)} where the figures rest on ${words(table.counts)}: another version of the file, or rows are missing.` };
}

/** Known by name and size: a file of that name with other rows would give other figures. */
export const isTestFile = (wanted: NonNullable<PublishedTable['testFile']>, file: { name: string; size: number } | null): boolean => file !== null && file.name === wanted.name && file.size === wanted.bytes;

/** The rules to apply, in full. */
export const cleaningOf = (table: PublishedTable): CleaningRule[] => [{ kind: 'duplicates', keep: 'first' }, ...table.rules];

export interface Verdict {
  row: PublishedRow;
  figure: PublishedFigure;
  source: string;
  /** Mean over the row's seeds; null while a run is missing. */
  ours: number | null;
  /** Ours minus published. */
  difference: number | null;
  verdict: 'hit' | 'miss' | null;
  /** Finished runs of the row. */
  runs: number;
}

/** @param valuesOf the figure in each finished run of the row, at most one a seed */
export function verdictsOf(table: PublishedTable, valuesOf: (row: PublishedRow, figure: PublishedFigure) => readonly number[]): Verdict[] {
  return table.rows.flatMap((row) =>
    row.figures.map((figure): Verdict => {
      const values = valuesOf(row, figure);
      const ours = values.length === row.seeds.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
      const difference = ours === null ? null : ours - figure.value;
      return {
        row, figure, source: figure.source ?? table.source, ours, difference, runs: values.length,
        // The slack is for the last bit of a sum, not for the figure.
        verdict: difference === null ? null : Math.abs(difference) <= figure.tolerance + 1e-12 ? 'hit' : 'miss',
      };
    }));
}

/** The figure in runs that rank. */
export const rankedValues = (runs: readonly RunRecord[], figure: PublishedFigure): number[] => runs.flatMap((r) => r.test[figure.slice].metrics[figure.metric]?.value ?? []);

export const verdictHeader = ['model', 'slice', 'metric', 'published', 'ours', 'difference', 'tolerance', 'verdict', 'seeds', 'in the paper', 'source'] as const;
export const verdictRow = (v: Verdict): (string | number | null)[] => [
  v.row.name, v.figure.slice, v.figure.metric, v.figure.value, v.ours, v.difference, v.figure.tolerance, v.verdict ?? 'not run', v.row.seeds.join(' '), v.figure.paper ?? null, v.source,
];
