/** A text table: what shape it has, and its rows with their line numbers. */
import type { ReadOptions } from '../../../workers/protocol';
import { Problem } from '../../core/problem';
import type { ByteSource } from './byte-source';
import { breathe } from './macrotask';
import { detectDelimiter } from './delimiter';
import { decodeText, detectEncoding } from './encoding';
import { detectHeader } from './header';
import { createRowSplitter, type RowBatch } from './split-rows';
import { BROKEN_RECORD } from './records';
import type { Rejected } from './rejected';

export interface TableShape {
  encoding: string;
  encodingReason: string;
  delimiter: string;
  quotes: 'auto' | 'off';
  header: boolean;
  /** Header names (repeats numbered), or 'column 0', 'column 1', … */
  names: string[];
}

export interface Table {
  source: ByteSource;
  shape: TableShape;
  /** First data rows, header excluded, and the line each starts on. */
  sample: string[][];
  sampleLines: number[];
  /** Whether the sample is all there is. */
  complete: boolean;
}

export interface ReadContext {
  signal?: AbortSignal;
  /** Bytes of the source read so far. */
  onDone?(done: number): void;
  /** Bytes read at a time where rows are read as bytes: about a million, which is quick and can be cancelled. */
  piece?: number;
}

const SAMPLE_CHARACTERS = 2 ** 19;
const SAMPLE_ROWS = 2000;

/**
 * Finds encoding, delimiter and header, each unless `options` says it.
 * @throws Problem for an empty file or text that does not fit a chosen encoding
 */
export async function openTable(source: ByteSource, options: ReadOptions & { quotes?: 'auto' | 'off' } = {}, ctx: ReadContext = {}): Promise<Table> {
  if (source.records) return openRecords(source, ctx);
  const found = options.encoding ? { label: options.encoding, reason: 'Chosen by hand.' } : await detectEncoding(source, ctx.signal, ctx.onDone);
  let text = '';
  let complete = true;
  for await (const piece of decodeText(source, found.label, ctx.signal)) {
    text += piece;
    if (text.length > SAMPLE_CHARACTERS) {
      complete = false;
      break;
    }
  }
  if (text.trim() === '') throw new Problem('The file is empty.', { file: source.key }, 'Choose a file with rows in it.');
  // One delimiter may be said for several files; where it does not occur at all it would only give one useless column.
  const said = options.delimiter && text.includes(options.delimiter) ? options.delimiter : null;
  const delimiter = said ?? detectDelimiter(text);
  const quotes = options.quotes ?? 'auto';
  const batch = createRowSplitter({ delimiter, quotes, file: source.key }).push(text, complete);
  complete &&= batch.rows.length <= SAMPLE_ROWS;
  const rows = batch.rows.slice(0, SAMPLE_ROWS);
  const header = options.header ?? detectHeader(rows.slice(0, 200));
  const sample = header ? rows.slice(1) : rows;
  const names = header ? headerNames(rows[0] ?? [], sample) : Array.from({ length: usualWidth(rows) }, (_, k) => `column ${k}`);
  return {
    source,
    shape: { encoding: found.label, encodingReason: found.reason, delimiter, quotes, header, names },
    sample,
    sampleLines: batch.lines.slice(header ? 1 : 0, SAMPLE_ROWS),
    complete,
  };
}

/** A table whose format says everything: nothing to find out, nothing to choose. */
async function openRecords(source: ByteSource, ctx: ReadContext): Promise<Table> {
  const { names, format } = source.records!;
  let text = '';
  let complete = true;
  for await (const piece of decodeText(source, 'utf-8', ctx.signal, ctx.onDone)) {
    text += piece;
    if (text.length > SAMPLE_CHARACTERS) {
      complete = false;
      break;
    }
  }
  if (text === '' || names.length === 0) throw new Problem('The file holds no record.', { file: source.key }, 'Choose a file with rows in it.');
  const { rows } = createRowSplitter({ delimiter: ',', quotes: 'auto', file: source.key }).push(text, complete);
  complete &&= rows.length <= SAMPLE_ROWS;
  const sample = rows.slice(0, SAMPLE_ROWS);
  return { source, shape: { encoding: 'utf-8', encodingReason: `${format}.`, delimiter: ',', quotes: 'auto', header: true, names: distinct(names) }, sample, sampleLines: sample.map((_, k) => k + 1), complete };
}

function usualWidth(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const r of rows) counts.set(r.length, (counts.get(r.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

function headerNames(first: readonly string[], sample: readonly string[][]): string[] {
  // R writes row names without a name for their column: the header is then one cell shorter than every row.
  const shifted = sample.length > 0 && usualWidth(sample) === first.length + 1;
  return distinct([...(shifted ? [''] : []), ...first]);
}

/** Blank names by their place, repeated ones numbered. */
function distinct(names: readonly string[]): string[] {
  const given = new Set(names.map((cell) => cell.trim()));
  const taken = new Set<string>();
  return names.map((cell, k) => {
    const name = cell.trim() || `column ${k}`;
    let own = name;
    // A further column may really be called "plays (2)".
    for (let n = 2; taken.has(own) || (own !== name && given.has(own)); n++) own = `${name} (${n})`;
    taken.add(own);
    return own;
  });
}

export interface DataRows {
  rows: string[][];
  /** Line of the file each row starts on. */
  lines: number[];
  /** Position among all data rows of the file, from 0, rejected ones included. */
  numbers: number[];
}

/** Hands on the rows of batches that have the right shape; the others go to `rejected`. */
export function rowTaker({ source, shape }: Table, rejected: Rejected, onRows: (batch: DataRows) => void) {
  const width = shape.names.length;
  const state = {
    /** Data rows so far, rejected ones included. */
    rows: 0,
    /** Whether the header is still to come. */
    header: shape.header && !source.records,
    take(batch: RowBatch): void {
      const out: DataRows = { rows: [], lines: [], numbers: [] };
      batch.rows.forEach((row, k) => {
        if (state.header) {
          state.header = false;
          return;
        }
        const n = state.rows++;
        // A record may hold line breaks, but its place is its number.
        const line = source.records ? n + 1 : batch.lines[k]!;
        const unreadable = source.records && row[0]?.startsWith(BROKEN_RECORD);
        const reason = unreadable ? 'not a JSON record' : (batch.broken.get(k) ?? misshapen(row, width));
        if (reason) {
          rejected.add(source.key, line, reason, unreadable ? [row[0]!.slice(1)] : row);
          return;
        }
        out.rows.push(row);
        out.lines.push(line);
        out.numbers.push(n);
      });
      if (out.rows.length) onRows(out);
    },
  };
  return state;
}

/** Why a row cannot be one of a table that wide, or null. Empty cells too many at the end are let pass. */
export const misshapen = (row: readonly string[], width: number): string | null => (row.length === width || fits(row, width) ? null : `not ${width} cells`);

/**
 * All data rows, in batches. Rows with a wrong number of cells or broken quotes go to `rejected`.
 * @returns the number of data rows, rejected ones included
 */
export async function readRows(table: Table, rejected: Rejected, onRows: (batch: DataRows) => void, ctx: ReadContext = {}): Promise<number> {
  const { source, shape } = table;
  const splitter = createRowSplitter({ delimiter: shape.delimiter, quotes: shape.quotes, file: source.key });
  const taker = rowTaker(table, rejected, onRows);
  // Decoded pieces are as small as the platform likes; about a million characters at a time is quick and can be cancelled.
  let text = '';
  for await (const piece of decodeText(source, shape.encoding, ctx.signal, ctx.onDone)) {
    text += piece;
    if (text.length < 2 ** 20) continue;
    taker.take(splitter.push(text, false));
    text = '';
    await breathe(ctx.signal);
  }
  taker.take(splitter.push(text, true));
  return taker.rows;
}

const fits = (row: readonly string[], width: number): boolean => row.length > width && row.slice(width).every((c) => c === '');
