/** A recipe knows one public data set: how to tell it by its contents and how to read it. */
import type { EntityTable, PublishedFolds, SourceFile } from '../../core/dataset';
import type { LoneTable } from '../../core/lone-table';
import type { ListedTestIds } from '../assemble';
import type { SideIds } from '../side-facts';
import type { ByteSource } from '../read/byte-source';
import type { ReadInteractions } from '../read/interactions';
import type { Rejected } from '../read/rejected';
import { detectEncoding } from '../read/encoding';
import { readRows, type DataRows, type Table } from '../read/table';

/** A file with the start of its text (bytes read as Latin letters: enough to know a format by). */
export interface Candidate {
  source: ByteSource;
  start: string;
}

export interface RecipeContext {
  rejected: Rejected;
  signal?: AbortSignal;
  onProgress(label: string, source: ByteSource, done: number): void;
}

export interface RecipeResult {
  sources: SourceFile[];
  interactions: Omit<ReadInteractions, 'about'>;
  users: EntityTable | null;
  items: EntityTable | null;
  /** The one table there is, when no file holds interactions. */
  lone?: LoneTable;
  /** Test items with their negatives, where the files bring them. */
  listed?: ListedTestIds;
  folds?: PublishedFolds;
  /** Friends and dated labels, where the files bring them. */
  side?: SideIds;
  notes: string[];
}

export interface Recipe {
  id: string;
  name: string;
  /** Why these files are this data set, in plain words; null if they are not. */
  recognise(files: readonly Candidate[]): string | null;
  read(files: readonly Candidate[], ctx: RecipeContext): Promise<RecipeResult>;
}

/** Complete lines of the start, line ends removed. */
export function startLines(c: Candidate): string[] {
  const lines = c.start.split(/\r?\n/);
  if (lines.length > 1) lines.pop();
  return lines;
}

/** The file whose first lines (without the header, if it has one) all fit; the largest if several do. */
export function findFile(files: readonly Candidate[], row: RegExp, header?: RegExp): Candidate | undefined {
  return files
    .filter((c) => {
      const lines = startLines(c).slice(0, 200);
      const body = header ? lines.slice(1) : lines;
      return (!header || header.test(lines[0] ?? '')) && body.length > 0 && body.every((l) => l === '' || row.test(l));
    })
    .sort((a, b) => b.source.size - a.source.size)[0];
}

export interface RawFormat {
  delimiter: string;
  header: boolean;
  names: string[];
}

/** Reads a file whose format is known: no quoting, only the encoding is found out. Returns its line in `sources`. */
export async function readRaw(file: Candidate, format: RawFormat, role: SourceFile['role'], ctx: RecipeContext, onRows: (rows: DataRows) => void): Promise<SourceFile> {
  const table = await rawTable(file, format, ctx);
  const rows = await readRows(table, ctx.rejected, onRows, progressOf(file, ctx));
  return sourceFile(file, role, rows, ctx);
}

export const progressOf = (file: Candidate, ctx: RecipeContext) => ({ signal: ctx.signal, onDone: (done: number) => ctx.onProgress('Reading', file.source, done) });

export const sourceFile = (file: Candidate, role: SourceFile['role'], rows: number, ctx: RecipeContext): SourceFile => ({ name: file.source.key, bytes: file.source.size, role, rows, rejected: ctx.rejected.count(file.source.key) });

export async function rawTable(file: Candidate, format: RawFormat, ctx: RecipeContext): Promise<Table> {
  const encoding = await detectEncoding(file.source, ctx.signal, (done) => ctx.onProgress('Checking the encoding of', file.source, done));
  const shape = { encoding: encoding.label, encodingReason: encoding.reason, delimiter: format.delimiter, quotes: 'off' as const, header: format.header, names: format.names };
  const lines = startLines(file).slice(format.header ? 1 : 0, 200).filter(Boolean);
  return { source: file.source, shape, sample: lines.map((l) => l.split(format.delimiter)), sampleLines: [], complete: false };
}
