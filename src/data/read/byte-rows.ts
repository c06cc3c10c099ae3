/**
 * Interactions of a table, read as bytes where the text is lines without quoting, else by the general splitter.
 * Both give the same rows: a stretch of a million bytes goes the quick way only when the splitter would merely cut it at line ends and delimiters,
 * and there every cell that is not plain, and every row that is not right, is judged by the general rules.
 */
import { takeLines, type LineForm, type LineTakers } from './byte-lines';
import type { ByteSource } from './byte-source';
import { lineText, type LineText } from './encoding';
import { breathe } from './macrotask';
import type { Rejected } from './rejected';
import { createRowSplitter } from './split-rows';
import { misshapen, rowTaker, type DataRows, type ReadContext, type Table } from './table';

const LF = 10;
const QUOTE = 34;
const PIECE = 2 ** 20;

/** How lines of this table can be read as bytes; null where they cannot. */
export function byteText({ source, shape }: Table): LineText | null {
  return !source.records && /^[\t -!#-/:-~]+$/.test(shape.delimiter) ? lineText(shape.encoding, source.key) : null;
}

/**
 * @param onRow a row of the right shape that is not kept at once
 * @returns the number of data rows, rejected ones included
 */
export async function readByteRows(table: Table, text: LineText, form: LineForm, into: Omit<LineTakers, 'judge' | 'text'>, rejected: Rejected, onRow: (cells: string[], line: number, number: number) => void, ctx: ReadContext): Promise<number> {
  const { source, shape } = table;
  const splitter = createRowSplitter({ delimiter: shape.delimiter, quotes: shape.quotes, file: source.key });
  const taker = rowTaker(table, rejected, ({ rows, lines, numbers }: DataRows) => rows.forEach((cells, k) => onRow(cells, lines[k]!, numbers[k]!)));
  const takers: LineTakers = {
    ...into,
    text: text.text,
    judge(cells, line, number) {
      const reason = misshapen(cells, shape.names.length);
      if (reason) rejected.add(source.key, line, reason, cells);
      else onRow(cells, line, number);
    },
  };
  const take = (bytes: Uint8Array, last: boolean): void => {
    text.check(bytes, splitter.line());
    if (!bytes.includes(LF) || !splitter.cutsLines(bytes.includes(QUOTE))) {
      taker.take(splitter.push(text.text(bytes), last));
      return;
    }
    const read = takeLines(bytes, form, takers, splitter.line(), taker.rows, taker.header);
    splitter.passed(read.lines);
    taker.rows += read.rows;
    taker.header = read.header;
  };
  let start = true;
  for await (const { bytes, last } of wholeLines(source, ctx)) {
    take(start ? bytes.subarray(text.mark(bytes)) : bytes, last);
    start = false;
    if (!last) await breathe(ctx.signal);
  }
  return taker.rows;
}

/**
 * The bytes in pieces of about a million that end with a line; where a line is longer than that, between characters.
 * A piece holds until the next is asked for: one buffer serves them all.
 */
async function* wholeLines(source: ByteSource, ctx: ReadContext): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  const enough = ctx.piece ?? PIECE;
  let held = new Uint8Array(Math.min(2 * enough, source.size + 1));
  let size = 0;
  for await (const part of source.open(ctx.signal, ctx.onDone)) {
    if (size + part.length > held.length) {
      const larger = new Uint8Array(2 * (size + part.length));
      larger.set(held.subarray(0, size));
      held = larger;
    }
    held.set(part, size);
    size += part.length;
    if (size < enough) continue;
    const bytes = held.subarray(0, size);
    const cut = bytes.lastIndexOf(LF) + 1 || lastCharacter(bytes);
    if (cut > 0) yield { bytes: bytes.subarray(0, cut), last: false };
    held.copyWithin(0, cut, size);
    size -= cut;
  }
  yield { bytes: held.subarray(0, size), last: true };
}

/** Where the last character starts: it may be only half here. (Any byte does where characters are single bytes.) */
function lastCharacter(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at > 0 && (bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}
