/**
 * Files that name their columns themselves (JSON, JSON Lines, Parquet) as the text of a table: CSV without a header, a line per record.
 * All that is done with text tables then holds for them too, and line n is record n.
 */
import type { ByteSource } from './byte-source';

/** A line that starts so stands for a record that could not be read; no cell of a table holds this character. */
export const BROKEN_RECORD = '\u0000';

export type RecordValue = unknown;

/** Text of a cell: nothing for null; lists of labels with bars between them; what is nested deeper as JSON. */
export function cellText(value: RecordValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (Array.isArray(value)) {
    const labels = value.map((v) => (typeof v === 'object' && v !== null && 'name' in v ? cellText(v.name) : typeof v === 'object' ? null : cellText(v)));
    return labels.every((l) => l !== null && !l.includes('|')) ? labels.join('|') : jsonText(value);
  }
  return jsonText(value);
}

const jsonText = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) ?? '';

/** Objects inside a record become columns of their own, one level deep: {user: {id: 7}} has the column "user.id". */
export function flat(record: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (isRecord(value)) for (const [inner, v] of Object.entries(value)) out[`${key}.${inner}`] = v;
    else out[key] = value;
  }
  return out;
}

export const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v) && !(v instanceof Date) && !(v instanceof Uint8Array);

/** A row of CSV text; every cell in quotes, so that no empty row looks like a blank line. */
export const csvRow = (cells: readonly string[]): string => `${cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')}\n`;

/** @param rows CSV rows in pieces */
export function recordSource(of: ByteSource, format: string, names: readonly string[], rows: (signal?: AbortSignal, onDone?: (done: number) => void) => AsyncIterable<string>): ByteSource {
  return {
    key: of.key,
    name: of.name,
    size: of.size,
    records: { names: [...names], format },
    async *open(signal, onDone) {
      const encode = new TextEncoder();
      for await (const text of rows(signal, onDone)) yield encode.encode(text);
    },
  };
}
