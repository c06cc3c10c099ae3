/** JSON Lines (a record a line), and JSON documents that hold one list of records. */
import { Problem } from '../../core/problem';
import { head, type ByteSource } from './byte-source';
import { decodeText } from './encoding';
import { BROKEN_RECORD, cellText, csvRow, flat, isRecord, recordSource } from './records';

/** A document has to be read as a whole; lines can be read one by one. */
const LARGEST_DOCUMENT = 2 ** 28;
const NAMES_FROM_LINES = 2000;

/** Whether a text starts as JSON does: an object with a quoted key, or a list of objects or lists. */
export function looksLikeJson(start: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(start.subarray(0, 512));
  return /^\s*(\{\s*("|\})|\[\s*[[{])/.test(text);
}

/** @throws Problem for JSON that is broken or is no table */
export async function jsonSource(source: ByteSource, signal?: AbortSignal): Promise<ByteSource> {
  return (await lineSource(source, signal)) ?? documentSource(source, signal);
}

// ------------------------------------------------------------ a record a line

const parsed = (line: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? flat(value) : null;
  } catch {
    return null;
  }
};

/** Null when the first line is no record by itself. */
async function lineSource(source: ByteSource, signal?: AbortSignal): Promise<ByteSource | null> {
  const start = new TextDecoder('utf-8').decode(await head(source, 2 ** 20, signal));
  const lines = start.split('\n');
  if (lines.length > 1 && source.size > 2 ** 20) lines.pop();
  const records = lines.slice(0, NAMES_FROM_LINES).map((l) => l.trim()).filter(Boolean).map(parsed);
  // One object alone may be a whole document with the list inside.
  if (!records[0] || records.length < 2 || records.filter((r) => r !== null).length < records.length / 2) return null;
  const names = [...new Set(records.flatMap((r) => Object.keys(r ?? {})))];
  return recordSource(source, 'JSON Lines', names, async function* (stop, onDone) {
    let rest = '';
    const rowsOf = (text: string): string => text.split('\n').filter((l) => l.trim() !== '').map((line) => {
      const record = parsed(line);
      return record ? csvRow(names.map((n) => cellText(record[n]))) : csvRow([BROKEN_RECORD + line.slice(0, 1000)]);
    }).join('');
    for await (const piece of decodeText(source, 'utf-8', stop, onDone)) {
      const text = rest + piece;
      const cut = text.lastIndexOf('\n') + 1;
      rest = text.slice(cut);
      if (cut > 0) yield rowsOf(text.slice(0, cut));
    }
    if (rest) yield rowsOf(rest);
  });
}

// ---------------------------------------------------------------- one document

async function documentSource(source: ByteSource, signal?: AbortSignal): Promise<ByteSource> {
  if (source.size > LARGEST_DOCUMENT) throw new Problem(`This is one JSON document of ${Math.round(source.size / 1e6)} MB, which has to be read at once; 268 MB is the most.`, { file: source.key }, 'Save it as JSON Lines (a record a line) or as CSV, which are read piece by piece.');
  const parts: string[] = [];
  for await (const piece of decodeText(source, 'utf-8', signal)) parts.push(piece);
  const text = parts.join('');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = brokenAt(text);
    throw new Problem(`The JSON is broken${at >= text.trimEnd().length ? ': it ends too early' : ''}.`, { file: source.key, line: text.slice(0, at).split('\n').length, value: text.slice(Math.max(0, at - 20), at + 20).trim() }, 'Save it again, or as CSV; a file with a record a line must have one whole record in each.');
  }
  const records = recordsIn(value);
  if (!records) throw new Problem('This JSON holds no table: neither a list of records nor columns of one length.', { file: source.key, value: text.slice(0, 60) }, 'Save a list of objects with the same keys, such as [{"user": 1, "item": 7}, …], or CSV.');
  const names = [...new Set(records.flatMap((r) => Object.keys(r)))];
  return recordSource(source, 'JSON', names, async function* (stop, onDone) {
    for (let at = 0; at < records.length; at += 5000) {
      stop?.throwIfAborted();
      yield records.slice(at, at + 5000).map((r) => csvRow(names.map((n) => cellText(r[n])))).join('');
      onDone?.(Math.round((source.size * Math.min(records.length, at + 5000)) / records.length));
    }
  });
}

const TOKEN = /\s*("(?:[^"\\\n\r\t]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:])/y;

/** Where a text stops being JSON. Engines do not all say, so the tokens are walked once more, with what may come next. */
function brokenAt(text: string): number {
  const open: string[] = [];
  let want: 'value' | 'first' | 'key' | 'first key' | 'colon' | 'next' = 'value';
  TOKEN.lastIndex = 0;
  for (let at = 0; ; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(text)?.[1];
    const start = at + (/^\s*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
    if (token === undefined) return start;
    const inner = open.at(-1);
    if (want === 'next') {
      if (token === ',' && inner) want = inner === '{' ? 'key' : 'value';
      else if ((token === '}' && inner === '{') || (token === ']' && inner === '[')) open.pop();
      else return start;
    } else if (want === 'colon') {
      if (token !== ':') return start;
      want = 'value';
    } else if (token === '}' && want === 'first key') {
      open.pop();
      want = 'next';
    } else if (token === ']' && want === 'first') {
      open.pop();
      want = 'next';
    } else if (want === 'key' || want === 'first key') {
      if (token[0] !== '"') return start;
      want = 'colon';
    } else if (token === '{' || token === '[') {
      open.push(token);
      want = token === '{' ? 'first key' : 'first';
    } else if ('}],:'.includes(token)) return start;
    else want = 'next';
  }
}

/** A list of objects or of lists; columns of one length; or the first such list inside an object. */
function recordsIn(value: unknown): Record<string, unknown>[] | null {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isRecord)) return value.map(flat);
    if (value.length > 0 && value.every(Array.isArray)) return value.map((row: unknown[]) => Object.fromEntries(row.map((v, k) => [`column ${k}`, v])));
    return null;
  }
  if (!isRecord(value)) return null;
  const columns = Object.entries(value);
  const list = (v: unknown): unknown[] | null => (Array.isArray(v) ? v : isRecord(v) ? Object.values(v) : null);
  const lists = columns.map(([, v]) => list(v));
  const rows = lists[0]?.length ?? 0;
  if (columns.length > 1 && rows > 0 && lists.every((l) => l?.length === rows && !l.some((v) => typeof v === 'object' && v !== null && !Array.isArray(v)))) return Array.from({ length: rows }, (_, r) => Object.fromEntries(columns.map(([name], c) => [name, lists[c]![r]])));
  for (const [, inner] of columns) if (Array.isArray(inner) && inner.length > 0 && inner.every(isRecord)) return inner.map(flat);
  return null;
}
