/** Lines of bytes without quoting → rows of user, item, time and value, without a text in between where cells are plain. */
import type { ByteIds } from './byte-ids';
import { plainNumber } from './byte-numbers';
import type { NumberStyle } from './number-style';
import { parseNumber, parseTime, type TimeUnit } from './values';

export interface LineForm {
  /** ASCII. */
  delimiter: string;
  /** Cells of a row. */
  width: number;
  user: number;
  item: number;
  /** Column and unit; null where it is not read. */
  time: { column: number; unit: TimeUnit } | null;
  value: number | null;
  /** How the value column writes its numbers. */
  style: NumberStyle;
}
export interface LineTakers {
  users: ByteIds;
  items: ByteIds;
  /** How bytes of this file read. */
  text(bytes: Uint8Array): string;
  /** Rows whose cells are all readable, in order. */
  keep(rows: PlainRows, count: number): void;
  /** Any other row, cut into its cells: to be judged by the general rules. */
  judge(cells: string[], line: number, number: number): void;
}

/** Columns of a stretch of rows: a call for every row would put its numbers on the heap. */
export interface PlainRows {
  user: Int32Array; // codes
  item: Int32Array;
  time: Float64Array;
  value: Float64Array;
  number: Int32Array;
}

const ROWS = 4096;
const LF = 10;
const CR = 13;

/**
 * Reads whole lines; the last may end with the bytes.
 * @param number of the first row among all data rows
 * @param header whether the first row is still to be skipped
 * @returns lines and data rows read (blank lines are lines, not rows), and whether the header is still to come
 */
export function takeLines(bytes: Uint8Array, form: LineForm, into: LineTakers, line: number, number: number, header: boolean): { lines: number; rows: number; header: boolean } {
  const { width, user, item, time, value, style } = form;
  const { users, items } = into;
  const mark = Uint8Array.from(form.delimiter, (c) => c.charCodeAt(0));
  const [first, more] = [mark[0]!, mark.length];
  const unit = time?.unit ?? 'seconds';
  const divisor = unit === 'milliseconds' ? 1e3 : unit === 'microseconds' ? 1e6 : unit === 'seconds' ? 1 : 0;
  const wanted = time?.column ?? -1;
  const start = new Int32Array(width + 1); // of each cell
  const stop = new Int32Array(width + 1);
  const kept: PlainRows = { user: new Int32Array(ROWS), item: new Int32Array(ROWS), time: new Float64Array(ROWS), value: new Float64Array(ROWS), number: new Int32Array(ROWS) };
  let count = 0;
  const n = bytes.length;
  let lines = 0;
  let rows = 0;
  let at = 0;
  while (at < n) {
    const begin = at;
    let cells = 0;
    let from = at;
    let end = n;
    for (; at < n; at++) {
      const b = bytes[at]!;
      if (b === LF) {
        end = at;
        break;
      }
      if (b !== first || (more > 1 && !follows(bytes, at, mark))) continue;
      if (cells < width) {
        start[cells] = from;
        stop[cells] = at;
      }
      cells++;
      from = at + more;
      at = from - 1;
    }
    at = end + 1;
    if (end > begin && bytes[end - 1] === CR) end--;
    const here = line + lines++;
    if (end === begin) continue;
    if (header) {
      header = false;
      continue;
    }
    const row = number + rows++;
    if (cells === width - 1) {
      start[cells] = from;
      stop[cells] = end;
      const u = users.entry(bytes, start[user]!, stop[user]!);
      const i = items.entry(bytes, start[item]!, stop[item]!);
      let t = 0;
      if (wanted >= 0) {
        const [a, z] = [start[wanted]!, stop[wanted]!];
        t = divisor > 0 ? plainNumber(bytes, a, z) / divisor : Number.NaN;
        if (t !== t) t = parseTime(into.text(bytes.subarray(a, z)), unit);
      }
      let v = 0;
      if (value !== null) {
        const [a, z] = [start[value]!, stop[value]!];
        v = style === 'mixed' ? plainNumber(bytes, a, z) : Number.NaN;
        if (v !== v) v = parseNumber(into.text(bytes.subarray(a, z)), style);
      }
      if (u >= 0 && i >= 0 && t === t && v === v) {
        kept.user[count] = users.codeOf(u);
        kept.item[count] = items.codeOf(i);
        kept.time[count] = t;
        kept.value[count] = v;
        kept.number[count] = row;
        if (++count < ROWS) continue;
        into.keep(kept, count);
        count = 0;
        continue;
      }
    }
    // Codes are given out in order of rows, so rows kept so far come first.
    if (count > 0) into.keep(kept, count);
    count = 0;
    into.judge(into.text(bytes.subarray(begin, end)).split(form.delimiter), here, row);
  }
  if (count > 0) into.keep(kept, count);
  return { lines, rows, header };
}

function follows(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  for (let k = 1; k < mark.length; k++) if (bytes[at + k] !== mark[k]) return false;
  return true;
}
